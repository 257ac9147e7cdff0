using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>What belongs to audits, samples and requests and has no reference of its own: weights, lines of checklists, members, answers.</summary>
public sealed class AuditCourse(MoatDb db)
{
    private const int Most = RegisterTable.MostRows;

    internal async Task<TableSheet> Programme(CancellationToken ct)
    {
        var rows = await (from item in db.Set<ProgrammeItem>()
                          join programme in db.Set<AuditProgramme>() on item.ProgrammeId equals programme.Id
                          orderby programme.Number, item.Requirement
                          select new { programme.Number, item.Requirement, item.Weight, item.Reasons }).Take(Most).ToListAsync(ct);
        return new TableSheet("Weights", ["Programme", "Requirement", "Weight", "Reasons"], [.. rows.Select(r => (IReadOnlyList<object?>)[$"PROG-{r.Number}", r.Requirement, r.Weight, string.Join("; ", r.Reasons)])]);
    }

    internal async Task<TableSheet> Checklists(CancellationToken ct)
    {
        var rows = await (from item in db.Set<AuditItem>()
                          join audit in db.Set<Audit>() on item.AuditId equals audit.Id
                          orderby audit.Number, item.Position
                          select new { audit.Number, Item = item }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Checklists", ["Audit", "Requirement", "Result", "What was seen", "Records", "Examined By", "Examined At"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"AUD-{r.Number}", r.Item.Requirement, r.Item.Result.Words(), r.Item.Note, string.Join(" ", r.Item.Examined), r.Item.ExaminedBy, r.Item.ExaminedAt])]);
    }

    internal async Task<TableSheet> Members(CancellationToken ct)
    {
        var rows = await (from item in db.Set<SampleItem>()
                          join sample in db.Set<Sample>() on item.SampleId equals sample.Id
                          orderby sample.Number, item.Position
                          select new { sample.Number, Item = item }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Members", ["Sample", "Position", "Reference", "Title", "Result", "What was seen", "Examined By", "Examined At"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"SMP-{r.Number}", r.Item.Position, r.Item.Reference, r.Item.Title, r.Item.Result.Words(), r.Item.Note, r.Item.ExaminedBy, r.Item.ExaminedAt])]);
    }

    internal async Task<TableSheet> Answers(CancellationToken ct)
    {
        var rows = await (from note in db.Set<RequestNote>()
                          join request in db.Set<AuditRequest>() on note.RequestId equals request.Id
                          orderby request.Number, note.Position
                          select new { request.Number, Note = note }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            "Answers", ["Request", "Brings it to", "Text", "Shown", "By", "At"],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"REQ-{r.Number}", r.Note.Brings.Words(), r.Note.Text, string.Join(" ", r.Note.Shown), r.Note.By, r.Note.CreatedAt])]);
    }
}
