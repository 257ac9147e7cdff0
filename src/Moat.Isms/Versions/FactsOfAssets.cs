using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Facts about resources that are assets, each with its asset.</summary>
internal static class FactsOfAssets
{
    /// <summary>
    /// Those of these facts whose resource is an asset in the register or a proposed one, also where it was discovered
    /// with the fact.
    /// </summary>
    public static async Task<IReadOnlyList<(StandingFact Fact, Asset Asset)>> Of(
        MoatDb db,
        IEnumerable<StandingFact> facts,
        CancellationToken ct
    )
    {
        var told = facts.Where(f => f.Resource.AssetId is not null).ToList();
        if (told.Count == 0)
            return [];
        var ids = told.Select(f => f.Resource.AssetId!.Value).Distinct().ToList();
        var assets = (await db.AsOfNow<Asset>(a => ids.Contains(a.Id), ct))
            .Where(a => a.Standing is not (Standing.Retired or Standing.Rejected))
            .ToDictionary(a => a.Id);
        return
        [
            .. told.Where(f => assets.ContainsKey(f.Resource.AssetId!.Value))
                .Select(f => (f, assets[f.Resource.AssetId!.Value])),
        ];
    }
}
