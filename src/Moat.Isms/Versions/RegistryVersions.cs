using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions that a model registry has: called by the registry's number, made by a run; of those that are served it also
/// tells the commit and the data. It tells no digest of their files, so none is known until a pipeline pushes them.
/// </summary>
internal sealed class RegistryVersions(MoatDb db, VersionFeed feed, AccessFacts access) : IFactFollower
{
    private const string Kind = "mlflow.model";
    private const int Most = 100;

    /// <inheritdoc />
    public async Task Follow(IReadOnlyList<StandingFact> facts, CancellationToken ct)
    {
        var told = await FactsOfAssets.Of(db, facts.Where(f => f.Resource.Kind == Kind), ct);
        if (told.Count == 0)
            return;
        var read = told.Select(t => (t.Fact.Resource, t.Asset, Versions: Versions(t.Fact.Content.Json))).ToList();
        var names = read.SelectMany(r => r.Versions).SelectMany(v => v.Data).Select(d => d.Name).Distinct().ToList();
        var sets = await db.Set<Asset>()
            .Where(a => a.Kind == "dataset" && names.Contains(a.Name) && a.Standing != Standing.Retired)
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        var shelf = await VersionShelf.Of(
            db,
            [.. told.Select(t => t.Asset.Id).Distinct(), .. sets.Select(s => s.Id)],
            ct
        );
        foreach (var (resource, asset, versions) in read)
        {
            var by = new VersionTeller($"registry:{resource.Key:N}", resource.Ref);
            var accessible = await access.Of(resource, ct);
            foreach (var (version, data) in versions)
            {
                var made = await feed.Take(shelf, asset, version, by, ct);
                await accessible.Keep(made.Version, $"{resource.Name.Cut(90)}/{version.Name}", ct);
                await Descend(shelf, made, [.. Origins(data, sets)], by, ct);
            }
        }
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

    // What is served is told with its run's commit and data, so it comes first and is told once.
    private static List<(ToldVersion Version, List<(string Name, string Digest)> Data)> Versions(string fact)
    {
        var told = JsonNode.Parse(fact);
        return
        [
            .. from version in told.At("servedVersions")
                .Objects()
                .Concat(told.At("registeredVersions").Objects())
                .Where(v => v["version"].Text() is { Length: > 0 and <= 200 })
                .DistinctBy(v => v["version"].Text())
                .Take(Most)
            select (
                new ToldVersion(version["version"].Text()!, [])
                {
                    Run = version["runId"].Text()?.Cut(1000),
                    Commit = version["run"].At("commit").Text()?.Cut(200),
                    Location = version["source"].Text()?.Cut(1000),
                },
                Data(version["run"])
            ),
        ];
    }

    private static List<(string Name, string Digest)> Data(JsonNode? run) =>
        [
            .. run.At("datasets")
                .Objects()
                .Select(d => (Name: d["name"].Text() ?? "", Digest: d["digest"].Text() ?? ""))
                .Where(d => d is { Name.Length: > 0 and <= 200, Digest.Length: > 0 and <= 200 }),
        ];
}
