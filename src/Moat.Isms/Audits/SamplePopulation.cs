using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.AccessReviews;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Audits;

/// <summary>A member of a population.</summary>
public sealed record PopulationMember(string Reference, string Title);

/// <summary>Reads populations that samples are drawn from, as they stand now.</summary>
public sealed class SamplePopulation(MoatDb db)
{
    /// <summary>More than this is not one population but several.</summary>
    public const int Most = 20_000;

    /// <summary>The members, each once.</summary>
    public async Task<IReadOnlyList<PopulationMember>> Read(
        PopulationKind kind,
        string? of,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var (begin, end) = (
            from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
        );
        return kind switch
        {
            PopulationKind.TrainingAssignments => await Trainings(begin, end, ct),
            PopulationKind.AccessDecisions => await AccessDecisions(begin, end, ct),
            PopulationKind.Incidents => await Created("INC", begin, end, ct),
            PopulationKind.Evidence => await Evidence(Needed(of, "the control, such as A.8.28"), begin, end, ct),
            PopulationKind.Tasks => await Created<WorkItem>(begin, end, ct),
            PopulationKind.DocumentChanges => await DocumentChanges(begin, end, ct),
            PopulationKind.Joiners => await Joiners(from, to, ct),
            PopulationKind.Leavers => await Leavers(from, to, ct),
            PopulationKind.JournalEntries => await Entries(
                Needed(of, "the operation, such as risks.accept"),
                begin,
                end,
                ct
            ),
            PopulationKind.Suppliers => await Suppliers(ct),
            _ => await Resources(Needed(of, "the kind of resource, such as s3.bucket"), ct),
        };
    }

    private async Task<IReadOnlyList<PopulationMember>> Trainings(DateTime begin, DateTime end, CancellationToken ct) =>
        Members(
            await (
                from a in db.Set<CourseAssignment>()
                where a.CreatedAt >= begin && a.CreatedAt < end
                join p in db.Set<Person>() on a.PersonId equals p.Id
                orderby a.Number
                select new { a.Number, Title = p.Name + ": " + a.Title }
            )
                .Take(Most)
                .ToListAsync(ct),
            x => ($"TRN-{x.Number}", x.Title)
        );

    private async Task<IReadOnlyList<PopulationMember>> AccessDecisions(
        DateTime begin,
        DateTime end,
        CancellationToken ct
    ) =>
        Members(
            await (
                from i in db.Set<AccessReviewItem>()
                where i.DecidedAt >= begin && i.DecidedAt < end
                join r in db.Set<AccessReview>() on i.ReviewId equals r.Id
                orderby r.Number, i.Position
                select new
                {
                    r.Number,
                    i.Position,
                    i.Principal,
                    i.Permission,
                    i.ResourceName,
                    i.Decision,
                }
            )
                .Take(Most)
                .ToListAsync(ct),
            x =>
                (
                    string.Create(CultureInfo.InvariantCulture, $"ARV-{x.Number}#{x.Position}"),
                    $"{x.Principal} {x.Permission} on {x.ResourceName}: {x.Decision.Words().ToLowerInvariant()}"
                )
        );

    private async Task<IReadOnlyList<PopulationMember>> DocumentChanges(
        DateTime begin,
        DateTime end,
        CancellationToken ct
    ) =>
        Members(
            await (
                from v in db.Set<DocumentVersion>()
                where v.PublishedAt >= begin && v.PublishedAt < end
                join d in db.Set<Document>() on v.DocumentId equals d.Id
                orderby v.Number
                select new
                {
                    v.Number,
                    d.Title,
                    v.Major,
                    v.Minor,
                }
            )
                .Take(Most)
                .ToListAsync(ct),
            x => ($"VER-{x.Number}", $"{x.Title} {x.Major}.{x.Minor}")
        );

    private async Task<IReadOnlyList<PopulationMember>> Joiners(DateOnly from, DateOnly to, CancellationToken ct) =>
        Members(
            await db.Set<Person>()
                .Where(p => p.JoinedOn >= from && p.JoinedOn <= to)
                .OrderBy(p => p.Number)
                .Take(Most)
                .ToListAsync(ct),
            p => (p.Ref, p.Name)
        );

