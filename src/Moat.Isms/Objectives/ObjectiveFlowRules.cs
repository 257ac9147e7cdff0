using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Objectives;

/// <summary>What should flow from objectives to their numbers and to management (6.2, 9.1, 9.3).</summary>
internal sealed class ObjectiveFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "objective-unmeasured",
            "objectives",
            "monitoring",
            "OBJ",
            "An objective has a number of this or the last period",
            "Measure it",
            Unmeasured
        ),
    ];

    private static async Task<Breakage> Unmeasured(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var goals = await db.Set<Objective>()
            .AsNoTracking()
            .Pursued()
            .Where(o => o.CreatedAt < day.End)
            .ToListAsync(ct);
        var last = await db.Set<Measurement>()
            .Counting()
            .Where(m => m.CreatedAt < day.End)
            .GroupBy(m => m.ObjectiveId)
            .Select(g => new { g.Key, To = g.Max(m => m.To) })
            .ToDictionaryAsync(g => g.Key, g => g.To, ct);
        return FlowRule.Of([
            .. from goal in goals
            let due = goal.PeriodStart(goal.PeriodStart(day.On).AddDays(-1))
            where DateOnly.FromDateTime(goal.CreatedAt) < due && !(last.TryGetValue(goal.Id, out var to) && to >= due)
            select new Broken
            {
                Number = goal.Number,
                Title = goal.Title,
                On = due,
            },
        ]);
    }
}
