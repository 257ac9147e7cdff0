using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>A risk worth looking at, with where an assessment may start and why.</summary>
public sealed record SuggestedRisk(
    ThreatEntry Threat,
    Asset Target,
    IReadOnlyList<Asset> Strikes,
    int Likelihood,
    int Impact,
    string Why,
    int Turn,
    IReadOnlyList<string> From
)
{
    // A threat's second asset waits until every threat had its first; what strikes a crown jewel comes earlier.
    internal int Rank => Score + (Strikes.Any(a => a.CrownJewel) ? CrownJewelBonus : 0);

    private const int CrownJewelBonus = 6;

    /// <summary>Starting likelihood times impact; decides the rank.</summary>
    public int Score => Likelihood * Impact;

    /// <summary>Names the combination, so that it is proposed once.</summary>
    public string Source => $"threat:{Threat.Id}:{Target.Id:N}";

    /// <summary>The scenario's title.</summary>
    public string Title => Fill(Threat.Scenario.Title);

    /// <summary>What lets it happen.</summary>
    public string Cause => Fill(Threat.Scenario.Cause);

    /// <summary>What it costs.</summary>
    public string Consequence => Fill(Threat.Scenario.Consequence);

    private string Fill(string text) => text.Replace("{asset}", Target.Name, StringComparison.Ordinal);
}

/// <summary>
/// Suggests risks: threat catalogue × asset graph × profile. For each threat that concerns the company it takes the
/// assets of its primary kind that need protection most, adds the assets it reaches along relations, and ranks by where
/// an assessment would start.
/// </summary>
public sealed class RiskSuggestions(MoatDb db, KnowledgeBase knowledge)
{
    private const int MostTargetsPerThreat = 2;

    /// <summary>Suggestions that are not in the register yet, highest first.</summary>
    public async Task<IReadOnlyList<SuggestedRisk>> Suggest(DraftBasis basis, CancellationToken ct)
    {
        var assets = await db.Set<Asset>().Of(null).Where(a => a.InScope).OrderBy(a => a.Number).ToListAsync(ct);
        var neighbours = await Neighbours(ct);
        var known = (
            await db.Set<Risk>().Where(r => r.Source != null).Select(r => r.Source!).ToListAsync(ct)
        ).ToHashSet();
        return
        [
            .. knowledge
                .Threats.Where(t => t.Applies.Holds(basis.Flags))
                .SelectMany(t => For(t, assets, neighbours, basis))
                .Where(s => !known.Contains(s.Source))
                .OrderBy(s => s.Turn)
                .ThenByDescending(s => s.Rank)
                .ThenBy(s => s.Threat.Id, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<SuggestedRisk> For(
        ThreatEntry threat,
        List<Asset> all,
        ILookup<Guid, Guid> neighbours,
        DraftBasis basis
    )
    {
        var assets = all.Where(a => a.Kind != "model" || basis.WorksOn(a.Name, threat.Modality)).ToList();
        var kind = threat.Assets.FirstOrDefault(k => assets.Any(a => a.Kind == k));
        if (kind is null)
            yield break;
        var targets = assets
            .Where(a => a.Kind == kind)
            .OrderByDescending(a => a.CrownJewel)
            .ThenByDescending(a => NeedFor(a, threat))
            .ThenBy(a => a.Number)
            .ToList();
        var most = targets[0].CrownJewel ? targets.Count(a => a.CrownJewel) : 1;
        var byId = assets.ToDictionary(a => a.Id);
        foreach (var (turn, target) in targets.Take(Math.Min(most, MostTargetsPerThreat)).Index())
        {
            var reached = neighbours[target.Id]
                .Concat(neighbours[target.Id].SelectMany(n => neighbours[n]))
                .Distinct()
                .Where(byId.ContainsKey)
                .Select(id => byId[id])
                .Where(a => a.Id != target.Id && threat.Assets.Contains(a.Kind));
            yield return Rate(threat, target, [target, .. reached.Take(6)], basis, turn);
        }
    }

    private static SuggestedRisk Rate(
        ThreatEntry threat,
        Asset target,
        IReadOnlyList<Asset> strikes,
        DraftBasis basis,
        int turn
    )
    {
        var need = NeedFor(target, threat);
        var impact = Math.Clamp(
            threat.Start.Impact.For(basis.Flags)
                + (
                    need >= 4 ? 1
                    : need <= 1 ? -1
                    : 0
                ),
            1,
            5
        );
        var likelihood = threat.Start.Likelihood.For(basis.Flags);
        var (from, because) = basis.For(threat.Applies);
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"Proposed {(because.Length > 0 ? because : "for every company that builds AI")}. Need for {threat.Harms[0]} of {target.Name}: {need} of 4{(target.CrownJewel ? ", a crown jewel" : "")}. "
                + $"Likelihood starts at {likelihood}{Sentence(threat.Start.Likelihood.Why, basis)} Impact starts at {impact}{Sentence(threat.Start.Impact.Why, basis)}"
        );
        return new SuggestedRisk(threat, target, strikes, likelihood, impact, why, turn, from);
    }

    private static int NeedFor(Asset asset, ThreatEntry threat) =>
        threat.Harms[0] switch
        {
            "confidentiality" => asset.NeedsConfidentiality,
            "integrity" => asset.NeedsIntegrity,
            _ => asset.NeedsAvailability,
        };

    private async Task<ILookup<Guid, Guid>> Neighbours(CancellationToken ct)
    {
        var links = await db
            .Links.Where(l => l.FromKind == "AST" && l.ToKind == "AST")
            .Select(l => new { l.FromId, l.ToId })
            .Distinct()
            .ToListAsync(ct);
        return links
            .Concat(links.Select(l => new { FromId = l.ToId, ToId = l.FromId }))
            .ToLookup(l => l.FromId, l => l.ToId);
    }

    // The catalogue's reason is given where it speaks of what this company has.
    private static string Sentence(string text, DraftBasis basis) =>
        SpokenWords.Fits(text, basis.Flags) ? $": {text.TrimEnd('.')}." : ".";
}
