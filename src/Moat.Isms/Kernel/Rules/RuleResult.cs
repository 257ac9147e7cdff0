using System.Globalization;

namespace Moat.Isms.Kernel.Rules;

/// <summary>Whether a rule holds, and the records that make it so or what is missing.</summary>
/// <param name="Holds">Whether it holds. Unknown counts as no.</param>
/// <param name="Because">What was found.</param>
public sealed record RuleResult(bool Holds, string Because)
{
    /// <summary>It does not hold, and why.</summary>
    public static RuleResult No(string because) => new(false, because);

    /// <summary>It holds, and by which records.</summary>
    public static RuleResult Yes(string because) => new(true, because);
}

/// <summary>How a clause asks a rule.</summary>
/// <param name="Clause">The sub-clause.</param>
/// <param name="MaxAgeDays">How old the youngest record may be.</param>
/// <param name="Today">The day of the computation.</param>
public sealed record Asked(string Clause, int MaxAgeDays, DateOnly Today)
{
    /// <summary>
    /// What happened twice within fewer days happened once: nothing is done over time on its first day.
    /// </summary>
    public const int DaysApart = 30;

    /// <summary>Holds while the day is not older than what is asked.</summary>
    public RuleResult Fresh(DateOnly? on, string yes, string no)
    {
        if (on is not { } day)
            return RuleResult.No(no);
        var old = Today.DayNumber - day.DayNumber;
        return old <= MaxAgeDays
            ? RuleResult.Yes(string.Create(CultureInfo.InvariantCulture, $"{yes} on {day:yyyy-MM-dd}"))
            : RuleResult.No(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{yes} on {day:yyyy-MM-dd}, which is {old} days ago; at most {MaxAgeDays} count"
                )
            );
    }

    /// <summary>Holds while the moment is not older than what is asked.</summary>
    public RuleResult Fresh(DateTime? at, string yes, string no) =>
        Fresh(at is { } when ? DateOnly.FromDateTime(when) : null, yes, no);

    /// <summary>
    /// Holds when every one of at least so many is as it should be; with none there is nothing to judge.
    /// </summary>
    public static RuleResult Every(int good, int all, int least, string what) =>
        all < least || good < all
            ? RuleResult.No($"{good} of {Math.Max(least, all)} {what}")
            : RuleResult.Yes($"All {all} {what}");

    /// <summary>Holds when it happened on two days at least a month apart, the last of them recently enough.</summary>
    public RuleResult OverTime(IEnumerable<DateOnly> on, string what)
    {
        var days = on.Order().ToList();
        if (days.Count == 0)
            return RuleResult.No($"{what}: never yet");
        if (days[^1].DayNumber - days[0].DayNumber < DaysApart)
            return RuleResult.No(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: only since {days[0]:yyyy-MM-dd}; it counts when it happened again at least {DaysApart} days later"
                )
            );
        return Fresh(
            days[^1],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {days.Count} times since {days[0]:yyyy-MM-dd}, the last"
            ),
            ""
        );
    }
}

/// <summary>Words that several rules use about days.</summary>
public static class Days
{
    /// <summary>The day of a moment.</summary>
    public static DateOnly Day(this DateTime at) => DateOnly.FromDateTime(at);

    /// <summary>Whether it came at least a month after what it looks back at.</summary>
    public static bool WellAfter(this DateOnly later, DateTime earlier) =>
        later.DayNumber - earlier.Day().DayNumber >= Asked.DaysApart;
}
