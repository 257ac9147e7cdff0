using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>What should flow from management reviews (9.3).</summary>
internal sealed class ReviewFlowRules : IFlowRules
{
    private const int DaysToApprove = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "decision-overdue", "management-review", "improvement", "TASK",
            "What a management review decided is done by its date", "Do it or report why not", (db, day) =>
            db.Set<WorkItem>().OverdueOn(day).Where(t => db.Links.Any(l => l.FromId == t.Id && l.Type == LinkTypes.DecidedIn))
                .Select(t => new Broken { Number = t.Number, Title = t.Title, On = t.DueOn })),
        new(
            "minutes-unapproved", "management-review", "leadership", "MREV",
            "The minutes of a management review are approved within a month", "Approve the minutes", (db, day) =>
            db.Set<ManagementReview>().Where(r => r.HeldOn < day.On.AddDays(-DaysToApprove) && (r.ApprovedAt == null || r.ApprovedAt >= day.End))
                .Select(r => new Broken { Number = r.Number, Title = r.Title, On = r.HeldOn })),
    ];
}
