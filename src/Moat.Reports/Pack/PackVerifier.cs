using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>What the check of an audit pack found.</summary>
/// <param name="Holds">Whether everything fits.</param>
/// <param name="Findings">What does not, each with the file or entry.</param>
/// <param name="Organization">Whose pack it says it is.</param>
/// <param name="Fingerprint">The fingerprint of the key that signed it; compare it with the one you got in another way.</param>
/// <param name="Files">How many files were compared.</param>
/// <param name="Entries">How many journal entries were recomputed.</param>
/// <param name="Proofs">How many proofs of inclusion were checked.</param>
public sealed record PackCheck(bool Holds, IReadOnlyList<string> Findings, string Organization, string? Fingerprint, int Files, long Entries, int Proofs)
{
    /// <summary>What a reader has to know, although nothing is wrong: keys that were changed, times at which the clock was set back.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>
/// Verifies an audit pack with nothing but the file: signature, every file's hash, every journal entry's leaf, the tree's root against the
/// signed checkpoint (RFC 9162), the proofs, and that published statements, evidence and the timelines of incidents are those the journal tells of.
/// </summary>
public sealed class PackVerifier
{
    private const long LargestUnpacked = 4L * 1024 * 1024 * 1024;
    private const int MostFiles = 200_000;
    private const int MostFindings = 100;

    private readonly Dictionary<string, byte[]> _small = [];
    private readonly Dictionary<string, (long Size, string Sha256)> _found = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private readonly Dictionary<string, string> _sha256OfRecord = [];
    private readonly PackCourses _courses = new();
    private readonly JournalReading _reading = new();
    private long _entries;
    private int _proofs;

    private PackVerifier() { }

    /// <summary>Checks a pack. Never throws because of what is in it: what is wrong is a finding.</summary>
    /// <param name="pack">The file; must be able to seek.</param>
    public static PackCheck Verify(Stream pack)
    {
        var check = new PackVerifier();
        var organization = "";
        NoteVerifier? verifier = null;
        try
        {
            using var archive = new ZipArchive(pack, ZipArchiveMode.Read, leaveOpen: true);
            check.ReadFiles(archive);
            verifier = check.Key();
            organization = check.CompareManifest(verifier);
            if (verifier is not null) check.CheckJournal(archive, verifier);
            check.CheckRecords();
            check.CheckCourses(archive);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException or FormatException or InvalidOperationException
            or ArgumentException or NotSupportedException or OverflowException or KeyNotFoundException or NullReferenceException)
        {
            check.Find($"The pack cannot be read to its end: {e.Message}");
        }
        return new PackCheck(
            check._findings.Count == 0, check._findings, organization, verifier?.Fingerprint, check._found.Count, check._entries, check._proofs) { Remarks = check._reading.Remarks };
    }

    private void Find(string finding)
    {
        if (_findings.Count < MostFindings) _findings.Add(finding);
    }

    private void ReadFiles(ZipArchive archive)
    {
        if (archive.Entries.Count > MostFiles) throw new InvalidDataException("it has too many files.");
        if (archive.Comment.Length > 0) Find("The archive carries a comment, which no pack does.");
        long total = 0;
        var buffer = new byte[81920];
        foreach (var entry in archive.Entries)
        {
            var path = entry.FullName;
            if (!PackFormat.IsPath(path))
                Find($"{path}: this is not a path that a pack has.");
            if (entry.LastWriteTime.DateTime != PackFormat.FileTime.DateTime || entry.Comment.Length > 0) Find($"{path}: its entry in the archive was changed.");
            using var content = entry.Open();
            using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
            using var kept = new MemoryStream();
            long size = 0;
            for (int read; (read = content.Read(buffer)) > 0; size += read)
            {
                if ((total += read) > LargestUnpacked) throw new InvalidDataException("unpacked it is larger than 4 GiB.");
                hash.AppendData(buffer, 0, read);
                if (IsSmall(path)) kept.Write(buffer, 0, read);
            }
            if (!_found.TryAdd(path, (size, Convert.ToHexStringLower(hash.GetHashAndReset())))) Find($"{path}: it is in the pack twice.");
            else if (IsSmall(path)) _small[path] = kept.ToArray();
        }
    }

