using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>
/// What happened in incidents, in the order of time, and every hand that their evidence went through (A.5.28). Each row names its record, by which it
/// is found in the journal; <see cref="Pack.PackCourses"/> compares the two.
/// </summary>
public sealed class IncidentCourse(MoatDb db)
{
    internal const string TimelineSheet = "Timeline";
    internal const string CustodySheet = "Custody";
    internal const string RecordHeader = "Record";
    private const int Most = RegisterTable.MostRows;

    internal async Task<TableSheet> Timeline(CancellationToken ct)
    {
        var rows = await (from entry in db.Set<TimelineEntry>()
                          join incident in db.Set<Incident>() on entry.IncidentId equals incident.Id
                          join item in db.Set<EvidenceItem>() on entry.EvidenceId equals item.Id into items
                          from evidence in items.DefaultIfEmpty()
                          orderby incident.Number descending, entry.At, entry.Position
                          select new { incident.Number, Evidence = (int?)evidence.Number, Entry = entry }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            TimelineSheet, ["Incident", "Position", "At", "Kind", "Text", "Evidence", "By", "Written down", RecordHeader],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"INC-{r.Number}", r.Entry.Position, r.Entry.At, r.Entry.Kind.Words(), r.Entry.Text, r.Evidence is { } number ? $"EVD-{number}" : null, r.Entry.By, r.Entry.CreatedAt, r.Entry.Id])]);
    }

    internal async Task<TableSheet> Custody(CancellationToken ct)
    {
        var rows = await (from entry in db.Set<CustodyEntry>()
                          join incident in db.Set<Incident>() on entry.IncidentId equals incident.Id
                          join evidence in db.Set<EvidenceItem>() on entry.EvidenceId equals evidence.Id
                          orderby incident.Number descending, evidence.Number, entry.Position
                          select new { incident.Number, Evidence = evidence.Number, Entry = entry }).Take(Most).ToListAsync(ct);
        return new TableSheet(
            CustodySheet, ["Incident", "Evidence", "Position", "At", "From", "To", "Purpose", "Sha256", "Written down", RecordHeader],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"INC-{r.Number}", $"EVD-{r.Evidence}", r.Entry.Position, r.Entry.At, r.Entry.From, r.Entry.To, r.Entry.Purpose, r.Entry.Sha256, r.Entry.CreatedAt, r.Entry.Id])]);
    }
}
