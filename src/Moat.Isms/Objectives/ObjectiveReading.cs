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
            .. rows.Select(r => new ObjectiveView
            {
                Ref = r.Goal.Ref,
                Version = r.Goal.Version,
                Title = r.Goal.Title,
                Metric = r.Goal.Metric,
                Unit = r.Goal.Unit,
                Target = r.Goal.Target,
                Comparator = r.Goal.Comparator,
                Period = r.Goal.Period,
                MeasuredBy = r.Goal.MeasuredBy,
                Plan = r.Goal.Plan,
                OwnerRef = r.Owner?.Ref,
                Owner = r.Owner?.Name,
                DueOn = r.Goal.DueOn,
                Standing = r.Goal.Standing,
                WhyProposed = r.Goal.WhyProposed,
                TakenFrom = r.Goal.TakenFrom,
                AskedAt = r.Goal.AskedAt,
                Query = r.Goal.Query,
                Fold = r.Goal.Fold,
                StepMinutes = r.Goal.StepMinutes,
                State = State(r.Goal, r.Last),
                LastValue = r.Last?.Value,
                LastOn = r.Last?.To,
                DroppedOn = r.Goal.DroppedOn,
            }),
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
