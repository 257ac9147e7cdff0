using System.Globalization;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// A checkpoint that was kept somewhere else, held against the journal of today. The journal may only have grown since:
/// the entries that the checkpoint covers MUST be its beginning (RFC 9162, 2.1.4). What is not so is told in words:
/// rolled back, or rewritten.
/// </summary>
public sealed class EarlierCheckpoint
{
    /// <summary>Longer than any note with a hundred cosignatures.</summary>
    public const int LongestNote = 20_000;

    private readonly string _note;
    private readonly Frontier _beginning = Frontier.Empty;
    private long _entries;

    private EarlierCheckpoint(string note, Checkpoint checkpoint) => (_note, Checkpoint) = (note, checkpoint);

    /// <summary>What was kept.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Opens a kept note. Throws <see cref="InputInvalid"/> where the text is no checkpoint at all.</summary>
    public static EarlierCheckpoint Open(string note) =>
        Checkpoint.Parse(SignedNote.TextOf(note)) is { } checkpoint
            ? new EarlierCheckpoint(note, checkpoint)
            : throw new InputInvalid("checkpoint", "This is no checkpoint of a journal.");

    /// <summary>The next entry of today's journal, from the first on.</summary>
    public void Append(byte[] leaf)
    {
        if (_entries++ < Checkpoint.Size)
            _beginning.Append(leaf);
    }

    /// <summary>What does not fit once every entry was appended; nothing when the journal only grew.</summary>
    /// <param name="origin">The origin of today's checkpoint.</param>
    /// <param name="its">The key that lay beside the note, as in an audit pack; none where it came alone.</param>
    /// <param name="keys">The keys that today's journal names, the last one being today's.</param>
    public IReadOnlyList<string> Findings(string origin, NoteVerifier? its, IReadOnlyList<NoteVerifier> keys) =>
        [.. new[] { Signature(its, keys), History(origin) }.OfType<string>()];

    private string? Signature(NoteVerifier? its, IReadOnlyList<NoteVerifier> keys)
    {
        if (keys.Any(key => Checkpoint.Open(_note, key) is not null))
            return null;
        var today = keys[^1].Fingerprint;
        return its is not null && Checkpoint.Open(_note, its) is not null
            ? $"The checkpoint is signed with the key {its.Fingerprint}, the journal of today with {today}, and no entry says that one followed the other."
            : $"The checkpoint is not signed with the journal's key {today}: somebody changed it, or it is another journal's.";
    }

    private string? History(string origin)
    {
        if (!Checkpoint.IsOf(origin))
            return $"The checkpoint is of another journal ({Checkpoint.Origin.Cut(200)}), not of {origin}.";
        if (_entries < Checkpoint.Size)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The journal was rolled back: it has {_entries} entries, and the checkpoint covers {Checkpoint.Size}."
            );
        return _beginning.Root().AsSpan().SequenceEqual(Checkpoint.Root)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The journal was rewritten, or it went on from an older state: its first {Checkpoint.Size} entries are not the checkpoint's."
            );
    }
}
