using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Isms.Drafts;

/// <summary>Drafts the whole ISMS, part by part; each part enters only what is not there yet.</summary>
public sealed class WholeDraft(
    MoatDb db,
    ContextDrafts context,
    AssetDrafts assets,
    RelationDrafts relations,
    RiskSuggestions suggestions,
    ControlDrafts controls,
    DocumentDrafts documents,
    CadenceDrafts cadences
)
{
    private const int MostRisks = 40;

    // Every register of a company has the general threats; the first draft is there for those that others forget.
    private const int MostGeneral = 10;

    /// <summary>Drafts what the answers call for.</summary>
    public async Task<DraftSummary> Draft(DraftBasis basis, CancellationToken ct)
    {
        var contexts = await context.Draft(basis, ct);
        var drafted = await assets.Draft(basis, ct);
        // Each part asks for what the parts before it entered.
        await db.Flush(ct);
        var related = await relations.Draft(basis, ct) + await cadences.Draft(basis, ct);
        await db.Flush(ct);
        var risks = await EnterRisks(await suggestions.Suggest(basis, ct), ct);
        await db.Flush(ct);
        return new DraftSummary(
            contexts + related,
            drafted.Count,
            risks,
            await controls.Draft(basis, ct),
            await documents.Draft(documents.For(basis.Flags), basis, ct)
        );
    }

    private async Task<int> EnterRisks(IReadOnlyList<SuggestedRisk> suggested, CancellationToken ct)
    {
        var open = Math.Max(
            0,
            MostRisks + MostGeneral - await db.Set<Risk>().CountAsync(r => r.Standing == Standing.Proposed, ct)
        );
        var general = suggested.Where(s => s.Threat.Family == "general").Take(Math.Min(MostGeneral, open)).ToList();
        var taken = Highest([.. suggested.Where(s => s.Threat.Family != "general")], open - general.Count)
            .Concat(general)
            .ToList();
        foreach (var suggestion in taken)
        {
            var risk = await db.Enter(
                new Risk
                {
                    Title = suggestion.Title,
                    ThreatId = suggestion.Threat.Id,
                    Cause = suggestion.Cause,
                    Consequence = suggestion.Consequence,
                    Harms = [.. suggestion.Threat.Harms],
                },
                ct
            );
            risk.Propose(
                suggestion.Why,
                suggestion.Source,
                [.. suggestion.From, .. suggestion.Strikes.Select(a => a.Ref)]
            );
            foreach (var asset in suggestion.Strikes)
                await db.Connect(risk, LinkTypes.Threatens, asset, ct, source: "catalogue");
        }
        return taken.Count;
    }

    // Those that rank like the last one taken come along: nothing but the alphabet would tell them apart.
    private static IEnumerable<SuggestedRisk> Highest(IReadOnlyList<SuggestedRisk> ranked, int most) =>
        most <= 0
            ? []
            : ranked.TakeWhile(
                (s, i) => i < most || (s.Turn == ranked[most - 1].Turn && s.Rank == ranked[most - 1].Rank)
            );
}
