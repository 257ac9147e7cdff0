using System.Globalization;
using Moat.Isms.Kernel.Journal;

namespace Moat.Server.Host.Witness;

/// <summary>
/// What somebody asks a witness: from which size on, the proof, and the checkpoint (C2SP tlog-witness, add-checkpoint).
/// </summary>
internal sealed record WitnessRequest(long Old, IReadOnlyList<byte[]> Proof, string Note, Checkpoint Checkpoint)
{
    private const int MostHashes = 63;

    /// <summary>Reads a request's body; none where it has another form.</summary>
    public static WitnessRequest? Read(string body)
    {
        var end = body.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var (lines, note) = (body[..end].Split('\n'), body[(end + 2)..]);
        if (OldSize(lines[0]) is not { } old || lines.Length - 1 > MostHashes)
            return null;
        var proof = new List<byte[]>();
        foreach (var line in lines.Skip(1))
        {
            var hash = new byte[MerkleTree.HashSize];
            if (!Convert.TryFromBase64String(line, hash, out var written) || written != MerkleTree.HashSize)
                return null;
            proof.Add(hash);
        }
        return Checkpoint.Parse(SignedNote.TextOf(note)) is { } checkpoint
            ? new WitnessRequest(old, proof, note, checkpoint)
            : null;
    }

    private static long? OldSize(string line) =>
        line.StartsWith("old ", StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var old)
        && line == string.Create(CultureInfo.InvariantCulture, $"old {old}")
            ? old
            : null;
}
