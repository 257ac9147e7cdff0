using System.Globalization;

namespace Moat.Isms.Kernel.Journal;

/// <summary>The state of a journal in the C2SP tlog-checkpoint form: origin, size, root.</summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() =>
        $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>The checkpoint in a note's text, or null if it is none.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[0].Length == 0 || lines[^1].Length != 0)
            return null;
        if (
            !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || lines[1] != size.ToString(CultureInfo.InvariantCulture)
        )
            return null;
        var root = new byte[MerkleTree.HashSize];
        return Convert.TryFromBase64String(lines[2], root, out var written) && written == MerkleTree.HashSize
            ? new Checkpoint(lines[0], size, root)
            : null;
    }

    /// <summary>
    /// The origin of an organisation's journal. An installation signs the journals of all its organisations with one
    /// key, and a witness knows a journal by its origin alone (C2SP tlog-witness), so each has one of its own below the
    /// key's name.
    /// </summary>
    public static string OriginOf(string keyName, Guid organization) => $"{keyName}/{organization:N}";

    /// <summary>The checkpoint of a signed note, or null when the note is not signed by the key or is none.</summary>
    public static Checkpoint? Open(string note, NoteVerifier verifier) =>
        SignedNote.Open(note, verifier) is { } text
        && Parse(text) is { } checkpoint
        && IsBelow(checkpoint.Origin, verifier.Name)
            ? checkpoint
            : null;

    /// <summary>Whether the origin is that of the key, or of a journal that is signed with it.</summary>
    public static bool IsBelow(string origin, string keyName) =>
        origin == keyName || origin.StartsWith(keyName + "/", StringComparison.Ordinal);

    /// <summary>
    /// Whether it is of the journal with this origin. Before organisations had origins of their own, the key's name
    /// stood there.
    /// </summary>
    public bool IsOf(string origin) => IsBelow(origin, Origin);
}
