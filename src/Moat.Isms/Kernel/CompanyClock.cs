using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Kernel;

/// <summary>
/// The time, for what is shown of records. Whatever asks for the time of day is not remembered for long; the day alone
/// makes nothing age within it.
/// </summary>
public sealed class CompanyClock(TimeProvider clock)
{
    /// <summary>Now, in UTC, with the precision that every database keeps.</summary>
    public DateTime Now
    {
        get
        {
            ReadingNote.Add(WhatWasRead.Clock);
            return Moment;
        }
    }

    /// <summary>Today in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Moment);

    internal DateTime Moment => clock.GetUtcNow().UtcDateTime.ToMillisecond();
}
