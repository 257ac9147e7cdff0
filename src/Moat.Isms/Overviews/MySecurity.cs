using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Overviews;

/// <summary>A document to confirm, or confirmed.</summary>
public sealed record MyDocument(string Ref, string Title, DateOnly DueOn, DateTime? ConfirmedAt);

/// <summary>A document to review.</summary>
public sealed record MyReview(string Ref, string Title, int Round, DateOnly? DueOn);

/// <summary>A course to pass, or passed.</summary>
public sealed record MyCourse(
    string Ref,
    string CourseId,
    string Title,
    string Why,
    DateOnly DueOn,
    DateTime? PassedAt,
    int? Score,
    DateOnly? ValidUntil
);

/// <summary>All that concerns one person: what to read, learn, review and do, and what is done.</summary>
public sealed record MySecurityView(
    string? Ref,
    string Name,
    string? IncidentLead,
    IReadOnlyList<MyDocument> Read,
    IReadOnlyList<MyCourse> Learn,
    IReadOnlyList<MyReview> Review,
    IReadOnlyList<WorkRow> Tasks,
    IReadOnlyList<MyDocument> InForce
)
{
    /// <summary>
    /// Whether anybody is owner whose access does not end. The identity provider may have switched off the last one.
    /// </summary>
    public bool HasOwner { get; init; } = true;
}

/// <summary>What a member sees: five minutes, one page.</summary>
[Process("my", "What concerns oneself: what to read, learn, review and do.")]
public sealed class MySecurity(MoatDb db, CurrentCaller caller)
{
    private const int MostShown = 100;

    /// <summary>All of it.</summary>
    [Query("security", Permission.Work, "What you have to read, learn, review and do, and what you have confirmed")]
    public async Task<MySecurityView> Security(Nothing input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var number = await db.Set<Person>()
            .Where(p => p.Id == me)
            .Select(p => "PER-" + p.Number)
            .FirstOrDefaultAsync(ct);
        var lead = await db.Set<RoleAssignment>()
            .Where(r => r.Key == "incident-lead")
            .Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (_, p) => p.Name)
            .FirstOrDefaultAsync(ct);
        var hasOwner = await db.Set<Membership>()
            .AnyAsync(m => m.Role == Role.Owner && m.RevokedAt == null && m.Until == null, ct);
        return new MySecurityView(
            number,
            caller.Value.Name,
            lead,
            await ToRead(me, ct),
            await ToLearn(me, ct),
            await ToReview(me, ct),
            await ToDo(me, ct),
            await InForce(ct)
        )
        {
            HasOwner = hasOwner,
        };
    }

    private Task<List<MyDocument>> ToRead(Guid? me, CancellationToken ct) =>
        db.Set<Acknowledgement>()
            .Where(a => a.PersonId == me && a.ReplacedAt == null)
            .OrderBy(a => a.DueOn)
            .Take(MostShown)
            .Join(
                db.Set<Document>(),
                a => a.DocumentId,
                d => d.Id,
                (a, d) => new MyDocument("DOC-" + d.Number, a.What, a.DueOn, a.ConfirmedAt)
            )
            .ToListAsync(ct);

    private Task<List<MyCourse>> ToLearn(Guid? me, CancellationToken ct) =>
        db.Set<CourseAssignment>()
            .Where(a => a.PersonId == me && a.EndedAt == null)
            .OrderBy(a => a.DueOn)
            .Take(MostShown)
            .Select(a => new MyCourse(
                "TRN-" + a.Number,
                a.CourseId,
                a.Title,
                a.Why,
                a.DueOn,
                a.PassedAt,
                a.Score,
                a.ValidUntil
            ))
            .ToListAsync(ct);

    private Task<List<MyReview>> ToReview(Guid? me, CancellationToken ct) =>
        (
            from review in db.Set<DocumentReview>()
            where review.PersonId == me && review.Verdict == Verdict.Missing
            join version in db.Set<DocumentVersion>() on review.VersionId equals version.Id
            where version.State == VersionState.InReview && version.Round == review.Round
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            orderby review.Number
            select new MyReview(
                "DOC-" + document.Number,
                document.Title,
                review.Round,
                db.Set<WorkItem>()
                    .Where(t => t.SubjectId == review.Id && t.State == WorkState.Open)
                    .Select(t => (DateOnly?)t.DueOn)
                    .FirstOrDefault()
            )
        )
            .Take(MostShown)
            .ToListAsync(ct);

    /// <summary>Tasks beside those that are shown as reading, learning or reviewing.</summary>
    private Task<List<WorkRow>> ToDo(Guid? me, CancellationToken ct) =>
        db.Set<WorkItem>()
            .Where(t =>
                t.OwnerId == me
                && t.State == WorkState.Open
                && t.Purpose != "acknowledge"
                && t.Purpose != "course"
                && t.Purpose != "review"
            )
            .OrderBy(t => t.DueOn)
            .Take(MostShown)
            .Select(t => new WorkRow(
                "TASK-" + t.Number,
                t.Version,
                t.Title,
                t.Why,
                t.SubjectRef,
                t.Purpose,
                null,
                t.DueOn,
                t.State,
                t.Outcome
            ))
            .ToListAsync(ct);

    /// <summary>Documents in force that everybody who works here may read.</summary>
    private Task<List<MyDocument>> InForce(CancellationToken ct) =>
        (
            from version in db.Set<DocumentVersion>()
            where version.State == VersionState.Published
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            where
                document.RetiredAt == null
                && (
                    document.Classification == DocumentClass.Internal || document.Classification == DocumentClass.Public
                )
            orderby document.Title
            select new MyDocument(
                "DOC-" + document.Number,
                document.Title,
                DateOnly.FromDateTime(version.PublishedAt!.Value),
                null
            )
        )
            .Take(MostShown)
            .ToListAsync(ct);
}