    private static bool IsSmall(string path) =>
        path is PackFormat.Manifest or PackFormat.Signature or PackFormat.Checkpoint or PackFormat.Verifier or PackFormat.Proofs;

    private string? TextOf(string path)
    {
        if (_small.TryGetValue(path, out var content)) return Encoding.UTF8.GetString(content);
        Find($"{path}: it is missing.");
        return null;
    }

    private NoteVerifier? Key()
    {
        if (TextOf(PackFormat.Verifier) is not { } text) return null;
        try
        {
            return NoteVerifier.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            Find($"{PackFormat.Verifier}: {e.Message}");
            return null;
        }
    }

    private string CompareManifest(NoteVerifier? verifier)
    {
        if (TextOf(PackFormat.Manifest) is not { } text) return "";
        var manifest = JsonNode.Parse(text)!;
        var organization = (string)manifest["organization"]!;
        if (TextOf(PackFormat.Signature) is { } note && verifier is not null)
        {
            var signed = SignedNote.Open(note, verifier);
            if (signed is null) Find($"{PackFormat.Signature}: it is not signed by the key in {PackFormat.Verifier}.");
            else if (signed != PackFormat.SignedText(organization, PackFormat.Sha256(_small[PackFormat.Manifest])))
                Find($"{PackFormat.Manifest}: it was changed after it was signed.");
        }
        var named = new HashSet<string>(StringComparer.Ordinal) { PackFormat.Manifest, PackFormat.Signature };
        foreach (var file in manifest["files"]!.AsArray())
        {
            var path = (string)file!["path"]!;
            named.Add(path);
            if (!_found.TryGetValue(path, out var found)) Find($"{path}: it is missing.");
            else if (found.Size != (long)file["size"]! || found.Sha256 != (string)file["sha256"]!) Find($"{path}: it was changed.");
        }
        foreach (var path in _found.Keys.Where(p => !named.Contains(p))) Find($"{path}: it was added; the manifest does not name it.");
        return organization;
    }

    private void CheckJournal(ZipArchive archive, NoteVerifier verifier)
    {
        var checkpoint = TextOf(PackFormat.Checkpoint) is { } note ? Checkpoint.Open(note, verifier) : null;
        if (checkpoint is null) Find($"{PackFormat.Checkpoint}: it is no checkpoint signed by the key in {PackFormat.Verifier}.");
        var leaves = ReadEntries(archive);
        _reading.End(verifier.ToString());
        foreach (var finding in _reading.Findings) Find($"{PackFormat.Entries}: {finding}");
        if (checkpoint is null) return;
        if (checkpoint.Size != leaves.Count)
            Find($"{PackFormat.Entries}: the signed checkpoint covers {checkpoint.Size} entries, but there are {leaves.Count}. The journal was cut or extended.");
        else if (leaves.Count > 0 && !checkpoint.Root.AsSpan().SequenceEqual(MerkleTree.Root(leaves.ToArray())))
            Find($"{PackFormat.Entries}: its root is not the one that was signed. Entries were changed or reordered.");
        CheckProofs(checkpoint, leaves);
    }

