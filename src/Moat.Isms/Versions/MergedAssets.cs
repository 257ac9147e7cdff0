using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions of an asset that was merged into another one are versions of that one, and so is what its endpoint served.
/// A name that both used keeps saying whose it was.
/// </summary>
internal sealed class MergedAssets(MoatDb db) : IAssetFollower
{
    /// <inheritdoc />
    public Task Follow(Asset asset, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task Merged(Asset gone, Asset kept, CancellationToken ct) => await Move(gone, kept, ct);

    /// <summary>Moves what hangs on an asset to the one that stays; how many versions and servings that were.</summary>
    internal async Task<int> Move(Asset gone, Asset kept, CancellationToken ct)
    {
        var moving = await db.Set<AssetVersion>()
            .AsTracking()
            .Where(v => v.AssetId == gone.Id)
            .OrderBy(v => v.Number)
            .ToListAsync(ct);
        var taken = (
            await db.Set<AssetVersion>().Where(v => v.AssetId == kept.Id).Select(v => v.Name).ToListAsync(ct)
        ).ToHashSet();
        foreach (var version in moving)
        {
            var name = taken.Contains(version.Name) ? $"{version.Name.Cut(180)} ({gone.Ref})" : version.Name;
            for (var more = 2; !taken.Add(name); more++)
                name = $"{version.Name.Cut(170)} ({gone.Ref}, {more})";
            version.MoveTo(kept, name);
        }
        var served = await db.Set<ServedVersion>().AsTracking().Where(s => s.EndpointId == gone.Id).ToListAsync(ct);
        served.ForEach(s => s.EndpointId = kept.Id);
        return moving.Count + served.Count;
    }
}
