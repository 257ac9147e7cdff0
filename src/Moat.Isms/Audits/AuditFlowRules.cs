using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Audits;

/// <summary>What should flow from audits, and into them (9.2).</summary>
internal sealed class AuditFlowRules : IFlowRules
{
    private const int DaysToRaise = 3;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "audit-overdue",
            "control-selection",
            "internal-audit",
            "AUD",
            "A planned audit is held by its last day",
            "Hold it or move it",
            (db, day) =>
                db.Set<Audit>()
                    .Where(a =>
                        a.CreatedAt < day.End
                        && a.State != AuditState.Dropped
                        && a.EndsOn < day.On
                        && (a.ReportedAt == null || a.ReportedAt >= day.End)
                    )
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Title,
                        On = a.EndsOn,
                    })
        ),
        new(
            "request-overdue",
            "document-control",
            "internal-audit",
            "REQ",
            "What an auditor asks for is shown by its date",
            "Answer it",
            (db, day) =>
                db.Set<AuditRequest>()
                    .Where(r =>
                        r.CreatedAt < day.End
                        && r.DueOn < day.On
                        && (r.State == RequestState.Asked || r.State == RequestState.Returned)
                    )
                    .Select(r => new Broken
                    {
                        Number = r.Number,
                        Title = r.Wanted,
                        On = r.DueOn,
                    })
        ),
        new(
            "finding-without-nonconformity",
            "internal-audit",
            "improvement",
            "FIND",
            "An accepted finding of grade minor or major is a nonconformity",
            "Raise the nonconformity",
            (db, day) =>
                db.Set<Finding>()
                    .Where(f =>
                        f.State == FindingState.Accepted
                        && f.AnsweredAt < day.Ago(DaysToRaise)
                        && (f.Grade == FindingGrade.Major || f.Grade == FindingGrade.Minor)
                        && !db.Links.Any(l =>
                            l.ToId == f.Id
                            && l.Type == LinkTypes.CausedBy
                            && l.FromKind == "NC"
                            && l.CreatedAt < day.End
                            && l.Source != Link.ByHand
                        )
                    )
                    .Select(f => new Broken
                    {
                        Number = f.Number,
                        Title = f.Title,
                        At = f.AnsweredAt,
                    })
        ),
    ];
}