    private List<byte[]> ReadEntries(ZipArchive archive)
    {
        var leaves = new List<byte[]>();
        if (archive.GetEntry(PackFormat.Entries) is not { } file)
        {
            Find($"{PackFormat.Entries}: it is missing.");
            return leaves;
        }
        using var reader = new StreamReader(file.Open(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        while (reader.ReadLine() is { } line)
        {
            JournalEntry entry;
            try
            {
                entry = PackFormat.Entry(line);
            }
            catch (Exception e) when (e is JsonException or FormatException or NullReferenceException or InvalidOperationException)
            {
                Find($"{PackFormat.Entries}: line {leaves.Count + 1} is no journal entry.");
                return leaves;
            }
            if (entry.Sequence != leaves.Count) Find($"{PackFormat.Entries}: line {leaves.Count + 1} carries entry {entry.Sequence}; entries are missing or reordered.");
            if (!entry.IsSelfConsistent()) Find($"{PackFormat.Entries}: entry {entry.Sequence} ({entry.Operation}) was changed after it was written.");
            _reading.Read(entry, () => MerkleTree.Root(leaves.ToArray()));
            leaves.Add(entry.Leaf);
            _entries++;
            Remember(entry);
            _courses.Remember(entry);
        }
        return leaves;
    }

    // Statements, evidence and texts come in through several operations, so they are known by the kind of record that was entered.
    private static readonly Dictionary<string, string> HashOfKind = new()
    {
        [nameof(Soa)] = nameof(Soa.Sha256),
        [nameof(EvidenceItem)] = nameof(EvidenceItem.Sha256),
        [nameof(DocumentVersion)] = nameof(DocumentVersion.ApprovedSha256),
    };

    /// <summary>Keeps what the journal says of published statements, evidence and approved texts, to compare it with their files.</summary>
    private void Remember(JournalEntry entry)
    {
        if (!HashOfKind.Any(k => entry.Changes.Contains($"\"{k.Key}\"", StringComparison.Ordinal) && entry.Changes.Contains($"\"{k.Value}\"", StringComparison.Ordinal))) return;
        foreach (var change in JsonNode.Parse(entry.Changes)!.AsArray())
            if (HashOfKind.TryGetValue((string?)change!["kind"] ?? "", out var field) && (string?)change["ref"] is { } reference
                && change["fields"]?[field] is JsonArray { Count: 2 } values && (string?)values[1] is { } sha256)
                _sha256OfRecord[reference] = sha256;
    }

    private void CheckProofs(Checkpoint checkpoint, List<byte[]> leaves)
    {
        if (TextOf(PackFormat.Proofs) is not { } text) return;
        foreach (var proof in JsonNode.Parse(text)!.AsArray())
        {
            var (reference, sequence) = ((string)proof!["ref"]!, (long)proof["sequence"]!);
            var leaf = Convert.FromBase64String((string)proof["leaf"]!);
            var path = proof["path"]!.AsArray().Select(h => Convert.FromBase64String((string)h!)).ToList();
            _proofs++;
            if (sequence < 0 || sequence >= leaves.Count || !leaves[(int)sequence].AsSpan().SequenceEqual(leaf)
                || !MerkleProof.Includes((ulong)sequence, (ulong)checkpoint.Size, leaf, path, checkpoint.Root))
                Find($"{PackFormat.Proofs}: the proof of {reference} does not lead to the signed checkpoint.");
        }
    }

    private void CheckRecords()
    {
        foreach (var (path, found) in _found)
        {
            var reference = path switch
            {
                _ when path.StartsWith("soa/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal) => path[4..^5],
                _ when path.StartsWith("evidence/", StringComparison.Ordinal) => string.Join('-', path[9..].Split('-').Take(2)),
                _ when path.StartsWith("documents/approved/", StringComparison.Ordinal) => Path.GetFileNameWithoutExtension(path),
                _ => null,
            };
            if (reference is null) continue;
            if (!_sha256OfRecord.TryGetValue(reference, out var told)) Find($"{path}: the journal does not tell of {reference}.");
            else if (told != found.Sha256) Find($"{path}: it is not what the journal says of {reference}.");
        }
    }

    private void CheckCourses(ZipArchive archive)
    {
        if (archive.GetEntry(PackCourses.Register) is not { } file) return;
        try
        {
            using var content = file.Open();
            foreach (var finding in _courses.Compare(JsonNode.Parse(content)!.AsObject())) Find(finding);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentNullException)
        {
            Find($"{PackCourses.Register}: it is not a register.");
        }
    }
}
