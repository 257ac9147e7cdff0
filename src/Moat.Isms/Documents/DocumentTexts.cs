using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Documents;

/// <summary>A decision point of a document, and what was decided.</summary>
public sealed record DecisionView(
    string Id,
    string Question,
    string Why,
    IReadOnlyList<DecisionOption> Options,
    string? Decided
);

/// <summary>Fills the texts of versions from the records of today.</summary>
public sealed class DocumentTexts(MoatDb db, KnowledgeBase knowledge, DocumentFieldReader reader)
{
    /// <summary>
    /// The text as today's records fill it. Throws <see cref="InputInvalid"/> when it is not well formed.
    /// </summary>
    public async Task<string> Fill(
        Document document,
        string source,
        IReadOnlyCollection<string> decisions,
        CancellationToken ct
    )
    {
        try
        {
            return DocumentEngine.Fill(source, Decided(document, decisions), await reader.Read(ct));
        }
        catch (DocumentSyntax wrong)
        {
            throw new InputInvalid("source", wrong.Message);
        }
    }

    /// <summary>Keeps the text as today's records fill it.</summary>
    public async Task Refresh(Document document, DocumentVersion version, CancellationToken ct) =>
        version.Show(await Fill(document, version.Source, version.Decisions, ct));

    /// <summary>The decision points that the text asks for.</summary>
    public IReadOnlyList<DecisionView> Decisions(Document document, DocumentVersion version)
    {
        var asked = DocumentEngine.DecisionsIn(version.Source);
        return
        [
            .. PointsOf(document)
                .Where(p => asked.Contains(p.Id))
                .Select(p => new DecisionView(p.Id, p.Question, p.Why, p.Options, Chosen(version.Decisions, p.Id))),
        ];
    }

    /// <summary>The decision point of that name. Throws <see cref="InputInvalid"/>.</summary>
    public DecisionPoint Point(Document document, string id) =>
        PointsOf(document).FirstOrDefault(p => p.Id == id)
        ?? throw new InputInvalid("point", $"{document.Ref} has no decision point '{id}'.");

    /// <summary>What stays open in a text, in words.</summary>
    public IReadOnlyList<string> OpenPoints(Document document, string text)
    {
        var points = PointsOf(document).ToDictionary(p => p.Id, p => p.Question);
        return
        [
            .. DocumentEngine
                .OpenPoints(text)
                .Select(mark =>
                    mark.StartsWith("decide:", StringComparison.Ordinal)
                        ? $"Decide: {points.GetValueOrDefault(mark[7..], mark[7..])}"
                        : $"Fill in: {mark["field:".Length..].Replace('.', ' ')}"
                ),
        ];
    }

    /// <summary>The version that is in force or, where none is, the latest.</summary>
    public async Task<(DocumentVersion? InForce, DocumentVersion Latest)> Versions(
        Document document,
        CancellationToken ct
    )
    {
        await db.Flush(ct);
        var all = await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id)
            .OrderBy(v => v.Major)
            .ThenBy(v => v.Minor)
            .ToListAsync(ct);
        return (all.LastOrDefault(v => v.State == VersionState.Published), all[^1]);
    }

    /// <summary>What was chosen at a decision point, or nothing.</summary>
    public static string? Chosen(IEnumerable<string> decisions, string point) =>
        decisions.FirstOrDefault(d => d.StartsWith(point + "=", StringComparison.Ordinal))?[(point.Length + 1)..];

    private List<DecisionPoint> PointsOf(Document document) =>
        knowledge.DocumentById.TryGetValue(document.Key, out var template) ? template.Decisions : [];

    private Dictionary<string, string> Decided(Document document, IReadOnlyCollection<string> decisions) =>
        PointsOf(document)
            .Select(p => (p.Id, Option: p.Options.FirstOrDefault(o => o.Value == Chosen(decisions, p.Id))))
            .Where(p => p.Option is not null)
            .ToDictionary(p => p.Id, p => p.Option!.Text);
}
