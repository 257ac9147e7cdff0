using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Which control, over how long.</summary>
public sealed record WatchControl
{
    /// <summary>The control's code, such as A.8.4.</summary>
    [MaxLength(20)]
    public required string Ref { get; init; }

    /// <summary>How many days back, 1 to 1,100.</summary>
    [Range(1, 1100)]
    public int Days { get; init; } = InForceReading.UsualDays;
}

/// <summary>A resource that does not pass a check of the control.</summary>
public sealed record NotPassing(string Check, string Title, string Severity, CheckedResource Resource);

/// <summary>A control as collected facts show it.</summary>
/// <param name="InForce">How much of the period its checks passed.</param>
/// <param name="Checks">Its checks.</param>
/// <param name="NotPassing">What does not pass now, and since when; the gravest first.</param>
public sealed record ControlWatched(
    InForce InForce,
    IReadOnlyList<CheckRow> Checks,
    IReadOnlyList<NotPassing> NotPassing
);

/// <summary>How controls are in force, as collected facts show it.</summary>
[Process(CheckProcess.Name, CheckProcess.Summary)]
public sealed class ControlWatch(CheckBook book, CheckReading reading, InForceReading inForce, CheckProcess checks)
{
    private const int MostShown = 50;
    private static readonly List<string> Gravest = ["critical", "high", "medium", "low"];

    /// <summary>How much of a period a control was in force, what does not pass and since when.</summary>
    [Query(
        "control",
        Permission.ReadIsms,
        "How much of a period a control was in force, what does not pass, and since when"
    )]
    public async Task<ControlWatched> Control(WatchControl input, CancellationToken ct)
    {
        var mine = (await book.All(ct)).Where(c => c.Controls.Contains(input.Ref)).ToDictionary(c => c.Id);
        var ids = mine.Keys.Order(StringComparer.Ordinal).ToList();
        var standing = await reading.Standing(ids, [CheckOutcome.Failing, CheckOutcome.Unknown], MostShown, ct);
        return new ControlWatched(
            await inForce.Of(ids, input.Days, ct),
            await checks.List(new ListChecks { Control = input.Ref }, ct),
            [
                .. standing
                    .Select(s => new NotPassing(s.Check, mine[s.Check].Title, mine[s.Check].Severity, s.Resource))
                    .OrderBy(n => n.Resource.Outcome == CheckOutcome.Failing ? 0 : 1)
                    .ThenBy(n => Gravest.IndexOf(n.Severity))
                    .ThenBy(n => n.Resource.Since),
            ]
        );
    }
}
