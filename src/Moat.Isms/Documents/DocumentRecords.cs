using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Documents;

/// <summary>
/// Documents in force, for the controls that they name (A.5.1 and every control that asks for a written rule).
/// </summary>
public sealed class DocumentRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "documents";

    /// <inheritdoc />
    public string CountsWhen =>
        "A document that names the control and that somebody other than its only author approved and put in force.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await (
                    from version in db.Set<DocumentVersion>()
                    where version.PublishedAt >= since
                    join document in db.Set<Document>() on version.DocumentId equals document.Id
                    where document.Standing == Standing.Adopted && document.RetiredAt == null
                    select new
                    {
                        document.Number,
                        document.Title,
                        version.Major,
                        version.Minor,
                        At = version.PublishedAt!.Value,
                        document.Controls,
                    }
                ).ToListAsync(ct)
            ).Select(v => new OwnRecord(
                $"DOC-{v.Number}",
                $"{v.Title}, version {v.Major}.{v.Minor}",
                v.At,
                v.Controls
            )),
        ];
}

/// <summary>
/// Looks at a document after it was put in force: a later version, or a review that found nothing to change (A.5.1,
/// 7.5.2).
/// </summary>
public sealed class DocumentReviewRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "document-reviews";

    /// <inheritdoc />
    public string CountsWhen => "A later version of a document, or a review on a later day that kept the one in force.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var versions = await (
            from version in db.Set<DocumentVersion>()
            where version.PublishedAt != null
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            where document.Standing == Standing.Adopted && document.RetiredAt == null
            select new
            {
                document.Id,
                document.Number,
                document.Title,
                At = version.PublishedAt!.Value,
                version.ChangeReason,
                document.Controls,
                document.ReviewedOn,
            }
        ).ToListAsync(ct);
        var records = new List<OwnRecord>();
        foreach (var document in versions.GroupBy(v => v.Id))
        {
            var first = document.MinBy(v => v.At)!;
            records.AddRange(
                document
                    .Where(v => v.At > first.At && v.At >= since)
                    .Select(v => new OwnRecord(
                        $"DOC-{v.Number}",
                        $"New version of {v.Title}",
                        v.At,
                        v.Controls,
                        Substance.Says(v.ChangeReason, 3) ? null : "does not say why it changed"
                    ))
            );
            if (first.ReviewedOn is { } on && on > DateOnly.FromDateTime(document.Max(v => v.At)))
                records.Add(
                    new OwnRecord(
                        $"DOC-{first.Number}",
                        $"Review of {first.Title}",
                        on.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                        first.Controls
                    )
                );
        }
        return records;
    }
}

/// <summary>Confirmations by people that they read a document in force (A.5.1, A.5.10, A.6.7).</summary>
public sealed class AcknowledgementRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "acknowledgements";

    /// <inheritdoc />
    public string CountsWhen => "People's own confirmations that they read a document which names the control.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var confirmed = await (
            from confirmation in db.Set<Acknowledgement>()
            where confirmation.ConfirmedAt >= since
            join document in db.Set<Document>() on confirmation.DocumentId equals document.Id
            where document.RetiredAt == null
            group confirmation by new { document.Id, Day = confirmation.ConfirmedAt!.Value.Date } into g
            select new
            {
                g.Key.Id,
                People = g.Count(),
                At = g.Max(a => a.ConfirmedAt)!.Value,
            }
        ).ToListAsync(ct);
        var documents = await db.Set<Document>()
            .AsNoTracking()
            .Where(d => d.RetiredAt == null)
            .Select(d => new
            {
                d.Id,
                d.Number,
                d.Title,
                d.Controls,
            })
            .ToDictionaryAsync(d => d.Id, ct);
        return
        [
            .. confirmed
                .Select(c => (Document: documents[c.Id], c.People, c.At))
                .Select(c => new OwnRecord(
                    $"DOC-{c.Document.Number}",
                    $"{c.People} {(c.People == 1 ? "person" : "people")} confirmed {c.Document.Title}",
                    c.At,
                    c.Document.Controls
                )),
        ];
    }
}
