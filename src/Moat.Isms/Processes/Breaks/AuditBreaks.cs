using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.Reviews;

namespace Moat.Isms.Processes.Breaks;

/// <summary>What should flow from audits and management reviews, and into them (9.2, 9.3).</summary>
internal static class AuditBreaks
{
    private const int DaysToRaise = 3, DaysToApprove = 30, DaysBetweenReviews = 365;

    public static IReadOnlyList<FlowRule> Rules { get; } =
    [
        new("audit-overdue", "control-selection", "internal-audit", "AUD", "A planned audit is held by its last day", "Hold it or move it", (db, day) =>
            db.Set<Audit>().Where(a => a.CreatedAt < day.End && a.State != AuditState.Dropped && a.EndsOn < day.On && (a.ReportedAt == null || a.ReportedAt >= day.End))
                .Select(a => new Broken { Number = a.Number, Title = a.Title, On = a.EndsOn })),
        new("request-overdue", "document-control", "internal-audit", "REQ", "What an auditor asks for is shown by its date", "Answer it", (db, day) =>
            db.Set<AuditRequest>().Where(r => r.CreatedAt < day.End && r.DueOn < day.On && (r.State == RequestState.Asked || r.State == RequestState.Returned))
                .Select(r => new Broken { Number = r.Number, Title = r.Wanted, On = r.DueOn })),
        new("finding-without-nonconformity", "internal-audit", "improvement", "FIND", "An accepted finding of grade minor or major is a nonconformity", "Raise the nonconformity", (db, day) =>
            db.Set<Finding>().Where(f => f.State == FindingState.Accepted && f.AnsweredAt < day.Ago(DaysToRaise) && (f.Grade == FindingGrade.Major || f.Grade == FindingGrade.Minor)
                    && !db.Links.Any(l => l.ToId == f.Id && l.Type == LinkTypes.CausedBy && l.FromKind == "NC" && l.CreatedAt < day.End))
                .Select(f => new Broken { Number = f.Number, Title = f.Title, At = f.AnsweredAt })),
        new("objective-unreviewed", "objectives", "management-review", "OBJ", "A management review saw each objective within a year", "Put it before the review", (db, day) =>
            from goal in db.Set<Objective>().Pursued()
            where goal.CreatedAt < day.Ago(DaysBetweenReviews)
                && !db.Links.Any(l => l.ToId == goal.Id && l.Type == LinkTypes.Examines && l.FromKind == "MREV"
                    && db.Set<ManagementReview>().Any(r => r.Id == l.FromId && r.HeldOn > day.On.AddDays(-DaysBetweenReviews) && r.HeldOn <= day.On))
            select new Broken { Number = goal.Number, Title = goal.Title, At = goal.CreatedAt }),
        new("decision-overdue", "management-review", "improvement", "TASK", "What a management review decided is done by its date", "Do it or report why not", (db, day) =>
            RiskBreaks.OverdueTasks(db, day).Where(t => db.Links.Any(l => l.FromId == t.Id && l.Type == LinkTypes.DecidedIn)).Select(t => new Broken { Number = t.Number, Title = t.Title, On = t.DueOn })),
        new("minutes-unapproved", "management-review", "leadership", "MREV", "The minutes of a management review are approved within a month", "Approve the minutes", (db, day) =>
            db.Set<ManagementReview>().Where(r => r.HeldOn < day.On.AddDays(-DaysToApprove) && (r.ApprovedAt == null || r.ApprovedAt >= day.End))
                .Select(r => new Broken { Number = r.Number, Title = r.Title, On = r.HeldOn })),
    ];
}
