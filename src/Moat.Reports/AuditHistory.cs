using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>
/// What belongs to audits, samples and requests and has no reference of its own: weights, lines of checklists, members,
/// answers.
/// </summary>
public sealed class AuditHistory(IRegisterSource source)
{
    private const int Most = RegisterTable.MostRows;

    internal async Task<TableSheet> Programme(CancellationToken ct)
    {
        var query =
            from item in source.Of<ProgrammeItem>()
            join programme in source.Of<AuditProgramme>() on item.ProgrammeId equals programme.Id
            orderby programme.Number, item.Requirement, item.Id
            select new
            {
                programme.Number,
                item.Requirement,
                item.Weight,
                item.Reasons,
                item.Id,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Weights",
            ["Programme", "Requirement", "Weight", "Reasons", RegisterSheets.Record],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [$"PROG-{r.Number}", r.Requirement, r.Weight, string.Join("; ", r.Reasons), r.Id]
                ),
            ]
        );
    }

    internal async Task<TableSheet> Checklists(CancellationToken ct)
    {
        var query =
            from item in source.Of<AuditItem>()
            join audit in source.Of<Audit>() on item.AuditId equals audit.Id
            orderby audit.Number, item.Position, item.Id
            select new { audit.Number, Item = item };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Checklists",
            [
                "Audit",
                "Requirement",
                "Result",
                "What was seen",
                "Records",
                "Examined By",
                "Examined At",
                RegisterSheets.Record,
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"AUD-{r.Number}",
                            r.Item.Requirement,
                            r.Item.Result.Words(),
                            r.Item.Note,
                            string.Join(" ", r.Item.Examined),
                            r.Item.ExaminedBy,
                            r.Item.ExaminedAt,
                            r.Item.Id,
                        ]
                ),
            ]
        );
    }

    internal async Task<TableSheet> Members(CancellationToken ct)
    {
        var query =
            from item in source.Of<SampleItem>()
            join sample in source.Of<Sample>() on item.SampleId equals sample.Id
            orderby sample.Number, item.Position, item.Id
            select new { sample.Number, Item = item };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Members",
            [
                "Sample",
                "Position",
                "Reference",
                "Title",
                "Result",
                "What was seen",
                "Examined By",
                "Examined At",
                RegisterSheets.Record,
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"SMP-{r.Number}",
                            r.Item.Position,
                            r.Item.Reference,
                            r.Item.Title,
                            r.Item.Result.Words(),
                            r.Item.Note,
                            r.Item.ExaminedBy,
                            r.Item.ExaminedAt,
                            r.Item.Id,
                        ]
                ),
            ]
        );
    }

    internal async Task<TableSheet> Answers(CancellationToken ct)
    {
        var query =
            from note in source.Of<RequestNote>()
            join request in source.Of<AuditRequest>() on note.RequestId equals request.Id
            orderby request.Number, note.Position, note.Id
            select new { request.Number, Note = note };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Answers",
            ["Request", "Brings it to", "Text", "Shown", "By", "At", RegisterSheets.Record],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"REQ-{r.Number}",
                            r.Note.Brings.Words(),
                            r.Note.Text,
                            string.Join(" ", r.Note.Shown),
                            r.Note.By,
                            r.Note.CreatedAt,
                            r.Note.Id,
                        ]
                ),
            ]
        );
    }
}
