using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Objectives;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>What should flow from management reviews (9.3).</summary>
internal sealed class ReviewFlowRules : IFlowRules
{
    private const int DaysToApprove = 30;
    private const int DaysBetweenReviews = 365;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "decision-overdue",
            "management-review",
            "improvement",
            "TASK",
            "What a management review decided is done by its date",
            "Do it or report why not",
            (db, day) =>
                db.Set<WorkItem>()
                    .OverdueOn(day)
                    .Where(t => db.Links.Any(l => l.FromId == t.Id && l.Type == LinkTypes.DecidedIn))
                    .Select(t => new Broken
                    {
                        Number = t.Number,
                        Title = t.Title,
                        On = t.DueOn,
                    })
        ),
        new(
            "minutes-unapproved",
            "management-review",
            "leadership",
            "MREV",
            "The minutes of a management review are approved within a month",
            "Approve the minutes",
            (db, day) =>
                db.Set<ManagementReview>()
                    .Where(r =>
                        r.HeldOn < day.On.AddDays(-DaysToApprove) && (r.ApprovedAt == null || r.ApprovedAt >= day.End)
                    )
                    .Select(r => new Broken
                    {
                        Number = r.Number,
                        Title = r.Title,
                        On = r.HeldOn,
                    })
        ),
        new(
            "objective-unreviewed",
            "objectives",
            "management-review",
            "OBJ",
            "A management review saw each objective within a year",
            "Put it before the review",
            (db, day) =>
                from goal in db.Set<Objective>().Pursued()
                where
                    goal.CreatedAt < day.Ago(DaysBetweenReviews)
                    && !db.Links.Any(l =>
                        l.ToId == goal.Id
                        && l.Type == LinkTypes.Examines
                        && l.FromKind == "MREV"
                        && db.Set<ManagementReview>()
                            .Any(r =>
                                r.Id == l.FromId && r.HeldOn > day.On.AddDays(-DaysBetweenReviews) && r.HeldOn <= day.On
                            )
                    )
                select new Broken
                {
                    Number = goal.Number,
                    Title = goal.Title,
                    At = goal.CreatedAt,
                }
        ),
    ];
}
