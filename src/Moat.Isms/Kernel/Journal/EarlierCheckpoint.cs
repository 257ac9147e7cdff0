using System.Globalization;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// A checkpoint that was kept somewhere else, held against the journal of today. The journal may only have grown since: the entries that the
/// checkpoint covers MUST be its beginning (RFC 9162, 2.1.4). What is not so is told in words: rolled back, or rewritten.
/// </summary>
public sealed class EarlierCheckpoint
{
    /// <summary>Longer than any note with a hundred cosignatures.</summary>
    public const int LongestNote = 20_000;

    private readonly Frontier _beginning = Frontier.Empty;
    private readonly List<string> _findings = [];
    private long _entries;

    private EarlierCheckpoint(Checkpoint checkpoint) => Checkpoint = checkpoint;

    /// <summary>What was kept.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Opens a kept note. Throws <see cref="InputInvalid"/> where the text is no checkpoint at all.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="its">The key that lay beside it, as in an audit pack; none where the note came alone.</param>
    /// <param name="today">The key of the journal that it is held against.</param>
    public static EarlierCheckpoint Open(string note, NoteVerifier? its, NoteVerifier today)
    {
        if (Checkpoint.Open(note, today) is { } signed) return new EarlierCheckpoint(signed);
        if (its is not null && Checkpoint.Open(note, its) is { } other)
        {
            var earlier = new EarlierCheckpoint(other);
            earlier._findings.Add($"The checkpoint is signed with the key {its.Fingerprint}, the journal of today with the key {today.Fingerprint}.");
            return earlier;
        }
        var unsigned = new EarlierCheckpoint(Checkpoint.Parse(SignedNote.TextOf(note)) ?? throw new InputInvalid("checkpoint", "This is no checkpoint of a journal."));
        unsigned._findings.Add($"The checkpoint is not signed with the journal's key {today.Fingerprint}: somebody changed it, or it is another journal's.");
        return unsigned;
    }

    /// <summary>The next entry of today's journal, from the first on.</summary>
    public void Append(byte[] leaf)
    {
        if (_entries++ < Checkpoint.Size) _beginning.Append(leaf);
    }

    /// <summary>What does not fit once every entry was appended; nothing when the journal only grew.</summary>
    /// <param name="origin">The origin of today's checkpoint.</param>
    public IReadOnlyList<string> Findings(string origin)
    {
        if (!Checkpoint.IsOf(origin)) return [.. _findings, $"The checkpoint is of another journal ({Checkpoint.Origin.Cut(200)}), not of {origin}."];
        if (_entries < Checkpoint.Size)
            return [.. _findings, string.Create(CultureInfo.InvariantCulture, $"The journal was rolled back: it has {_entries} entries, and the checkpoint covers {Checkpoint.Size}.")];
        if (!_beginning.Root().AsSpan().SequenceEqual(Checkpoint.Root))
            return [.. _findings, string.Create(CultureInfo.InvariantCulture, $"The journal was rewritten, or it went on from an older state: its first {Checkpoint.Size} entries are not those that the checkpoint covers.")];
        return _findings;
    }
}
