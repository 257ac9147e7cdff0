using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Looks;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.Reviews;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>
/// What happened to the records of a register over time and has no reference of its own: the numbers of objectives and what was made of them, from
/// when to when checks passed, runs of collectors, timelines of incidents. An auditor samples from these. Where a sheet would grow too long, the newest are in it.
/// </summary>
public sealed class RegisterCourse(MoatDb db, AuditCourse audits, IncidentCourse incidents)
{
    private const int Most = RegisterTable.MostRows;

    /// <summary>The further sheets of a register; none for most.</summary>
    public async Task<IReadOnlyList<TableSheet>> Of(string register, CancellationToken ct) => register switch
    {
        "objectives" => [await Measurements(ct), await Evaluations(ct)],
        "checks" => [await Intervals(ct)],
        "collectors" => [await Runs(ct)],
        "incidents" => [await incidents.Timeline(ct), await incidents.Custody(ct)],
        "reviews" => [await Conclusions(ct), await Decisions(ct)],
        "audits" => [await audits.Programme(ct), await audits.Checklists(ct)],
        "scope" => [await Looks(ct)],
        "samples" => [await audits.Members(ct)],
        "requests" => [await audits.Answers(ct)],
        _ => [],
    };

    private async Task<TableSheet> Measurements(CancellationToken ct)
    {
        var rows = await (from m in db.Set<Measurement>()
                          join o in db.Set<Objective>() on m.ObjectiveId equals o.Id
                          orderby o.Number, m.To descending, m.CreatedAt descending
                          select new { o.Number, o.Title, m.From, m.To, m.Value, o.Unit, o.Comparator, Target = m.Target ?? o.Target, m.TakenBy, m.Note, m.CreatedAt, m.WithdrawnBecause }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Measurements", ["Objective", "Title", "From", "To", "Value", "Unit", "Wanted then", "Taken By", "Note", "Entered", "Withdrawn because"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"OBJ-{r.Number}", r.Title, r.From, r.To, r.Value, r.Unit, $"{r.Comparator.Words()} {r.Target:0.####}", r.TakenBy, r.Note, r.CreatedAt, r.WithdrawnBecause])]);
    }

    private async Task<TableSheet> Evaluations(CancellationToken ct)
    {
        var rows = await (from e in db.Set<ObjectiveEvaluation>()
                          join o in db.Set<Objective>() on e.ObjectiveId equals o.Id
                          orderby o.Number, e.On descending
                          select new { o.Number, o.Title, e.On, e.By, e.Text, e.Conclusion, e.TargetBefore, e.Target }).Take(Most).ToListAsync(ct);
        return new TableSheet("Evaluations", ["Objective", "Title", "On", "By", "What the numbers told", "Conclusion", "Target before", "Target after"], [.. rows.Select(r => (IReadOnlyList<object?>)[$"OBJ-{r.Number}", r.Title, r.On, r.By, r.Text, r.Conclusion.Words(), r.TargetBefore, r.Target])]);
    }

    private async Task<TableSheet> Intervals(CancellationToken ct)
    {
        var rows = await (from i in db.Set<CheckInterval>()
                          join r in db.Set<Resource>() on i.ResourceId equals r.Id
                          orderby i.Since descending, i.Id
                          select new { i.Check, r.Number, r.Name, i.Outcome, i.Since, i.Until, i.Detail }).Take(Most).ToListAsync(ct);
        var now = CheckInterval.Milliseconds(db.Now);
        return new TableSheet(
            "Intervals", ["Check", "Resource", "Name", "Outcome", "Since", "Until", "Hours", "Detail"],
            [.. rows.Select(r => (IReadOnlyList<object?>)
            [
                r.Check, $"RES-{r.Number}", r.Name, r.Outcome.Words(), CheckInterval.Moment(r.Since), r.Until == CheckInterval.Open ? null : CheckInterval.Moment(r.Until),
                Math.Round((Math.Min(r.Until, now) - r.Since) / 3_600_000m, 2), r.Detail,
            ])]);
    }

    private async Task<TableSheet> Looks(CancellationToken ct)
    {
        var rows = await db.Set<Look>().OrderByDescending(l => l.CreatedAt).Select(l => new { l.SubjectRef, l.On, l.By, l.Because }).Take(Most).ToListAsync(ct);
        return new TableSheet("Looked at again", ["Record", "On", "By", "Why it is still true"], [.. rows.Select(r => (IReadOnlyList<object?>)[r.SubjectRef, r.On, r.By, r.Because])]);
    }

    private async Task<TableSheet> Conclusions(CancellationToken ct)
    {
        var rows = await (from c in db.Set<ReviewConclusion>()
                          join r in db.Set<ManagementReview>() on c.ReviewId equals r.Id
                          orderby r.Number descending, c.Topic
                          select new { r.Number, r.Title, c.Topic, c.Text, c.By }).Take(Most).ToListAsync(ct);
        return new TableSheet("Conclusions", ["Review", "Title", "Topic", "Conclusion", "By"], [.. rows.Select(r => (IReadOnlyList<object?>)[$"MREV-{r.Number}", r.Title, r.Topic, r.Text, r.By])]);
    }

    private async Task<TableSheet> Decisions(CancellationToken ct)
    {
        var rows = await (from d in db.Set<ReviewDecision>()
                          join r in db.Set<ManagementReview>() on d.ReviewId equals r.Id
                          join person in db.Set<Person>() on d.OwnerId equals person.Id into owners
                          from owner in owners.DefaultIfEmpty()
                          orderby r.Number descending, d.Position
                          select new { r.Number, Decision = d, Owner = owner == null ? null : owner.Name }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Decisions", ["Review", "Position", "Kind", "Decision", "Why", "Owner", "Due", "Became"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"MREV-{r.Number}", r.Decision.Position, r.Decision.Kind.Words(), r.Decision.Text, r.Decision.Reason, r.Owner, r.Decision.DueOn, r.Decision.ResultRef])]);
    }

    private async Task<TableSheet> Runs(CancellationToken ct)
    {
        var rows = await (from run in db.Set<CollectorRun>()
                          join s in db.Set<CollectorSource>() on run.SourceId equals s.Id
                          orderby run.StartedAt descending
                          select new { s.Number, s.Name, Run = run }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Runs", ["Source", "Name", "Started", "Ended", "Outcome", "Resources", "Discovered", "Changed", "Gone", "Message", "Not read"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"SRC-{r.Number}", r.Name, r.Run.StartedAt, r.Run.EndedAt, r.Run.Outcome.Words(), r.Run.Resources, r.Run.Discovered, r.Run.Changed, r.Run.Gone, r.Run.Message, string.Join("; ", r.Run.Missing)])]);
    }
}
