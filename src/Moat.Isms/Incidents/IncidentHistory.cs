using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Incidents;

/// <summary>
/// What happened in incidents, in the order of time, and every hand that their evidence went through (A.5.28).
/// </summary>
internal sealed class IncidentHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "incidents";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Timeline(source, ct), await Custody(source, ct)];

    private static Task<TableSheet> Timeline(IRegisterSource source, CancellationToken ct)
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
        return Sheet(
            source,
            "Timeline",
            ["Incident", "Position", "At", "Kind", "Text", "Evidence", "By", "Written down"],
            query,
            r =>
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
                ],
            ct
        );
    }

    private static Task<TableSheet> Custody(IRegisterSource source, CancellationToken ct)
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
        return Sheet(
            source,
            "Custody",
            ["Incident", "Evidence", "Position", "At", "From", "To", "Purpose", "Sha256", "Written down"],
            query,
            r =>
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
                ],
            ct
        );
    }
}
