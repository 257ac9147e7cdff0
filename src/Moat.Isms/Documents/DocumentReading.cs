using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Documents;

/// <summary>Reading documents: the register, all of one, and what differs between two of its versions.</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentReading(MoatDb db, CurrentCaller caller, DocumentTexts texts)
{
    private static readonly Pager<Document> Pages = new(
        new SortKey<Document>("review", d => d.NextReviewOn ?? SortKey.Never)
    );

    /// <summary>A page of the documents.</summary>
    [Query("list", Permission.ReadIsms, "List documents with the version in force and the one being worked on")]
    public async Task<Page<DocumentRow>> List(ListDocuments input, CancellationToken ct)
    {
        var query = db.Set<Document>().Of(input.Standing);
        if (input.Kind is { } kind)
            query = query.Where(d => d.Kind == kind);
        if (input.Requirement is { } requirement)
        {
            var quoted = $"\"{requirement}\"";
            query = query.Where(d =>
                ((string)(object)d.Clauses).Contains(quoted) || ((string)(object)d.Controls).Contains(quoted)
            );
        }
        var versions = db.Set<DocumentVersion>();
        if (input.State is { } state)
            query = query.Where(d =>
                versions.Where(v => v.DocumentId == d.Id).OrderByDescending(v => v.Number).Select(v => v.State).First()
                    == state
                && d.RetiredAt == null
            );
        var people = db.Set<Person>();
        var page = await Pages.Page(
            db,
            query,
            input,
            d => new DocumentRow(
                "DOC-" + d.Number,
                d.Version,
                d.Key,
                d.Title,
                d.Kind,
                d.Classification,
                d.Standing,
                d.WhyProposed,
                people.Where(p => p.Id == d.OwnerId).Select(p => p.Name).FirstOrDefault(),
                d.NextReviewOn,
                d.RetiredAt,
                d.Clauses,
                d.Controls
            ),
            ct
        );
        return page with { Items = await WithVersions(page.Items, ct) };
    }

    /// <summary>One document with the version that is worked on, or the one in force.</summary>
    [Query("get", Permission.ReadIsms, "Read a document: its text, open points, reviews, remarks, versions and drift")]
    public async Task<DocumentView> Get(OneRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var versions = await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id)
            .OrderByDescending(v => v.Number)
            .ToListAsync(ct);
        var (latest, inForce) = (versions[0], versions.FirstOrDefault(v => v.State == VersionState.Published));
        var today = await texts.Fill(document, latest.Source, latest.Decisions, ct);
        var text = latest.State == VersionState.Draft ? today : latest.Text;
        var people = await db.Set<Person>().Where(p => p.Id == document.OwnerId).ToListAsync(ct);
        var reviews = await Reviews(latest, ct);
        return new DocumentView
        {
            Ref = document.Ref,
            Version = document.Version,
            Key = document.Key,
            Title = document.Title,
            Kind = document.Kind,
            Classification = document.Classification,
            Standing = document.Standing,
            WhyProposed = document.WhyProposed,
            OwnerRef = people.FirstOrDefault()?.Ref,
            Owner = people.FirstOrDefault()?.Name,
            ReviewDays = document.ReviewDays,
            NextReviewOn = document.NextReviewOn,
            ReviewedOn = document.ReviewedOn,
            Audience = document.Audience,
            Distribution = document.Distribution,
            Clauses = document.Clauses,
            Controls = document.Controls,
            Address = document.Address,
            FileName = document.FileName,
            RetiredAt = document.RetiredAt,
            RetiredBecause = document.RetiredBecause,
            Shown = Show(latest),
            Source = latest.Source,
            Text = text,
            Decisions = texts.Decisions(document, latest),
            OpenPoints = texts.OpenPoints(document, text),
            Reviews = reviews,
            Remarks = await Remarks(latest, ct),
            Versions = [.. versions.Select(Show)],
            Drift = Drift(document, latest, today),
            SinceMyRound = SinceMyRound(latest, reviews, await MyLastLook(latest, ct)),
            Acknowledged = await Acknowledged(inForce, ct),
            ChangedAt = document.ChangedAt,
            ChangedBy = document.ChangedBy,
        };
    }

    /// <summary>What differs between two versions, or between one and what today's records make of it.</summary>
    [Query("compare", Permission.ReadIsms, "What differs between two versions of a document")]
    public async Task<DocumentComparison> Compare(CompareDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var versions = await db.Set<DocumentVersion>().Where(v => v.DocumentId == document.Id).ToListAsync(ct);
        DocumentVersion Edition(string edition) =>
            versions.FirstOrDefault(v => v.Edition == edition) ?? throw new NotFound($"version {edition}");
        var from = Edition(input.From);
        var to = input.To is null ? null : Edition(input.To);
        var after = to?.Text ?? await texts.Fill(document, from.Source, from.Decisions, ct);
        return new DocumentComparison(from.Edition, to?.Edition ?? "today's records", TextDiff.Of(from.Text, after));
    }

    private async Task<IReadOnlyList<DocumentRow>> WithVersions(IReadOnlyList<DocumentRow> rows, CancellationToken ct)
    {
        var numbers = rows.Select(r => int.Parse(r.Ref.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        var versions = (
            await (
                from version in db.Set<DocumentVersion>()
                join document in db.Set<Document>() on version.DocumentId equals document.Id
                where numbers.Contains(document.Number)
                orderby version.Number
                select new
                {
                    document.Number,
                    version.State,
                    version.Major,
                    version.Minor,
                }
            ).ToListAsync(ct)
        ).ToLookup(v => $"DOC-{v.Number}");
        return
        [
            .. rows.Select(r =>
            {
                var (latest, inForce) = (
                    versions[r.Ref].Last(),
                    versions[r.Ref].LastOrDefault(v => v.State == VersionState.Published)
                );
                return r with
                {
                    State = r.Kind == DocumentKind.External ? null : latest.State,
                    Latest = $"{latest.Major}.{latest.Minor}",
                    InForce = inForce is null ? null : $"{inForce.Major}.{inForce.Minor}",
                };
            }),
        ];
    }

    private static VersionView Show(DocumentVersion v) =>
        new(
            v.Ref,
            v.Edition,
            v.State,
            v.ChangeReason,
            v.Authors,
            v.ApprovedBy,
            v.ApprovedAt,
            v.PublishedAt,
            v.Sha256,
            v.StampedAt
        );

    private static IReadOnlyList<DiffLine> Drift(Document document, DocumentVersion latest, string today) =>
        latest.State is VersionState.Approved or VersionState.Published && document.Kind != DocumentKind.External
            ? TextDiff.Of(latest.Text, today)
            : [];

    private static IReadOnlyList<DiffLine> SinceMyRound(
        DocumentVersion latest,
        IReadOnlyList<ReviewView> reviews,
        string? seen
    ) =>
        latest.State == VersionState.InReview && reviews.Count > 0
            ? TextDiff.Of(seen ?? latest.TextAtReview ?? latest.Text, latest.Text)
            : [];

    private async Task<string?> MyLastLook(DocumentVersion version, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        return await db.Set<DocumentReview>()
            .Where(r => r.VersionId == version.Id && r.PersonId == me && r.SeenText != null)
            .OrderByDescending(r => r.Round)
            .Select(r => r.SeenText)
            .FirstOrDefaultAsync(ct);
    }

    private async Task<IReadOnlyList<ReviewView>> Reviews(DocumentVersion version, CancellationToken ct) =>
        await (
            from review in db.Set<DocumentReview>()
            where review.VersionId == version.Id
            join person in db.Set<Person>() on review.PersonId equals person.Id
            orderby review.Round descending, review.Number
            select new ReviewView(
                "REV-" + review.Number,
                "PER-" + person.Number,
                person.Name,
                review.Round,
                review.Verdict,
                review.Note,
                review.At
            )
        ).ToListAsync(ct);

    private async Task<IReadOnlyList<RemarkView>> Remarks(DocumentVersion version, CancellationToken ct) =>
        await db.Set<DocumentRemark>()
            .Where(r => r.VersionId == version.Id)
            .OrderBy(r => r.Number)
            .Take(200)
            .Select(r => new RemarkView(
                "NOTE-" + r.Number,
                r.Version,
                r.By,
                r.Remark,
                r.Paragraph,
                r.Instead,
                r.State,
                r.Answer,
                r.CreatedAt
            ))
            .ToListAsync(ct);

    private async Task<AcknowledgementTally> Acknowledged(DocumentVersion? inForce, CancellationToken ct)
    {
        if (inForce is null)
            return new AcknowledgementTally(0, 0, 0);
        var today = db.Today;
        return await db.Set<Acknowledgement>()
                .Where(a => a.DocumentId == inForce.DocumentId && a.ReplacedAt == null && a.VersionId == inForce.Id)
                .GroupBy(_ => 1)
                .Select(g => new AcknowledgementTally(
                    g.Count(),
                    g.Count(a => a.ConfirmedAt != null),
                    g.Count(a => a.ConfirmedAt == null && a.DueOn < today)
                ))
                .FirstOrDefaultAsync(ct)
            ?? new AcknowledgementTally(0, 0, 0);
    }
}
