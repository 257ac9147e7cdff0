using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>
/// Moments that people and programs give for what happened. There is one place that refuses those that cannot be.
/// </summary>
internal static class GivenMoment
{
    // Clocks of two machines differ by a little; what lies within that is taken as the limit itself.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The moment that was given, now when left out. Throws for what has not come yet, and for what lies before
    /// <paramref name="from"/>, with the words for that.
    /// </summary>
    public static DateTime Happened(this MoatDb db, DateTime? given, DateTime? from = null, string? early = null)
    {
        var now = db.Now;
        var at = given is { } told ? IncidentDesk.Utc(told) : now;
        if (at > now + ClocksDiffer)
            throw new InputInvalid("at", "This moment has not come yet.");
        if (at < from - ClocksDiffer)
            throw new InputInvalid("at", early ?? "This is too early.");
        if (at < from)
            return from.Value;
        return at > now ? now : at;
    }
}
