using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>
/// The journal in a pack: every entry's leaf, the root against the signed checkpoint, the proofs of inclusion, and what
/// all entries together lead to.
/// </summary>
internal sealed class PackJournal(PackedFiles files, NoteVerifier? key)
{
    /// <summary>Longer than any line that carries an entry of a journal, in characters.</summary>
    public const int LongestLine = 32 * 1024 * 1024;

    private const int LongestNote = 64 * 1024,
        LongestProofs = 256 * 1024 * 1024;

    /// <summary>What the entries lead to.</summary>
    public JournalReplay Replay { get; } = new();

    /// <summary>What the entries tell of keys and of the clock.</summary>
    public JournalReading Reading { get; } = new();

    /// <summary>The tree of the entries.</summary>
    public MerkleLevels Tree { get; } = new();

    /// <summary>How many entries were recomputed.</summary>
    public long Entries => Tree.Count;

    /// <summary>How many proofs were checked.</summary>
    public int Proofs { get; private set; }

    /// <summary>What does not fit, each with its file.</summary>
    public IEnumerable<string> Check(CancellationToken ct)
    {
        var note = TextOf(PackFormat.Checkpoint, LongestNote);
        var checkpoint = note is not null && key is not null ? Checkpoint.Open(note, key) : null;
        if (checkpoint is null && key is not null && note is not null)
            yield return $"{PackFormat.Checkpoint}: it is no checkpoint signed by the key in {PackFormat.Verifier}.";
        foreach (var finding in Read(ct))
            yield return finding;
        Reading.End(key?.ToString());
        foreach (var finding in Reading.Findings)
            yield return $"{PackFormat.Entries}: {finding}";
        if (checkpoint is null)
            yield break;
        if (checkpoint.Size != Entries)
            yield return $"{PackFormat.Entries}: the signed checkpoint covers {checkpoint.Size} entries, but there are {Entries}. "
                + "The journal was cut or extended.";
        else if (Entries > 0 && !checkpoint.Root.AsSpan().SequenceEqual(Root()))
            yield return $"{PackFormat.Entries}: its root is not the one that was signed. Entries were changed or reordered.";
        else
            // Proofs lead nowhere where the tree is another one, and would accuse a file that nobody touched.
            foreach (var finding in CheckProofs(checkpoint))
                yield return finding;
    }

    private string? TextOf(string path, int most) =>
        files.Files.TryGetValue(path, out var file) ? Encoding.UTF8.GetString(file.Read(most)) : null;

    private IEnumerable<string> Read(CancellationToken ct)
    {
        if (!files.Files.TryGetValue(PackFormat.Entries, out var file))
            yield break;
        using var content = file.Open();
        foreach (var line in BoundedLines.Of(content, LongestLine))
        {
            ct.ThrowIfCancellationRequested();
            if (Entry(line) is not { } entry)
            {
                yield return $"{PackFormat.Entries}: line {Entries + 1} is no journal entry.";
                yield break;
            }
            if (entry.Sequence != Entries)
                yield return $"{PackFormat.Entries}: line {Entries + 1} carries entry {entry.Sequence}; entries are missing or reordered.";
            if (!entry.IsSelfConsistent())
                yield return $"{PackFormat.Entries}: entry {entry.Sequence} ({entry.Operation}) was changed after it was written.";
            var adds = Adds(entry);
            Tree.Append(entry.Leaf);
            if (!adds)
                yield return $"{PackFormat.Entries}: what entry {entry.Sequence} ({entry.Operation}) changed is not in the form of a journal.";
        }
    }

    private static JournalEntry? Entry(string line)
    {
        try
        {
            return PackFormat.Entry(line) is { Leaf.Length: MerkleTree.HashSize } entry ? entry : null;
        }
        catch (Exception e) when (IsNone(e))
        {
            return null;
        }
    }

    private bool Adds(JournalEntry entry)
    {
        try
        {
            Reading.Read(entry, Root);
            Replay.Add(entry);
            return true;
        }
        catch (Exception e) when (IsNone(e))
        {
            return false;
        }
    }

    private byte[] Root() => Tree.Root(new LeafRange(0, Entries));

    private static bool IsNone(Exception e) =>
        e
            is JsonException
                or FormatException
                or NullReferenceException
                or InvalidOperationException
                or ArgumentException
                or KeyNotFoundException;

    private IEnumerable<string> CheckProofs(Checkpoint checkpoint)
    {
        if (TextOf(PackFormat.Proofs, LongestProofs) is not { } text)
            yield break;
        if (ProofsIn(text) is not { } proofs)
        {
            yield return $"{PackFormat.Proofs}: it is not a list of proofs.";
            yield break;
        }
        foreach (var (reference, sequence, leaf, path) in proofs)
        {
            Proofs++;
            if (
                sequence < 0
                || sequence >= Entries
                || !Tree.Root(new LeafRange(sequence, 1)).AsSpan().SequenceEqual(leaf)
                || !MerkleProof.Includes((ulong)sequence, (ulong)checkpoint.Size, leaf, path, checkpoint.Root)
            )
                yield return $"{PackFormat.Proofs}: the proof of {reference} does not lead to the signed checkpoint.";
        }
    }

    private static List<(string Ref, long Sequence, byte[] Leaf, List<byte[]> Path)>? ProofsIn(string text)
    {
        try
        {
            return
            [
                .. JsonNode
                    .Parse(text)!
                    .AsArray()
                    .Select(proof =>
                        (
                            (string)proof!["ref"]!,
                            (long)proof["sequence"]!,
                            Convert.FromBase64String((string)proof["leaf"]!),
                            proof["path"]!.AsArray().Select(h => Convert.FromBase64String((string)h!)).ToList()
                        )
                    ),
            ];
        }
        catch (Exception e) when (IsNone(e))
        {
            return null;
        }
    }
}
