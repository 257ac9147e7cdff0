namespace Moat.Isms.Kernel.Remembering;

/// <summary>What a reader saw when it began: how far the journal of an organisation reached, and when.</summary>
/// <param name="Organization">The organisation.</param>
/// <param name="Size">How many entries its journal has.</param>
/// <param name="At">In UTC.</param>
public sealed record JournalMoment(Guid Organization, long Size, DateTime At)
{
    /// <summary>The day of it, in UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At);
}

/// <summary>The journal as one reading sees it.</summary>
internal sealed class SeenJournal
{
    /// <summary>How many entries it has; null before anybody asked.</summary>
    public long? Size { get; set; }
}

/// <summary>Something that was computed from an organisation's records, and what it was computed from.</summary>
/// <param name="Moment">What its reader saw.</param>
/// <param name="Until">Until when it holds at most, where nothing that it was computed from changes.</param>
/// <param name="Value">What came out.</param>
/// <param name="Read">What it was computed from.</param>
public sealed record Remembered<T>(JournalMoment Moment, DateTime Until, T Value, WhatWasRead Read)
{
    /// <summary>
    /// Whether it can hold now: it is kept for its day only, since freshness ages, and a clock that was set back makes
    /// nothing hold for longer.
    /// </summary>
    public bool IsOf(DateTime now) => now.Date == Moment.At.Date && now >= Moment.At && now < Until;
}
