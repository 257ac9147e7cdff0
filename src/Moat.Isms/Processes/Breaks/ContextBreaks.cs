using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;

namespace Moat.Isms.Processes.Breaks;

/// <summary>What should flow from the company's context and its objectives (4.2, 6.2, 9.1).</summary>
internal static class ContextBreaks
{
    private const int DaysToAnswer = 30;
    private static readonly List<string> None = [];

    public static IReadOnlyList<FlowRule> Rules { get; } =
    [
        new("obligation-unanswered", "context", "control-selection", "OBL", "A law or contract that binds us names the controls that answer it", "Name the controls", (db, day) =>
            db.Set<Obligation>().Where(o => o.Standing == Standing.Adopted && o.CreatedAt < day.Ago(DaysToAnswer) && o.Controls == None)
                .Select(o => new Broken { Number = o.Number, Title = o.Name, At = o.CreatedAt })),
        new("objective-unmeasured", "objectives", "monitoring", "OBJ", "An objective has a number of this or the last period", "Measure it", Unmeasured),
    ];

    private static async Task<Breakage> Unmeasured(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var goals = await db.Set<Objective>().AsNoTracking().Pursued().Where(o => o.CreatedAt < day.End).ToListAsync(ct);
        var last = await db.Set<Measurement>().Counting().Where(m => m.CreatedAt < day.End).GroupBy(m => m.ObjectiveId)
            .Select(g => new { g.Key, To = g.Max(m => m.To) }).ToDictionaryAsync(g => g.Key, g => g.To, ct);
        return FlowRule.Of([
            .. from goal in goals
               let due = goal.PeriodStart(goal.PeriodStart(day.On).AddDays(-1))
               where DateOnly.FromDateTime(goal.CreatedAt) < due && !(last.TryGetValue(goal.Id, out var to) && to >= due)
               select new Broken { Number = goal.Number, Title = goal.Title, On = due },
        ]);
    }
}
