using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.People;

namespace Moat.Isms.Documents;

/// <summary>The version of a document in force.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ref">Its reference.</param>
/// <param name="At">When it was published.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="ByPerson">Whether a person approved it.</param>
/// <param name="Says">Whether its text says something.</param>
public sealed record InForceVersion(Guid Id, string Ref, DateTime At, string? ApprovedBy, bool ByPerson, bool Says);

/// <summary>
/// What readiness of clauses 5.2 and 7.5, and of documents that other clauses name, is computed from.
/// </summary>
public sealed record DocumentFacts
{
    private const int LeastWords = 60;

    /// <summary>Adopted documents of the company in force or in work.</summary>
    public required IReadOnlyList<Document> Own { get; init; }

    /// <summary>Adopted documents of external origin.</summary>
    public required IReadOnlyList<Document> External { get; init; }

    /// <summary>What is in force, by document.</summary>
    public required IReadOnlyDictionary<Guid, InForceVersion> InForce { get; init; }

    /// <summary>When each document was first published.</summary>
    public required IReadOnlyDictionary<Guid, DateTime> First { get; init; }

    /// <summary>Days on which a person confirmed or approved a version of a document, by document.</summary>
    public required ILookup<Guid, DateOnly> Confirmed { get; init; }

    /// <summary>
    /// Acknowledgements of versions in force: which version, whether it was confirmed, and the day it was due.
    /// </summary>
    public required IReadOnlyList<(Guid VersionId, Guid PersonId, bool Confirmed, DateOnly DueOn)> Asked { get; init; }

    /// <summary>The day on which they were read.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>How many people work here.</summary>
    public required int Working { get; init; }

    /// <summary>Documents of the company that are in force.</summary>
    public IReadOnlyList<Document> Published => [.. Own.Where(d => InForce.ContainsKey(d.Id))];

    /// <summary>Those of them within their review cycle.</summary>
    public int WithinCycle(DateOnly today) => Published.Count(d => d.NextReviewOn >= today);

    /// <summary>Documents in force about a clause.</summary>
    public IReadOnlyList<Document> About(string clause) => [.. Published.Where(d => d.Clauses.Contains(clause))];

    /// <summary>Reads the facts.</summary>
    internal static async Task<DocumentFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        var documents = await db.Set<Document>()
            .AsNoTracking()
            .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null)
            .ToListAsync(ct);
        var inForce = await ReadInForce(db, acts, ct);
        var every = await db.Set<DocumentVersion>()
            .Where(v => v.PublishedAt != null)
            .Select(v => new
            {
                v.DocumentId,
                v.Number,
                v.PublishedAt,
            })
            .ToListAsync(ct);
        return new DocumentFacts
        {
            Own = [.. documents.Where(d => d.Kind != DocumentKind.External)],
            External = [.. documents.Where(d => d.Kind == DocumentKind.External)],
            InForce = inForce,
            First = every.GroupBy(v => v.DocumentId).ToDictionary(g => g.Key, g => g.Min(v => v.PublishedAt!.Value)),
            Confirmed = Confirmations(documents, [.. every.Select(v => (v.DocumentId, $"VER-{v.Number}"))], acts),
            Asked = await ReadAsked(db, [.. inForce.Values.Select(v => v.Id)], ct),
            Day = db.Today,
            Working = await Audiences.Working(db).CountAsync(ct),
        };
    }

    private static async Task<Dictionary<Guid, InForceVersion>> ReadInForce(
        MoatDb db,
        PersonActs acts,
        CancellationToken ct
    )
    {
        var approved = acts.ByRef("documents.approve", "reviews.approve").Select(g => g.Key).ToHashSet();
        var versions = await db.Set<DocumentVersion>()
            .AsNoTracking()
            .Where(v => v.State == VersionState.Published)
            .Select(v => new
            {
                v.DocumentId,
                v.Id,
                v.Number,
                v.PublishedAt,
                v.ApprovedBy,
                v.Text,
            })
            .ToListAsync(ct);
        return versions.ToDictionary(
            v => v.DocumentId,
            v => new InForceVersion(
                v.Id,
                $"VER-{v.Number}",
                v.PublishedAt!.Value,
                v.ApprovedBy,
                approved.Contains($"VER-{v.Number}"),
                Substance.Says(v.Text, LeastWords)
            )
        );
    }

    private static async Task<IReadOnlyList<(Guid VersionId, Guid PersonId, bool Confirmed, DateOnly DueOn)>> ReadAsked(
        MoatDb db,
        List<Guid> versions,
        CancellationToken ct
    )
    {
        var asked = await db.Set<Acknowledgement>()
            .Where(a => versions.Contains(a.VersionId) && a.ReplacedAt == null)
            .Select(a => new
            {
                a.VersionId,
                a.PersonId,
                a.ConfirmedAt,
                a.DueOn,
            })
            .ToListAsync(ct);
        return [.. asked.Select(a => (a.VersionId, a.PersonId, a.ConfirmedAt is not null, a.DueOn))];
    }

    private static ILookup<Guid, DateOnly> Confirmations(
        List<Document> documents,
        List<(Guid Document, string Ref)> versions,
        PersonActs acts
    )
    {
        var byRef = documents
            .Select(d => (d.Ref, d.Id))
            .Concat(versions.Select(v => (v.Ref, Id: v.Document)))
            .ToDictionary(x => x.Ref, x => x.Id);
        return acts.Of("documents.approve", "documents.confirm")
            .SelectMany(a => a.Refs, (a, reference) => (reference, a.On))
            .Where(x => byRef.ContainsKey(x.reference))
            .ToLookup(x => byRef[x.reference], x => x.On);
    }
}
