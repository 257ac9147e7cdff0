using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>
/// Drafts the assets that a company with these answers almost certainly has, and how they hang together.
/// </summary>
public sealed class AssetDrafts(MoatDb db, KnowledgeBase knowledge, ClassificationFlow flow)
{
    private const int Restricted = 4;

    /// <summary>Enters what is not drafted yet; answers the new assets.</summary>
    public async Task<IReadOnlyList<Asset>> Draft(DraftBasis basis, CancellationToken ct)
    {
        var answers = basis.Answers;
        var known = await db.Set<Asset>().Where(a => a.Source != null).ToDictionaryAsync(a => a.Source!, ct);
        var fresh = new List<Asset>();
        var byKey = new Dictionary<string, List<Asset>>();
        foreach (var draft in knowledge.DraftedAssets.Assets.Where(a => a.Applies.Holds(basis.Flags)))
        {
            if (draft.Unless.Any(answer => answers.All(answer).Count > 0))
                continue;
            var lines = draft.Each is { } each ? answers.All(each) : [""];
            foreach (var line in lines)
            {
                var source = line.Length == 0 ? $"asset:{draft.Key}" : $"asset:{draft.Key}:{SearchText.Fold(line)}";
                if (!known.TryGetValue(source, out var asset))
                    fresh.Add(asset = await Enter(draft, line, source, basis, ct));
                byKey.TryAdd(draft.Key, []);
                byKey[draft.Key].Add(asset);
            }
        }
        await Relate(byKey, ct);
        await flow.Spread(fresh, ct);
        return fresh;
    }

    private async Task<Asset> Enter(
        DraftedAsset draft,
        string line,
        string source,
        DraftBasis basis,
        CancellationToken ct
    )
    {
        var asset = await db.Enter(
            new Asset
            {
                Name = draft.Name.Replace("{line}", line, StringComparison.Ordinal),
                Kind = draft.Kind,
                CrownJewel = draft.Crown,
                InScope = draft.Kind != "notebook" || basis.Answers.One("sandboxes") != "out",
            },
            ct
        );
        var restricted = draft.RestrictedWhen is { } when && when.Holds(basis.Flags);
        asset.Classify(restricted ? Restricted : draft.Needs[0], draft.Needs[1], draft.Needs[2]);
        var (from, because) = basis.For(draft.Applies);
        var why = because.Length > 0 ? $"{draft.Why} Proposed {because}." : draft.Why;
        if (draft.Each is { } each)
            from = [$"{each}={line}", .. from.Where(f => f != DraftBasis.Always)];
        if (restricted)
        {
            var secret = basis.For(draft.RestrictedWhen!);
            why = $"{why} Confidentiality starts at {Restricted} {secret.Words}.";
            from = [.. from, .. secret.From];
        }
        asset.Propose(why, source, from);
        return asset;
    }

    private async Task Relate(Dictionary<string, List<Asset>> byKey, CancellationToken ct)
    {
        foreach (var relation in knowledge.DraftedAssets.Relations)
        foreach (var from in relation.From.SelectMany(key => byKey.GetValueOrDefault(key, [])))
        foreach (var to in relation.To.SelectMany(key => byKey.GetValueOrDefault(key, [])))
            await db.Connect(from, relation.Type, to, ct, source: "interview");
    }
}
