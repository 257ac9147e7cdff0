using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Reads versions, and what served them, as people see them.</summary>
public sealed class VersionLines(MoatDb db)
{
    /// <summary>How many versions one answer names in each direction.</summary>
    internal const int Most = 1000;

    /// <summary>Versions as a list shows them.</summary>
    internal async Task<IReadOnlyDictionary<Guid, VersionRow>> Rows(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var versions = await db.Set<AssetVersion>().AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var owners = versions.Select(v => v.AssetId).Distinct().ToList();
        var assets = await db.Set<Asset>()
            .AsNoTracking()
            .Where(a => owners.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, ct);
        return versions.ToDictionary(v => v.Id, v => Row(v, assets[v.AssetId]));
    }

    /// <summary>Who served these versions, the latest first.</summary>
    internal async Task<IReadOnlyList<ServingView>> Served(IReadOnlyCollection<Guid> versions, CancellationToken ct)
    {
        var served = db.Set<ServedVersion>().AsNoTracking().Where(s => versions.Contains(s.VersionId));
        return await Views(served.OrderByDescending(s => s.Since).ThenBy(s => s.Id).Take(Most + 1), ct);
    }

    /// <summary>Servings as people see them.</summary>
    internal async Task<IReadOnlyList<ServingView>> Views(IQueryable<ServedVersion> served, CancellationToken ct)
    {
        var list = await served.ToListAsync(ct);
        var (versionIds, endpointIds) = (
            list.Select(s => s.VersionId).ToList(),
            list.Select(s => s.EndpointId).ToList()
        );
        var versions = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => versionIds.Contains(v.Id))
            .ToDictionaryAsync(v => v.Id, ct);
        var endpoints = await db.Set<Asset>()
            .AsNoTracking()
            .Where(a => endpointIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, ct);
        return
        [
            .. from s in list
            let version = versions[s.VersionId]
            let endpoint = endpoints[s.EndpointId]
            select new ServingView(
                endpoint.Ref,
                endpoint.Name,
                version.Ref,
                version.Caption,
                version.State,
                s.Since,
                s.Until,
                s.SaidBy
            ),
        ];
    }

    /// <summary>A version as a list shows it.</summary>
    internal static VersionRow Row(AssetVersion v, Asset asset) =>
        new(
            v.Ref,
            v.Version,
            v.Name,
            asset.Ref,
            asset.Name,
            asset.Kind,
            v.State,
            v.CreatedAt,
            v.ReleasedAt,
            v.WithdrawnAt
        );
}
