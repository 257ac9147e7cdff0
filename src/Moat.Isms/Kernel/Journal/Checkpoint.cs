using System.Globalization;

namespace Moat.Isms.Kernel.Journal;

/// <summary>The state of a journal in the C2SP tlog-checkpoint form: origin, size, root.</summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>The checkpoint in a note's text, or null if it is none.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[0].Length == 0 || lines[^1].Length != 0) return null;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || lines[1] != size.ToString(CultureInfo.InvariantCulture)) return null;
        var root = new byte[MerkleTree.HashSize];
        return Convert.TryFromBase64String(lines[2], root, out var written) && written == MerkleTree.HashSize
            ? new Checkpoint(lines[0], size, root)
            : null;
    }

    /// <summary>The checkpoint of a signed note, or null when the note is not signed by the key or is none.</summary>
    public static Checkpoint? Open(string note, NoteVerifier verifier) =>
        SignedNote.Open(note, verifier) is { } text && Parse(text) is { } checkpoint && checkpoint.Origin == verifier.Name
            ? checkpoint
            : null;
}
