using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>A version that a line of versions leads to.</summary>
/// <param name="Id">The version.</param>
/// <param name="Distance">How many steps away.</param>
/// <param name="Via">The one before it on the way.</param>
internal sealed record LineStep(Guid Id, int Distance, Guid Via);

/// <summary>
/// Follows what versions were made from, backward and forward, and reads versions as people see them.
/// </summary>
public sealed class VersionLines(MoatDb db)
{
    /// <summary>How many versions one answer follows in each direction.</summary>
    internal const int Most = 1000;

    /// <summary>
    /// The versions that one was made from (or, forward, that were made from it), nearest first; at most one more than
    /// an answer holds.
    /// </summary>
    internal async Task<IReadOnlyList<LineStep>> Follow(
        IReadOnlyCollection<Guid> start,
        bool forward,
        CancellationToken ct,
        int most = Most
    )
    {
        var (seen, found, next) = (new HashSet<Guid>(start), new List<LineStep>(), start.ToList());
        for (var distance = 1; next.Count > 0 && found.Count <= most; distance++)
        {
            var here = next;
            var made = db.Links.AsNoTracking().Where(l => l.Type == LinkTypes.MadeFrom);
            var steps = forward
                ? await made.Where(l => here.Contains(l.ToId))
                    .Select(l => new { Id = l.FromId, Via = l.ToId })
                    .ToListAsync(ct)
                : await made.Where(l => here.Contains(l.FromId))
                    .Select(l => new { Id = l.ToId, Via = l.FromId })
                    .ToListAsync(ct);
            next = [];
            foreach (var step in steps.Where(s => seen.Add(s.Id)))
            {
                found.Add(new LineStep(step.Id, distance, step.Via));
                next.Add(step.Id);
            }
        }
        return found;
    }

    /// <summary>The first withdrawn version among those that these were made from; null when there is none.</summary>
    public async Task<AssetVersion?> WithdrawnUnder(IReadOnlyCollection<Guid> versions, CancellationToken ct)
    {
        var under = (await Follow(versions, forward: false, ct, int.MaxValue))
            .Select(s => s.Id)
            .Concat(versions)
            .ToList();
        return await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => under.Contains(v.Id) && v.State == AssetVersionState.Withdrawn)
            .OrderBy(v => v.Number)
            .FirstOrDefaultAsync(ct);
    }

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
        return await Views(served.OrderByDescending(s => s.Since).ThenBy(s => s.Id).Take(Most), ct);
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
