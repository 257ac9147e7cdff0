using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.AccessReviews;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Processes.Breaks;

/// <summary>What should flow from controls in operation, from access and from monitoring (8.1, 9.1).</summary>
internal static class ControlBreaks
{
    public static IReadOnlyList<FlowRule> Rules { get; } =
    [
        new("evidence-ended", "control-operation", "monitoring", "CTL", "A control that is in place shows evidence that still counts", "Add evidence", EvidenceEnded),
        new("control-step-overdue", "work", "control-operation", "TASK", "What has to be done for a control is done by its date", "Do it or move its date", (db, day) =>
            RiskBreaks.OverdueTasks(db, day).Where(t => t.SubjectRef.StartsWith("CTL-") || db.Links.Any(l => l.FromId == t.Id && l.Type == LinkTypes.Serves && l.ToKind == "CTL" && l.CreatedAt < day.End)).Select(t => new Broken { Number = t.Number, Title = t.Title, On = t.DueOn })),
        new("access-review-overdue", "access-management", "control-operation", "ARV", "A review of access is closed by its date", "Finish the review", (db, day) =>
            db.Set<AccessReview>().Where(r => r.CreatedAt < day.End && r.DueOn < day.On && r.State != AccessReviewState.Closed)
                .Select(r => new Broken { Number = r.Number, Title = r.Title, On = r.DueOn })),
        new("leaver-with-access", "roles", "access-management", "PER", "Who left has no account any more", "Take the account away", (db, day) =>
            db.Set<Person>().Where(p => p.LeftOn < day.On && db.Set<Membership>().Any(m => m.PersonId == p.Id && m.CreatedAt < day.End && (m.RevokedAt == null || m.RevokedAt >= day.End) && (m.Until == null || m.Until >= day.On)))
                .Select(p => new Broken { Number = p.Number, Title = p.Name, On = p.LeftOn })),
        new("failure-undecided", "monitoring", "improvement", "TASK", "A check that keeps failing is decided on: a nonconformity or not", "Decide", (db, day) =>
            RiskBreaks.OverdueTasks(db, day).Where(t => t.Purpose == "nonconformity").Select(t => new Broken { Number = t.Number, Title = t.Title, On = t.DueOn })),
    ];

    // A control that had evidence once and has none that counts, unless a check shows it at work on that day.
    private static async Task<Breakage> EvidenceEnded(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var shown = from link in db.Links
                    where link.Type == LinkTypes.Evidences
                    join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
                    where item.CreatedAt < day.End && (item.WithdrawnAt == null || item.WithdrawnAt >= day.End)
                    select new { link.ToId, item.ValidUntil };
        var ended = await (from control in db.Set<Control>()
                           where control.Standing == Standing.Adopted && control.Applicability == Applicability.Applicable && control.Implementation == Implementation.Implemented
                           let last = shown.Where(s => s.ToId == control.Id).Max(s => (DateOnly?)s.ValidUntil)
                           where last < day.On
                           select new { control.Code, Broken = new Broken { Number = control.Number, Title = control.Code + " " + control.Title, On = last } }).ToListAsync(ct);
        if (ended.Count == 0) return new Breakage([], 0);
        var moment = CheckInterval.Milliseconds(day.End);
        var passing = await db.Set<CheckInterval>().Where(i => i.Outcome == CheckOutcome.Passing && i.Since < moment && i.Until >= moment).Select(i => i.Check).Distinct().ToListAsync(ct);
        var watched = KnowledgeBase.Shipped.Checks.Where(c => passing.Contains(c.Id)).SelectMany(c => c.Controls).ToHashSet();
        return FlowRule.Of([.. ended.Where(e => !watched.Contains(e.Code)).Select(e => e.Broken)]);
    }
}
