using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>Finds words in the whole text of documents; each database has its own way.</summary>
public interface ITextSearch
{
    /// <summary>
    /// Versions whose text has all the words, the best first, with the words around them. Runs inside the caller's
    /// organisation.
    /// </summary>
    Task<IReadOnlyList<TextHit>> FindVersions(
        MoatDb db,
        Guid organizationId,
        IReadOnlyList<string> words,
        int most,
        CancellationToken ct
    );
}

/// <summary>A version that was found; <c>⟪</c> and <c>⟫</c> stand around the words.</summary>
public sealed record TextHit(Guid VersionId, string Around);

/// <summary>What to look for in documents.</summary>
public sealed record SearchDocuments
{
    /// <summary>Words that must all occur.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Q { get; init; }
}

/// <summary>A document that was found.</summary>
public sealed record FoundDocument(string Ref, string Title, string Edition, VersionState State, string Around);

/// <summary>Search over the whole text of all documents.</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentSearch(MoatDb db, CurrentCaller caller, ITextSearch search)
{
    private const int MostHits = 30;

    /// <summary>The documents whose latest or published text has all the words.</summary>
    [Query("search", Permission.ReadIsms, "Find words in the whole text of all documents")]
    public async Task<IReadOnlyList<FoundDocument>> Search(SearchDocuments input, CancellationToken ct)
    {
        var words = SearchText
            .Fold(input.Q)
            .Split(
                [' ', '"', '\'', '*', '(', ')', ':', '-', '&', '|', '!', '<', '>', '\\', '.', ',', ';'],
                StringSplitOptions.RemoveEmptyEntries
            )
            .Where(w => w.Any(char.IsLetterOrDigit))
            .Take(10)
            .ToList();
        if (words.Count == 0)
            return [];
        var hits = await search.FindVersions(db, caller.OrganizationId, words, MostHits * 3, ct);
        var ids = hits.Select(h => h.VersionId).ToList();
        var found = await (
            from version in db.Set<DocumentVersion>()
            where ids.Contains(version.Id) && version.State != VersionState.Superseded
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            where document.Standing != Standing.Rejected && document.Standing != Standing.Retired
            select new { version, document }
        ).ToListAsync(ct);
        return
        [
            .. hits.Select(h => (Hit: h, Found: found.FirstOrDefault(f => f.version.Id == h.VersionId)))
                .Where(h => h.Found is not null)
                .DistinctBy(h => h.Found!.document.Id)
                .Take(MostHits)
                .Select(h => new FoundDocument(
                    h.Found!.document.Ref,
                    h.Found.document.Title,
                    h.Found.version.Edition,
                    h.Found.version.State,
                    h.Hit.Around
                )),
        ];
    }
}