    private async Task<IReadOnlyList<PopulationMember>> Leavers(DateOnly from, DateOnly to, CancellationToken ct) =>
        Members(
            await db.Set<Person>()
                .Where(p => p.LeftOn >= from && p.LeftOn <= to)
                .OrderBy(p => p.Number)
                .Take(Most)
                .ToListAsync(ct),
            p => (p.Ref, p.Name)
        );

    private async Task<IReadOnlyList<PopulationMember>> Suppliers(CancellationToken ct) =>
        Members(
            await db.Set<Supplier>()
                .Where(s => s.Standing == Standing.Adopted && s.EndedOn == null)
                .OrderBy(s => s.Number)
                .Take(Most)
                .ToListAsync(ct),
            s => (s.Ref, s.Name)
        );

    private async Task<IReadOnlyList<PopulationMember>> Evidence(
        string control,
        DateTime begin,
        DateTime end,
        CancellationToken ct
    ) =>
        Members(
            await (
                from link in db.Links
                where link.Type == LinkTypes.Evidences
                join c in db.Set<Control>() on link.ToId equals c.Id
                where c.Code == control
                join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
                where item.CreatedAt >= begin && item.CreatedAt < end && item.WithdrawnAt == null
                orderby item.Number
                select new { item.Number, item.Title }
            )
                .Take(Most)
                .ToListAsync(ct),
            x => ($"EVD-{x.Number}", x.Title)
        );

    private async Task<IReadOnlyList<PopulationMember>> Entries(
        string operation,
        DateTime begin,
        DateTime end,
        CancellationToken ct
    ) =>
        Members(
            await db
                .Journal.Where(e => e.Operation == operation && e.At >= begin && e.At < end)
                .OrderBy(e => e.Sequence)
                .Select(e => new
                {
                    e.Sequence,
                    e.Actor,
                    e.At,
                    e.Subjects,
                })
                .Take(Most)
                .ToListAsync(ct),
            x =>
                (
                    string.Create(CultureInfo.InvariantCulture, $"journal:{x.Sequence}"),
                    string.Create(CultureInfo.InvariantCulture, $"{x.Actor}, {x.At:yyyy-MM-dd HH:mm}: {x.Subjects}")
                )
        );

    private async Task<IReadOnlyList<PopulationMember>> Resources(string kind, CancellationToken ct) =>
        Members(
            await db.Set<Resource>()
                .Where(r => r.Kind == kind && r.GoneAt == null)
                .OrderBy(r => r.Number)
                .Take(Most)
                .ToListAsync(ct),
            r => (r.Ref, r.Name)
        );

    private async Task<IReadOnlyList<PopulationMember>> Created(
        string prefix,
        DateTime begin,
        DateTime end,
        CancellationToken ct
    )
    {
        if (!RecordKind.All.TryGetValue(prefix, out var kind))
            return [];
        var method = typeof(SamplePopulation)
            .GetMethods(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)
            .Single(m => m.Name == nameof(Created) && m.IsGenericMethod);
        return await (Task<IReadOnlyList<PopulationMember>>)
            method.MakeGenericMethod(kind.Type).Invoke(this, [begin, end, ct])!;
    }

    private async Task<IReadOnlyList<PopulationMember>> Created<T>(DateTime begin, DateTime end, CancellationToken ct)
        where T : Referenced =>
        Members(
            await db.Set<T>()
                .Where(r => r.CreatedAt >= begin && r.CreatedAt < end)
                .OrderBy(r => r.Number)
                .Take(Most)
                .ToListAsync(ct),
            r => (r.Ref, r.Caption)
        );

    private static IReadOnlyList<PopulationMember> Members<T>(
        List<T> rows,
        Func<T, (string Reference, string Title)> read
    ) => [.. rows.Select(read).Select(m => new PopulationMember(m.Reference, m.Title.Cut(400)))];

    private static string Needed(string? of, string what) =>
        string.IsNullOrWhiteSpace(of) ? throw new InputInvalid("of", $"Say {what}.") : of.Trim();
}
