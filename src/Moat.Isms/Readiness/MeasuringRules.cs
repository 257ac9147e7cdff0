using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;

namespace Moat.Isms.Readiness;

/// <summary>What readiness needs to know about measuring.</summary>
public sealed record MeasuringFacts
{
    /// <summary>Adopted objectives, those with a number of this or the last period.</summary>
    public required Counted Measured { get; init; }

    /// <summary>Adopted objectives and checks that watch something: what is measured, from where.</summary>
    public required int Defined { get; init; }

    /// <summary>When the first of them came to be.</summary>
    public required DateTime? DefinedAt { get; init; }

    /// <summary>When somebody last said what numbers told.</summary>
    public required DateTime? LastEvaluation { get; init; }

    /// <summary>Reads the facts.</summary>
    public static async Task<MeasuringFacts> Read(MoatDb db, CancellationToken ct)
    {
        var goals = await db.Set<Objective>().AsNoTracking().Pursued().ToListAsync(ct);
        var last = await db.Set<Measurement>().Counting().GroupBy(m => m.ObjectiveId).Select(g => new { g.Key, To = g.Max(m => m.To), At = g.Max(m => m.CreatedAt) }).ToDictionaryAsync(g => g.Key, ct);
        var watching = await db.Set<CheckInterval>().Where(i => i.Until == CheckInterval.Open).Select(i => i.Check).Distinct().CountAsync(ct);
        bool IsFresh(Objective goal) => last.TryGetValue(goal.Id, out var m) && m.To >= goal.PeriodStart(goal.PeriodStart(db.Today).AddDays(-1));
        return new MeasuringFacts
        {
            Measured = new Counted(goals.Count, goals.Count(IsFresh), last.Values.Max(m => (DateTime?)m.At)),
            Defined = goals.Count(g => g.OwnerId is not null) + watching,
            DefinedAt = goals.Max(g => (DateTime?)g.ChangedAt),
            LastEvaluation = await db.Set<ObjectiveEvaluation>().MaxAsync(e => (DateTime?)e.CreatedAt, ct),
        };
    }
}

/// <summary>The rules about measuring and what is made of it (clauses 6.2, 9.1).</summary>
internal static class MeasuringRules
{
    private const int FewestMeasurements = 5;

    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["objectives-measured"] = (f, age) => ReadinessRules.All(f, age, f.Measuring.Measured, 1, "adopted objectives, each with a number of this or the last period"),
        ["objectives-evaluated"] = Evaluated,
        ["monitoring-defined"] = (f, age) => f.Measuring.Defined < FewestMeasurements
            ? new(false, $"{f.Measuring.Defined} of {FewestMeasurements} owned objectives and checks that watch something")
            : ReadinessRules.Fresh(f, age, f.Measuring.DefinedAt, $"{f.Measuring.Defined} owned objectives and checks that watch something; the objectives last changed", "No objective is adopted"),
        ["monitoring-evaluated"] = Evaluated,
    };

    private static RuleResult Evaluated(ReadinessFacts f, int age) =>
        ReadinessRules.Fresh(f, age, f.Measuring.LastEvaluation, "Somebody said what the numbers of an objective told", "Nobody said yet what the numbers of an objective told");
}
