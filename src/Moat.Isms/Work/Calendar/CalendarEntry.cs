using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Calendar;

/// <summary>Something that stands on a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Kind">What sort of thing, in a word that people read: task, cadence, evidence ends …</param>
/// <param name="Ref">The record.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Until">The last day of something that lasts longer than one.</param>
public sealed record CalendarEntry(
    DateOnly On,
    string Kind,
    string Ref,
    string Title,
    string? Owner,
    DateOnly? Until = null
);

/// <summary>Which days to look at, for whom, and how many entries a source may tell at most.</summary>
public sealed record CalendarSpan(DateOnly From, DateOnly To, Guid? Person, int Most);

/// <summary>
/// Tells the calendar what stands on days. Each process with dates of its own registers one; a source costs one
/// statement.
/// </summary>
[HandedIn]
public interface ICalendarSource
{
    /// <summary>What stands on the days of the span; of one person, or of everybody.</summary>
    Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct);
}

/// <summary>
/// The address at which a calendar program reads what is due for a person. Whoever has it can read that much without
/// signing in, so it is stored as a hash, tells no more than the person chose, and ends when the person revokes it or
/// leaves.
/// </summary>
public sealed class CalendarAddress : Record
{
    /// <summary>Whose.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>SHA-256 of the secret in the address.</summary>
    [NotJournalled]
    public required string SecretHash { get; init; }

    /// <summary>Whether it tells what is due for everybody, not only for the person.</summary>
    public required bool Everything { get; init; }

    /// <summary>Whether titles are told, not only references.</summary>
    public required bool Titles { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTime? RevokedAt { get; set; }
}
