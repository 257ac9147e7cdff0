using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;

namespace Moat.Isms.Assets;

/// <summary>How assets leave the register and come back (A.5.9, A.5.11).</summary>
[Process("assets", "What the company must protect: models, data, pipelines, endpoints and what they hang on.")]
public sealed class AssetEnding(
    MoatDb db,
    Retiring retiring,
    ClassificationFlow flow,
    IEnumerable<IAssetFollower> followers
)
{
    /// <summary>Takes an asset out of the register; what it needed does not flow on any more.</summary>
    [Operation(
        "retire",
        Permission.EditAssets,
        "Take an asset out of the register, with the reason; it stays readable"
    )]
    public async Task<Done> Retire(RetireRecord input, CancellationToken ct)
    {
        var asset = await retiring.Retire<Asset>(input, ct);
        await Settle(asset, ct);
        return new Done(asset);
    }

    /// <summary>Takes it into the register again.</summary>
    [Operation("reopen", Permission.EditAssets, "Take a retired asset into the register again, with the reason")]
    public async Task<Done> Reopen(ReopenRecord input, CancellationToken ct)
    {
        var asset = await retiring.Reopen<Asset>(input, ct);
        await Settle(asset, ct);
        return new Done(asset);
    }

    /// <summary>Merges a duplicate into the asset that stays.</summary>
    [Operation(
        "merge",
        Permission.EditAssets,
        "Merge a duplicate asset into another one, which gets the connections of both"
    )]
    public async Task<Done> Merge(MergeRecord input, CancellationToken ct)
    {
        var (gone, kept) = await retiring.Merge<Asset>(input, ct);
        foreach (var follower in followers)
            await follower.Merged(gone, kept, ct);
        await Settle(gone, ct);
        await Settle(kept, ct);
        return new Done(kept);
    }

    private async Task Settle(Asset asset, CancellationToken ct)
    {
        var related = db
            .Links.Where(l => l.FromId == asset.Id || l.ToId == asset.Id)
            .Select(l => l.FromId == asset.Id ? l.ToId : l.FromId);
        await flow.Spread([asset, .. await db.Set<Asset>().Where(a => related.Contains(a.Id)).ToListAsync(ct)], ct);
        foreach (var follower in followers)
            await follower.Follow(asset, ct);
    }
}
