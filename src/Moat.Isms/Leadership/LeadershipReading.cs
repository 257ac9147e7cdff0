using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Objectives;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Reviews;
using Moat.Isms.Risks;
using Moat.Isms.Risks.Money;

namespace Moat.Isms.Leadership;

/// <summary>
/// One screen for those who lead: what must not be lost, what it may cost, how objectives stand, what needs a decision.
/// </summary>
[Process(LeadershipProcess.Name, LeadershipProcess.Summary)]
public sealed class LeadershipReading(
    MoatDb db,
    CurrentCaller caller,
    CrownJewels jewels,
    MoneyAtRisk money,
    ObjectiveReading objectives,
    WantedDecisions wanted,
    ManagementReviewProcess reviews,
    IReadiness readiness,
    FlowReading flow
)
{
    private const int MostDecisions = 8;
    private const int DaysOfFlow = 365;

    /// <summary>The screen of today.</summary>
    [Query(
        "view",
        Permission.ReadIsms,
        "Crown jewels, money at risk, objectives and what needs a decision, on one screen"
    )]
    public async Task<LeadershipView> View(Nothing input, CancellationToken ct)
    {
        var decisions = await wanted.Find(ct);
        var organization = await db
            .Organizations.Where(o => o.Id == caller.OrganizationId)
            .Select(o => o.Name)
            .FirstAsync(ct);
        return new LeadershipView(
            organization,
            db.Today,
            await jewels.Protection(ct),
            await money.Estimate(ct),
            await Objectives(ct),
            [.. decisions.Take(MostDecisions)],
            Math.Max(0, decisions.Count - MostDecisions),
            await Reviews(ct),
            (await flow.Between(db.Today.AddDays(-DaysOfFlow), db.Today, ct)).Breaks,
            Doi.Sum((await readiness.Today(ct)).Select(r => r.Doi))
        );
    }

    private async Task<ObjectivesAtAGlance> Objectives(CancellationToken ct)
    {
        var all = await objectives.Of(db.Set<Objective>().Pursued(), ct);
        int In(ObjectiveState state) => all.Count(o => o.State == state);
        return new ObjectivesAtAGlance(
            all.Count,
            In(ObjectiveState.OnTrack),
            In(ObjectiveState.AtRisk),
            In(ObjectiveState.Missed),
            In(ObjectiveState.NotMeasured),
            [
                .. all.Where(o => o.State != ObjectiveState.OnTrack)
                    .OrderByDescending(o => o.State == ObjectiveState.Missed)
                    .ThenByDescending(o => o.State == ObjectiveState.AtRisk),
            ]
        );
    }

    private async Task<ReviewsAtAGlance> Reviews(CancellationToken ct)
    {
        var all = await reviews.List(new Nothing(), ct);
        var (last, next) = (
            all.Where(r => r.HeldOn is not null).MaxBy(r => r.HeldOn),
            all.Where(r => r.HeldOn is null).MinBy(r => r.ScheduledOn)
        );
        return new ReviewsAtAGlance(
            last?.Ref,
            last?.HeldOn,
            next?.Ref,
            next?.ScheduledOn,
            last?.Decisions ?? 0,
            last?.Acted ?? 0,
            last?.Overdue ?? 0
        );
    }
}
