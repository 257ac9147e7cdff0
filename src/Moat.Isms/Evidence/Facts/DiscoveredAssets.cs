using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Facts;

/// <summary>
/// What collectors discover becomes a proposed asset, or is joined with the one that is already in the register
/// (A.5.9).
/// </summary>
public sealed class DiscoveredAssets(MoatDb db, WorkList work)
{
    private const int DaysToDecide = 14;

    /// <summary>
    /// Joins new resources with assets, by external id and else by kind and name; what matches none is proposed.
    /// </summary>
    public async Task Join(IReadOnlyList<Resource> discovered, CancellationToken ct)
    {
        var wanted = discovered.Where(r => r.AssetId is null && ResourceKind.Of(r.Kind).AssetKind is not null).ToList();
        if (wanted.Count == 0)
            return;
        var ids = wanted.SelectMany(r => new[] { r.ExternalId, AssetId(r) }).Distinct().ToList();
        var names = wanted.Select(r => r.Name).Distinct().ToList();
        var known = await db.Set<Asset>()
            .Where(a => (a.ExternalId != null && ids.Contains(a.ExternalId)) || names.Contains(a.Name))
            .ToListAsync(ct);
        foreach (var resource in wanted)
        {
            var kind = ResourceKind.Of(resource.Kind);
            var asset =
                known.FirstOrDefault(a => a.ExternalId == AssetId(resource) || a.ExternalId == resource.ExternalId)
                ?? known.FirstOrDefault(a =>
                    a.Kind == kind.AssetKind && a.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)
                );
            if (asset is null)
                known.Add(asset = await Propose(resource, kind, ct));
            asset.ExternalId ??= AssetId(resource);
            resource.AssetId = asset.Id;
        }
    }

    /// <summary>A renamed resource takes its asset's name with it, unless a person chose another.</summary>
    public async Task Renamed(Resource resource, string before, CancellationToken ct)
    {
        if (resource.AssetId is not { } id)
            return;
        var asset = await db.Set<Asset>().FirstOrDefaultAsync(a => a.Id == id, ct);
        if (asset?.Name == before)
            asset.Name = resource.Name;
    }

    /// <summary>A resource is gone: somebody decides what that means for its asset. Nothing is deleted.</summary>
    public async Task Gone(Resource resource, CancellationToken ct)
    {
        var asset = resource.AssetId is { } id ? await db.Set<Asset>().FirstOrDefaultAsync(a => a.Id == id, ct) : null;
        if (asset is null ? !WasAskedFor(resource) : asset.Standing is Standing.Rejected or Standing.Retired)
            return;
        var whatToDo = asset is null ? "Find out whether it was meant to go" : $"Retire {asset.Ref}";
        await work.Ensure(
            resource,
            "gone",
            $"{resource.Name} is gone: was it deleted, moved or hidden from the collector?",
            $"{resource.ToldBy} does not tell of it any more. {whatToDo}, or give the collector access again.",
            asset?.OwnerId,
            db.Today.AddDays(DaysToDecide),
            ct
        );
    }

    /// <summary>A resource is back: nothing has to be decided.</summary>
    public Task Back(Resource resource, CancellationToken ct) =>
        work.Settle(resource, "gone", "It is told of again.", ct);

    private async Task<Asset> Propose(Resource resource, ResourceKind kind, CancellationToken ct)
    {
        var asset = await db.Enter(
            new Asset
            {
                Name = resource.Name,
                Kind = kind.AssetKind!,
                ExternalId = AssetId(resource),
                Description = kind.Title,
            },
            ct
        );
        asset.Propose($"{resource.ToldBy} discovered it: {kind.Title} {resource.Name}.", $"resource:{resource.Key:N}");
        return asset;
    }

    /// <summary>
    /// Targets and the like come and go by themselves; a bill, or a kind that people named, somebody chose to watch.
    /// </summary>
    private static bool WasAskedFor(Resource resource) =>
        resource.Kind == ResourceKind.Bill || !ResourceKind.Known.ContainsKey(resource.Kind);

    private static string AssetId(Resource resource) => $"{resource.Kind}:{resource.ExternalId}";
}
