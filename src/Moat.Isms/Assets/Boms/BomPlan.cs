using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Assets.Boms;

/// <summary>The differences between a bill of materials and the register, and how to apply them.</summary>
internal sealed class BomPlan
{
    private readonly MoatDb _db;
    private readonly BomDocument _document;
    private readonly string _source;
    private readonly List<BomChange> _changes = [];
    private readonly Dictionary<string, Asset> _known;
    private readonly RetiredOfBill _retired;
    private readonly List<BomRelation> _newRelations = [];
    private readonly List<Link> _goneLinks = [];

    private BomPlan(MoatDb db, BomDocument document, Dictionary<string, Asset> known, RetiredOfBill retired)
    {
        (_db, _document, _known, _retired) = (db, document, known, retired);
        _source = $"bom:{document.Identity.Key}";
    }

    public IReadOnlyList<BomChange> Changes => _changes;

    /// <summary>By what a later bill of the same is known.</summary>
    public string Source => _source;

    /// <summary>The assets of the bill that are in the register, by their keys in the bill.</summary>
    public IReadOnlyDictionary<string, Asset> Known => _known;

    /// <summary>What the bill names and the import leaves alone, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => _retired.Remarks;

    public static async Task<BomPlan> Make(MoatDb db, BomDocument document, CancellationToken ct)
    {
        var known = await Match(db, document, ct);
        var retired = await RetiredOfBill.Find(db, [.. document.Assets.Where(a => !known.ContainsKey(a.Key))], ct);
        var plan = new BomPlan(db, document, known, retired);
        plan.CompareAssets();
        await plan.CompareRelations(ct);
        return plan;
    }

    public async Task<IReadOnlyCollection<Asset>> Apply(CancellationToken ct)
    {
        foreach (var named in _document.Assets.Where(a => !_retired.Is(a.Key)))
        {
            if (!_known.TryGetValue(named.Key, out var asset))
                _known[named.Key] = asset = await Enter(named, ct);
            asset.ExternalId = named.Key;
            asset.Name = named.Name;
            asset.Description = named.Description ?? asset.Description;
            asset.Location = named.Location ?? asset.Location;
        }
        _db.RemoveRange(_goneLinks);
        foreach (var relation in _newRelations)
            await _db.Connect(_known[relation.From], relation.Type, _known[relation.To], ct, _source);
        return _known.Values;
    }

    /// <summary>Whether a person retired the asset, so that the import leaves it alone.</summary>
    public bool IsLeft(string key) => _retired.Is(key);

    public string Summary(IReadOnlyList<BomChange> ofVersions)
    {
        string Count(string what) =>
            $"{_changes.Count(c => c.What == what)} {what}{(_changes.Count(c => c.What == what) == 1 ? "" : "s")}";
        var changed = _changes.Where(c => c.What == "changed").Select(c => c.Subject).Distinct().Count();
        return $"{Count("new asset")}, {changed} changed, {Count("new relation")}, {Count("gone relation")}; {_document.Others} other components"
            + (ofVersions.Count == 0 ? "" : $"; versions: {string.Join(", ", Counted(ofVersions))}");
    }

    private static IEnumerable<string> Counted(IReadOnlyList<BomChange> changes) =>
        changes.GroupBy(c => c.What).Select(g => $"{g.Count()} × {g.Key}");

    private async Task<Asset> Enter(BomAsset named, CancellationToken ct)
    {
        var asset = await _db.Enter(new Asset { Name = named.Name, Kind = named.Kind }, ct);
        asset.Classify(named.Confidentiality ?? 2, 2, 2);
        asset.Propose(
            $"Named in a {_document.Format} bill of materials of {_document.Identity.Subject}.".Cut(1000),
            $"bom:{named.Key}".Cut(200)
        );
        return asset;
    }

