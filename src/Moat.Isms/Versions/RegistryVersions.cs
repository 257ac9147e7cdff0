using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions that a model registry serves: called by the registry's number, made by a run. The registry tells no digest
/// of their files, so none is known until a pipeline pushes them.
/// </summary>
internal sealed class RegistryVersions(MoatDb db, VersionFeed feed) : IFactFollower
{
    private const string Kind = "mlflow.model";

    /// <inheritdoc />
    public async Task Follow(IReadOnlyList<StandingFact> facts, CancellationToken ct)
    {
        var told = facts.Where(f => f.Resource.Kind == Kind && f.Resource.AssetId is not null).ToList();
        if (told.Count == 0)
            return;
        var models = await Assets(told.Select(f => f.Resource.AssetId!.Value).Distinct().ToList(), ct);
        var read = told.Where(f => models.ContainsKey(f.Resource.AssetId!.Value))
            .Select(f => (f.Resource, Asset: models[f.Resource.AssetId!.Value], Versions: Served(f.Content.Json)))
            .ToList();
        var names = read.SelectMany(r => r.Versions).SelectMany(v => v.Data).Select(d => d.Name).Distinct().ToList();
        var sets = await db.Set<Asset>()
            .Where(a => a.Kind == "dataset" && names.Contains(a.Name) && a.Standing != Standing.Retired)
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        var shelf = await VersionShelf.Of(db, [.. models.Keys, .. sets.Select(s => s.Id)], ct);
        foreach (var (resource, asset, versions) in read)
        foreach (var (version, data) in versions)
        {
            var by = new VersionTeller($"registry:{resource.Key:N}", resource.Ref);
            var made = await feed.Take(shelf, asset, version, by, ct);
            await KeepAccess(made.Version, resource, ct);
            await Descend(shelf, made, [.. Origins(data, sets)], by, ct);
        }
    }

    /// <summary>Who may change it stands in the facts of the registry's model, which are kept as they change.</summary>
    private async Task KeepAccess(AssetVersion version, Resource resource, CancellationToken ct)
    {
        if (await db.Set<VersionResult>().AnyAsync(r => r.VersionId == version.Id && r.SourceRef == resource.Ref, ct))
            return;
        await db.Enter(
            new VersionResult
            {
                Kind = VersionResultKind.Access,
                SourceRef = resource.Ref,
                Given = $"{resource.Name.Cut(90)}/{version.Name}",
                VersionId = version.Id,
                Says = $"Who may change it stands in the facts of {resource.Ref} {resource.Name}".Cut(1000),
                At = db.Now,
            },
            ct
        );
    }

    /// <summary>Only data that the register has: a name in a run's log is no asset yet.</summary>
    private static IEnumerable<(Asset Set, string Digest)> Origins(
        IEnumerable<(string Name, string Digest)> data,
        List<Asset> sets
    ) => from d in data let set = sets.Find(s => s.Name == d.Name) where set is not null select (set, d.Digest);

    private async Task Descend(
        VersionShelf shelf,
        ShelvedVersion made,
        IReadOnlyList<(Asset Set, string Digest)> data,
        VersionTeller by,
        CancellationToken ct
    )
    {
        var origins = new List<(ShelvedVersion Version, string Kind)>();
        foreach (var (set, digest) in data)
            origins.Add((await feed.Take(shelf, set, new ToldVersion(digest, []), by, ct), set.Kind));
        var known = made.Origins.Where(o => o.Value == "dataset").Select(o => o.Key).ToList();
        var contradicts = known.Count > 0 && !origins.Exists(o => known.Contains(o.Version.Version.Id));
        foreach (var (origin, kind) in origins)
            await feed.Descend(made, origin.Version, kind, contradicts, by, ct);
    }

    private async Task<Dictionary<Guid, Asset>> Assets(List<Guid> ids, CancellationToken ct)
    {
        return (await db.AsOfNow<Asset>(a => ids.Contains(a.Id), ct))
            .Where(a => a.Standing is not (Standing.Retired or Standing.Rejected))
            .ToDictionary(a => a.Id);
    }

    private static List<(ToldVersion Version, List<(string Name, string Digest)> Data)> Served(string fact) =>
        [
            .. from served in JsonNode.Parse(fact).At("servedVersions").Objects()
            let number = served["version"].Text()
            where number is { Length: > 0 and <= 200 }
            select (
                new ToldVersion(number, [])
                {
                    Run = served["runId"].Text()?.Cut(1000),
                    Commit = served["run"].At("commit").Text()?.Cut(200),
                    Location = served["source"].Text()?.Cut(1000),
                },
                served["run"]
                    .At("datasets")
                    .Objects()
                    .Select(d => (Name: d["name"].Text() ?? "", Digest: d["digest"].Text() ?? ""))
                    .Where(d => d is { Name.Length: > 0 and <= 200, Digest.Length: > 0 and <= 200 })
                    .ToList()
            ),
        ];
}
