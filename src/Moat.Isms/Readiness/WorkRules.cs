using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Readiness;

/// <summary>What readiness needs to know about what comes round.</summary>
public sealed record WorkFacts
{
    /// <summary>Adopted cadences, those that are not missed; when one last happened.</summary>
    public required Counted Cadences { get; init; }

    /// <summary>The missed one that was due first.</summary>
    public required string? Missed { get; init; }

    /// <summary>Reads the facts.</summary>
    public static async Task<WorkFacts> Read(MoatDb db, CancellationToken ct)
    {
        var today = db.Today;
        var running = db.Set<Cadence>().Where(c => c.Standing == Standing.Adopted && c.RetiredAt == null);
        var last = await running.MaxAsync(c => c.LastMetOn, ct);
        var counted = await db.Count(running.Select(c => new Fact { Good = c.MissedSince == null && c.NextOn >= today, At = c.CreatedAt }), ct);
        var missed = counted.Good == counted.All ? null : await running.Where(c => c.MissedSince != null || c.NextOn < today).OrderBy(c => c.NextOn).Select(c => "CAD-" + c.Number + " " + c.Title).FirstOrDefaultAsync(ct);
        return new WorkFacts { Cadences = counted with { Last = last?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) }, Missed = missed };
    }
}

/// <summary>The rule about what comes round (clause 8.1).</summary>
internal static class WorkRules
{
    private const int FewestCadences = 3;

    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["cadences-kept"] = Kept,
    };

    private static RuleResult Kept(ReadinessFacts f, int age)
    {
        var (cadences, missed) = (f.Work.Cadences, f.Work.Missed);
        if (cadences.All < FewestCadences) return new(false, $"{cadences.All} of {FewestCadences} cadences are adopted");
        return missed is not null
            ? new(false, $"{cadences.All - cadences.Good} of {cadences.All} cadences are missed, first {missed}")
            : ReadinessRules.Fresh(f, age, cadences.Last, $"None of {cadences.All} cadences is missed; one last happened", $"None of {cadences.All} cadences happened yet");
    }
}
