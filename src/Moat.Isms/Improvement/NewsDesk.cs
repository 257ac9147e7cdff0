using Microsoft.EntityFrameworkCore;
using Moat.Isms.Changes;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Improvement;

/// <summary>Takes news about threats in, finds whom it concerns and asks them.</summary>
public sealed class NewsDesk(MoatDb db, KnowledgeBase knowledge, WorkList work, ConsequenceFinder consequences)
{
    private const int DaysToDecide = 21;

    /// <summary>Enters news and asks for a decision.</summary>
    internal async Task<ThreatNews> Enter(ThreatNews news, CancellationToken ct)
    {
        var entered = await db.Enter(news, ct);
        await work.Ensure(
            entered,
            ImprovementDesk.Decision,
            $"Decide about {entered.Ref}: {entered.Title}".Cut(300),
            "New knowledge about a threat counts when somebody compared it with the risks (A.5.7, 6.1.2).",
            null,
            db.Today.AddDays(DaysToDecide),
            ct
        );
        return entered;
    }

    /// <summary>Adopted risks that news concerns.</summary>
    internal async Task<IReadOnlyList<Risk>> RisksOf(ThreatNews news, CancellationToken ct)
    {
        var threats = news.Threats;
        return await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted && r.ThreatId != null && threats.Contains(r.ThreatId))
            .OrderByDescending(r => r.CurrentScore)
            .ThenBy(r => r.Number)
            .Take(50)
            .ToListAsync(ct);
    }

    /// <summary>
    /// Documents about the controls that treat these risks or, while there is no risk, that would treat the threat.
    /// </summary>
    internal async Task<IReadOnlyList<Related>> DocumentsOf(
        ThreatNews news,
        IReadOnlyList<Risk> risks,
        CancellationToken ct
    )
    {
        var ids = risks.Select(r => r.Id).ToList();
        var treats = db.Links.Where(l => l.Type == LinkTypes.Treats && ids.Contains(l.ToId));
        var codes = await db.Set<Control>()
            .Where(c => treats.Any(l => l.FromId == c.Id))
            .Select(c => c.Code)
            .ToListAsync(ct);
        if (codes.Count == 0)
            codes =
            [
                .. news
                    .Threats.Select(knowledge.ThreatById.GetValueOrDefault)
                    .OfType<ThreatEntry>()
                    .SelectMany(t => t.Controls.Prevent)
                    .Distinct(),
            ];
        return await consequences.DocumentsOf(codes, ct);
    }

    /// <summary>Somebody decided: those who own the risks and documents get a task each.</summary>
    internal async Task<int> Ask(
        ThreatNews news,
        IReadOnlyList<Risk> risks,
        IReadOnlyList<Document> documents,
        DateOnly dueOn,
        CancellationToken ct
    )
    {
        foreach (var risk in risks)
        {
            await db.Connect(news, LinkTypes.Affects, risk, ct);
            await work.Ensure(
                risk,
                LearnedChanges.Purpose(news),
                $"Assess {risk.Ref} again: {risk.Title}".Cut(300),
                $"{news.Ref} {news.Title} ({news.Origin}).".Cut(1000),
                risk.OwnerId,
                dueOn,
                ct
            );
        }
        foreach (var document in documents)
        {
            await db.Connect(news, LinkTypes.Affects, document, ct);
            await work.Ensure(
                document,
                LearnedChanges.Purpose(news),
                $"Review {document.Ref}: {document.Title}".Cut(300),
                $"{news.Ref} {news.Title} ({news.Origin}).".Cut(1000),
                document.OwnerId,
                dueOn,
                ct
            );
        }
        await work.Settle(news, ImprovementDesk.Decision, $"{news.Decision.Words()}.", ct);
        return risks.Count + documents.Count;
    }
}
