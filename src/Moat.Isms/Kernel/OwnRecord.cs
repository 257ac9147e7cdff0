namespace Moat.Isms.Kernel;

/// <summary>A record that Moat keeps anyway and that shows controls at work, such as a closed access review.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Title">What it is.</param>
/// <param name="At">When it came to be, by the server's clock.</param>
/// <param name="Controls">The controls it is about; null where it is about every control whose content names its
/// source.</param>
/// <param name="Lacking">What keeps it from being substantial; null when nothing does.</param>
public sealed record OwnRecord(
    string Ref,
    string Title,
    DateTime At,
    IReadOnlyCollection<string>? Controls = null,
    string? Lacking = null
);

/// <summary>
/// Records of one process that are evidence themselves. The content of a control names the source and which of its
/// kinds of evidence the records are; the process says what makes a record substantial.
/// </summary>
[HandedIn]
public interface IOwnRecords
{
    /// <summary>The name by which the content of controls refers to it.</summary>
    string Source { get; }

    /// <summary>What the records are, and when one counts; one sentence for people.</summary>
    string CountsWhen { get; }

    /// <summary>The records since a moment, also those that lack substance.</summary>
    Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct);
}
