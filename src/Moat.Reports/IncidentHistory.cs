using Moat.Isms.Evidence;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>
/// What happened in incidents, in the order of time, and every hand that their evidence went through (A.5.28).
/// </summary>
public sealed class IncidentHistory(IRegisterSource source)
{
    private const int Most = RegisterTable.MostRows;

    internal async Task<TableSheet> Timeline(CancellationToken ct)
    {
        var query =
            from entry in source.Of<TimelineEntry>()
            join incident in source.Of<Incident>() on entry.IncidentId equals incident.Id
            join item in source.Of<EvidenceItem>() on entry.EvidenceId equals item.Id into items
            from evidence in items.DefaultIfEmpty()
            orderby incident.Number descending, entry.At, entry.Position, entry.Id
            select new
            {
                incident.Number,
                Evidence = evidence == null ? null : (int?)evidence.Number,
                Entry = entry,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Timeline",
            ["Incident", "Position", "At", "Kind", "Text", "Evidence", "By", "Written down", RegisterSheets.Record],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"INC-{r.Number}",
                            r.Entry.Position,
                            r.Entry.At,
                            r.Entry.Kind.Words(),
                            r.Entry.Text,
                            r.Evidence is { } number ? $"EVD-{number}" : null,
                            r.Entry.By,
                            r.Entry.CreatedAt,
                            r.Entry.Id,
                        ]
                ),
            ]
        );
    }

    internal async Task<TableSheet> Custody(CancellationToken ct)
    {
        var query =
            from entry in source.Of<CustodyEntry>()
            join incident in source.Of<Incident>() on entry.IncidentId equals incident.Id
            join evidence in source.Of<EvidenceItem>() on entry.EvidenceId equals evidence.Id
            orderby incident.Number descending, evidence.Number, entry.Position, entry.Id
            select new
            {
                incident.Number,
                Evidence = evidence.Number,
                Entry = entry,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Custody",
            [
                "Incident",
                "Evidence",
                "Position",
                "At",
                "From",
                "To",
                "Purpose",
                "Sha256",
                "Written down",
                RegisterSheets.Record,
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"INC-{r.Number}",
                            $"EVD-{r.Evidence}",
                            r.Entry.Position,
                            r.Entry.At,
                            r.Entry.From,
                            r.Entry.To,
                            r.Entry.Purpose,
                            r.Entry.Sha256,
                            r.Entry.CreatedAt,
                            r.Entry.Id,
                        ]
                ),
            ]
        );
    }
}
