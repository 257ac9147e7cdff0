namespace Moat.Isms.Kernel;

/// <summary>Moments with the precision that every database keeps.</summary>
public static class Milliseconds
{
    /// <summary>The moment in UTC, down to the millisecond.</summary>
    public static DateTime ToMillisecond(this DateTime utc) =>
        new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
