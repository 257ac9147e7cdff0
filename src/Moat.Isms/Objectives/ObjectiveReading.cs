using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Objectives;

/// <summary>Reads objectives with their last number and where they stand.</summary>
public sealed class ObjectiveReading(MoatDb db)
{
    private const int MostShown = 500;

    /// <summary>These objectives, in order.</summary>
    public async Task<IReadOnlyList<ObjectiveView>> Of(IQueryable<Objective> goals, CancellationToken ct)
    {
        var measurements = db.Set<Measurement>().Counting();
        var rows = await (
            from goal in goals
            join person in db.Set<Person>() on goal.OwnerId equals person.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby goal.Number
            select new
            {
                Goal = goal,
                Owner = owner,
                Last = measurements
                    .Where(m => m.ObjectiveId == goal.Id)
                    .OrderByDescending(m => m.To)
                    .ThenByDescending(m => m.CreatedAt)
                    .FirstOrDefault(),
            }
        )
            .Take(MostShown)
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new ObjectiveView(
                r.Goal.Ref,
                r.Goal.Version,
                r.Goal.Title,
                r.Goal.Metric,
                r.Goal.Unit,
                r.Goal.Target,
                r.Goal.Comparator,
                r.Goal.Period,
                r.Goal.MeasuredBy,
                r.Goal.Plan,
                r.Owner?.Ref,
                r.Owner?.Name,
                r.Goal.DueOn,
                r.Goal.Standing,
                r.Goal.WhyProposed,
                r.Goal.TakenFrom,
                r.Goal.AskedAt,
                r.Goal.Query,
                r.Goal.Fold,
                r.Goal.StepMinutes,
                State(r.Goal, r.Last),
                r.Last?.Value,
                r.Last?.To,
                r.Goal.DroppedOn
            )),
        ];
    }

    // Against the target of its day: a target that was raised since is not missed before somebody measured again.
    private ObjectiveState State(Objective goal, Measurement? last)
    {
        if (last is null || last.To < goal.PeriodStart(goal.PeriodStart(db.Today).AddDays(-1)))
            return ObjectiveState.NotMeasured;
        if (goal.Meets(last.Value, last.Target ?? goal.Target))
            return ObjectiveState.OnTrack;
        return goal.PeriodEnd(last.To) < db.Today || goal.DueOn < db.Today
            ? ObjectiveState.Missed
            : ObjectiveState.AtRisk;
    }
}
