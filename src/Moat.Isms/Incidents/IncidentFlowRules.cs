using Moat.Isms.Assets;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Risks;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Incidents;

/// <summary>
/// What should flow from alerts and reports to incidents, and from incidents to lessons, risks and those who must be
/// told (A.5.24-A.5.28).
/// </summary>
internal sealed class IncidentFlowRules : IFlowRules
{
    private const int DaysToLookAtRisks = 30,
        DaysToTriage = 2;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "alert-untriaged",
            "monitoring",
            "incident-management",
            "ALERT",
            "An alert is looked at within two days",
            "Decide whether it is an incident",
            (db, day) =>
                db.Set<Alert>()
                    .Where(a => a.CreatedAt < day.Ago(DaysToTriage) && (a.DecidedAt == null || a.DecidedAt >= day.End))
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Title,
                        At = a.CreatedAt,
                    })
        ),
        new(
            "report-untriaged",
            "awareness",
            "incident-management",
            "EVT",
            "What somebody reported is looked at within two days",
            "Decide whether it is an incident",
            (db, day) =>
                db.Set<ReportedEvent>()
                    .Where(e => e.CreatedAt < day.Ago(DaysToTriage) && (e.DecidedAt == null || e.DecidedAt >= day.End))
                    .Select(e => new Broken
                    {
                        Number = e.Number,
                        Title = e.Text,
                        At = e.CreatedAt,
                    })
        ),
        new(
            "incident-without-lesson",
            "incident-management",
            "improvement",
            "INC",
            "A closed incident left a lesson, or a named reason why not",
            "Record the lesson",
            (db, day) =>
                from incident in db.Set<Incident>()
                where
                    incident.ClosedAt < day.End
                    && incident.NoReviewBecause == null
                    && !db.Set<IncidentReview>().Any(r => r.IncidentId == incident.Id && r.NoLessonBecause != null)
                    && !db.Links.Any(l =>
                        l.Type == LinkTypes.LessonOf
                        && l.CreatedAt < day.End
                        && (
                            l.ToId == incident.Id
                            || db.Links.Any(r =>
                                r.Type == LinkTypes.RespondsTo && r.FromId == l.ToId && r.ToId == incident.Id
                            )
                        )
                    )
                select new Broken
                {
                    Number = incident.Number,
                    Title = incident.Title,
                    At = incident.ClosedAt,
                }
        ),
        new(
            "incident-without-risk",
            "incident-management",
            "risk-assessment",
            "INC",
            "After an incident on a crown jewel, its risk is assessed again within a month",
            "Assess the risk again",
            (db, day) =>
                from incident in db.Set<Incident>()
                where
                    incident.ClosedAt < day.Ago(DaysToLookAtRisks)
                    && db.Links.Any(l =>
                        l.Type == LinkTypes.Affects
                        && l.FromId == incident.Id
                        && db.Set<Asset>().Any(a => a.Id == l.ToId && a.CrownJewel)
                    )
                    && !db.Links.Any(l =>
                        l.ToId == incident.Id
                        && l.Type == LinkTypes.LearnedFrom
                        && l.CreatedAt < day.End
                        && l.Source != Link.ByHand
                        && db.Set<Risk>().Any(r => r.Id == l.FromId && r.AssessedAt >= incident.DetectedAt)
                    )
                select new Broken
                {
                    Number = incident.Number,
                    Title = incident.Title,
                    At = incident.ClosedAt,
                }
        ),
        new(
            "duty-overdue",
            "incident-management",
            "communication",
            "DUTY",
            "Who must be told by law or contract is told in time",
            "Send the notice",
            (db, day) =>
                from duty in db.Set<NotificationDuty>()
                where duty.State == DutyState.Open
                let missed = db.Set<DutyNotice>()
                    .Where(n =>
                        n.NotificationId == duty.Id && n.DueAt < day.Start && (n.SentAt == null || n.SentAt >= day.End)
                    )
                    .Min(n => (DateTime?)n.DueAt)
                where missed != null
                select new Broken
                {
                    Number = duty.Number,
                    Title = duty.Title,
                    At = missed,
                }
        ),
    ];
}