    private void CompareAssets()
    {
        foreach (var named in _document.Assets.Where(a => !_retired.Is(a.Key)))
        {
            if (!_known.TryGetValue(named.Key, out var asset))
            {
                _changes.Add(
                    new BomChange("new asset", named.Name, AssetKinds.All[named.Kind], null, named.Description)
                );
                continue;
            }
            var subject = $"{asset.Ref} {asset.Name}";
            Compare(subject, "name", asset.Name, named.Name);
            Compare(subject, "description", asset.Description, named.Description ?? asset.Description);
            Compare(subject, "location", asset.Location, named.Location ?? asset.Location);
            Compare(subject, "external id", asset.ExternalId, named.Key);
        }
    }

    private void Compare(string subject, string field, string? before, string? after)
    {
        if (before != after)
            _changes.Add(new BomChange("changed", subject, field, before, after));
    }

    private async Task CompareRelations(CancellationToken ct)
    {
        var names = _document.Assets.ToDictionary(a => a.Key, a => a.Name);
        var ids = _known.Values.Select(a => a.Id).ToList();
        var links = await _db
            .Links.Where(l => ids.Contains(l.FromId) && LinkTypes.BetweenAssets.Contains(l.Type))
            .ToListAsync(ct);
        var keys = _known.ToDictionary(k => k.Value.Id, k => k.Key);
        var stored = links
            .Where(l => keys.ContainsKey(l.ToId))
            .ToLookup(l => new BomRelation(keys[l.FromId], l.Type, keys[l.ToId]));
        foreach (
            var relation in _document.Relations.Where(r =>
                !stored.Contains(r) && !_retired.Is(r.From) && !_retired.Is(r.To)
            )
        )
        {
            _newRelations.Add(relation);
            _changes.Add(new BomChange("new relation", names[relation.From], relation.Type, null, names[relation.To]));
        }
        await FindGone(ct);
    }

    private async Task FindGone(CancellationToken ct)
    {
        // Only what an earlier bill of the same identity said can be gone; what a person related stays.
        var earlier = await _db
            .Links.Where(l => l.Source == _source && LinkTypes.BetweenAssets.Contains(l.Type))
            .ToListAsync(ct);
        var ids = earlier.SelectMany(l => new[] { l.FromId, l.ToId }).Distinct().ToList();
        var assets = await _db.Set<Asset>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var said = _document.Relations.ToHashSet();
        foreach (var link in earlier)
        {
            var (from, to) = (assets[link.FromId], assets[link.ToId]);
            if (from.Standing == Standing.Retired || to.Standing == Standing.Retired)
                continue;
            if (said.Contains(new BomRelation(from.ExternalId ?? "", link.Type, to.ExternalId ?? "")))
                continue;
            _goneLinks.Add(link);
            _changes.Add(new BomChange("gone relation", from.Name, link.Type, to.Name, null));
        }
    }

    /// <summary>
    /// Assets that did not leave the register and that the bill names: by external id, else by kind and name while they
    /// have none.
    /// </summary>
    private static async Task<Dictionary<string, Asset>> Match(MoatDb db, BomDocument document, CancellationToken ct)
    {
        var keys = document.Assets.Select(a => a.Key).ToList();
        var known = (
            await db.Set<Asset>()
                .Where(a => a.ExternalId != null && keys.Contains(a.ExternalId) && a.Standing != Standing.Retired)
                .OrderBy(a => a.Number)
                .ToListAsync(ct)
        )
            .DistinctBy(a => a.ExternalId)
            .ToDictionary(a => a.ExternalId!);
        var kinds = document.Assets.Select(a => a.Kind).Distinct().ToList();
        var unnamed = (
            await db.Set<Asset>().Of(null).Where(a => a.ExternalId == null && kinds.Contains(a.Kind)).ToListAsync(ct)
        )
            .GroupBy(a => (a.Kind, SearchText.Fold(a.Name)))
            .ToDictionary(g => g.Key, g => g.First());
        foreach (var named in document.Assets.Where(a => !known.ContainsKey(a.Key)))
            if (unnamed.Remove((named.Kind, SearchText.Fold(named.Name)), out var asset))
                known[named.Key] = asset;
        return known;
    }
}
