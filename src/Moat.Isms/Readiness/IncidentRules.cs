using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Readiness;

/// <summary>What the records of incidents say about the controls for them: each has a rule beside those of every control.</summary>
internal sealed class IncidentRules
{
    private const int DaysOfACycle = 365;
    private const int DaysToDecide = 3;
    private const int DaysToReview = 30;
    private readonly Dictionary<string, RuleView> _rules = [];

    /// <summary>The rules of a control; none for one that is not about incidents.</summary>
    public IEnumerable<RuleView> For(string control) => _rules.TryGetValue(control, out var rule) ? [rule] : [];

    /// <summary>Computes them from the last year's records. What never happened cannot be shown, so it does not hold.</summary>
    public static async Task<IncidentRules> Read(MoatDb db, CancellationToken ct)
    {
        var (now, since) = (db.Now, db.Now.AddDays(-DaysOfACycle));
        var rules = new IncidentRules();
        // An exercise that was broken off keeps no minutes and tests nothing.
        var runs = await db.Set<PlaybookRun>().Where(r => r.EndedAt >= since && r.MinutesId != null).Select(r => r.Exercise).ToListAsync(ct);
        var exercises = runs.Count(exercise => exercise);
        rules.Add("A.5.24", "incident-exercised", exercises > 0, $"{exercises} exercises in a year", "Exercise a playbook around a table; an hour is enough", "playbooks");

        var decided = await Signals(db, since, ct);
        var late = decided.Count(s => (s.Decided ?? now) - s.At > TimeSpan.FromDays(DaysToDecide));
        rules.Add(
            "A.5.25", "events-decided", decided.Count > 0 && late == 0, decided.Count == 0 ? "Nothing was reported or told in a year" : $"{decided.Count - late} of {decided.Count} reports and alerts were decided within {DaysToDecide} days",
            "Decide about what waits, with the reason", "incidents/triage");

        var overdue = await db.Set<NotificationDuty>().Where(d => d.State == DutyState.Open).Join(db.Set<DutyNotice>(), d => d.Id, n => n.NotificationId, (_, n) => n).CountAsync(n => n.SentAt == null && n.DueAt < now, ct);
        rules.Add(
            "A.5.26", "response-followed", runs.Count > 0 && overdue == 0, overdue > 0 ? $"{overdue} notices are overdue" : $"{runs.Count} playbooks were run or exercised in a year, no notice is overdue",
            overdue > 0 ? "Send the notice, or say why it does not apply" : "Answer the next incident, or an exercise, with a playbook", overdue > 0 ? "duties" : "playbooks");

        var incidents = await db.Set<Incident>().Where(i => i.DetectedAt >= since).Select(i => new { i.Id, i.State, i.RecoveredAt, i.ReviewedAt, i.NoReviewBecause }).ToListAsync(ct);
        var silent = incidents.Count(i => i.RecoveredAt < now.AddDays(-DaysToReview) && i.ReviewedAt is null && i.NoReviewBecause is null);
        var lessons = await db.Links.CountAsync(l => l.Type == LinkTypes.LessonOf && (l.FromKind == "LES") && (l.ToKind == "INC" || l.ToKind == "RUN") && l.CreatedAt >= since, ct);
        rules.Add(
            "A.5.27", "incidents-taught", lessons > 0 && silent == 0, silent > 0 ? $"{silent} incidents are over for more than {DaysToReview} days and nobody said what they taught" : $"{lessons} lessons from incidents and exercises in a year",
            silent > 0 ? "Hold the review" : "Write down what the next incident or exercise teaches", silent > 0 ? "incidents?state=recovered" : "incidents");

        var ids = incidents.Select(i => i.Id).ToList();
        var kept = await db.Set<CustodyEntry>().Where(c => ids.Contains(c.IncidentId)).Select(c => c.EvidenceId).Distinct().CountAsync(ct);
        rules.Add("A.5.28", "evidence-preserved", kept > 0, $"{kept} pieces of evidence of a year's incidents have a chain of hands", "Keep a file in the timeline of an incident, and say where it was taken from", "incidents");

        var reported = await db.Set<ReportedEvent>().CountAsync(e => e.CreatedAt >= since, ct);
        rules.Add("A.6.8", "events-reported", reported > 0, $"{reported} reports by people in a year", "Show everybody the form, and report the first oddity yourself", "incidents/report");
        return rules;
    }

    private static async Task<List<(DateTime At, DateTime? Decided)>> Signals(MoatDb db, DateTime since, CancellationToken ct)
    {
        var reports = await db.Set<ReportedEvent>().Where(e => e.CreatedAt >= since).Select(e => new { e.CreatedAt, e.DecidedAt }).ToListAsync(ct);
        var alerts = await db.Set<Alert>().Where(e => e.CreatedAt >= since).Select(e => new { e.CreatedAt, e.DecidedAt }).ToListAsync(ct);
        return [.. reports.Concat(alerts).Select(s => (s.CreatedAt, s.DecidedAt))];
    }

    private void Add(string control, string rule, bool holds, string because, string next, string link) =>
        _rules[control] = new RuleView("operating", rule, holds, because, holds ? null : next, link, Built: true);
}
