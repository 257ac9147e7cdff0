using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Changes;

/// <summary>What should flow from changes of the ISMS and from what others do for it (6.3, 8.1).</summary>
internal sealed class ChangeFlowRules : IFlowRules
{
    private const int DaysToLookBack = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "change-not-reviewed",
            "change-planning",
            "improvement",
            "CHG",
            "Within a month after a change, somebody looked at what really happened",
            "Look back at it",
            (db, day) =>
                db.Set<IsmsChange>()
                    .Where(c =>
                        c.CreatedAt < day.End
                        && c.State != ChangeState.Dropped
                        && c.HappenedOn < day.On.AddDays(-DaysToLookBack)
                        && (c.ReviewedOn == null || c.ReviewedOn > day.On)
                    )
                    .Select(c => new Broken
                    {
                        Number = c.Number,
                        Title = c.Title,
                        On = c.HappenedOn,
                    })
        ),
        new(
            "change-unconfirmed",
            "change-planning",
            "risk-assessment",
            "CHG",
            "A planned change begins when somebody confirmed its consequences",
            "Confirm the consequences",
            (db, day) =>
                db.Set<IsmsChange>()
                    .Where(c =>
                        c.CreatedAt < day.End
                        && c.State != ChangeState.Dropped
                        && c.Planned
                        && c.StartsOn < day.On
                        && (c.ConfirmedOn == null || c.ConfirmedOn > day.On)
                    )
                    .Select(c => new Broken
                    {
                        Number = c.Number,
                        Title = c.Title,
                        On = c.StartsOn,
                    })
        ),
        new(
            "outsourced-overdue",
            "change-planning",
            "supplier-management",
            "OUT",
            "What others do for us is looked at within its cycle",
            "Look at it",
            (db, day) =>
                db.Set<OutsourcedProcess>()
                    .Where(o =>
                        o.CreatedAt < day.End && o.NextReviewOn < day.On && (o.EndedOn == null || o.EndedOn > day.On)
                    )
                    .Select(o => new Broken
                    {
                        Number = o.Number,
                        Title = o.Title,
                        On = o.NextReviewOn,
                    })
        ),
    ];
}
