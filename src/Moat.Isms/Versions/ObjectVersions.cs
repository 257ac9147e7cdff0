using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions that objects of S3 are: one that a version is stored at tells of that version, another one of the asset
/// that lies there. Facts of who may change an object are about the version of the object only; those of a bucket name
/// no object and are about no version.
/// </summary>
internal sealed class ObjectVersions(MoatDb db, VersionFeed feed, AccessFacts access) : IFactFollower
{
    private const string Kind = "s3.object";
    private const string Bucket = "s3.bucket";

    /// <inheritdoc />
    public async Task Follow(IReadOnlyList<StandingFact> facts, CancellationToken ct)
    {
        foreach (var fact in facts.Where(f => f.Resource.Kind == Kind))
            if (JsonNode.Parse(fact.Content.Json) is JsonObject told)
                await Take(fact.Resource, StoredObject.Of(told), ct);
        foreach (var bucket in facts.Where(f => f.Resource.Kind == Bucket).Select(f => f.Resource))
            await NamesNoObject(bucket, ct);
    }

    private async Task Take(Resource resource, StoredObject told, CancellationToken ct)
    {
        var bound = await access.Of(resource, ct);
        if (told.Place is not { } place)
        {
            await bound.Unbound(
                $"{told.Address ?? resource.Name}, without a version",
                "It names no version of an object, and other bytes may lie there tomorrow, so it shows nothing for any "
                    + "version.",
                ct
            );
            return;
        }
        var by = new VersionTeller($"object:{resource.Key:N}", resource.Ref);
        var stored = await db.Set<AssetVersion>()
            .Where(v => v.Location == place)
            .OrderBy(v => v.Number)
            .ToListAsync(ct);
        if (stored.Count > 0)
            foreach (var version in stored)
                await Compare(version, told, place, by, ct);
        else if (await Lying(told, ct) is ({ } asset, var name))
            stored = [(await Enter(asset, name, told, place, by, ct)).Version];
        foreach (var version in stored)
            await bound.Keep(version, place, ct);
        if (stored.Count == 0)
            await bound.Unbound(place, $"No version is stored at {place}, and no asset lies there.", ct);
    }

    // What a version of several files has at one place is a parcel of them, whose digest is none of theirs.
    private async Task Compare(
        AssetVersion version,
        StoredObject told,
        string place,
        VersionTeller by,
        CancellationToken ct
    )
    {
        if ((await VersionFiles.Of(db, version.Id, ct)).Count > 1)
            return;
        var asset = await db.Set<Asset>().SingleAsync(a => a.Id == version.AssetId, ct);
        await Enter(asset, version.Name, told, place, by, ct);
    }

    private async Task<ShelvedVersion> Enter(
        Asset asset,
        string name,
        StoredObject told,
        string place,
        VersionTeller by,
        CancellationToken ct
    )
    {
        var shelf = await VersionShelf.Of(db, [asset.Id], ct, name);
        var version = new ToldVersion(name, told.Digests) { Location = place, Bytes = told.Bytes };
        return await feed.Take(shelf, asset, version, by, ct);
    }

    /// <summary>
    /// The asset that lies where the object does, or in a folder around it, and what its version is called.
    /// </summary>
    private async Task<(Asset? Asset, string Name)> Lying(StoredObject told, CancellationToken ct)
    {
        var (bucket, place) = ($"s3://{told.Bucket}", $"{told.Address}/");
        var assets = await db.Set<Asset>()
            .Where(a => a.Standing != Standing.Retired && a.Standing != Standing.Rejected)
            .Where(a => VersionProcess.Versioned.Contains(a.Kind) && a.Location!.StartsWith(bucket))
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        var around = assets
            .Where(a => place.StartsWith(Folder(a), StringComparison.Ordinal))
            .MaxBy(a => a.Location!.Length);
        if (around is null)
            return (null, "");
        var rest = place[Folder(around).Length..].TrimEnd('/');
        var name = rest.Length == 0 ? told.Version! : $"{rest}@{told.Version}";
        return name.Length <= 200 ? (around, name) : (null, "");
    }

    private static string Folder(Asset asset) => $"{asset.Location!.TrimEnd('/')}/";

    private async Task NamesNoObject(Resource bucket, CancellationToken ct)
    {
        var inside = $"s3://{bucket.Name}/";
        if (await db.Set<AssetVersion>().AnyAsync(v => v.Location!.StartsWith(inside), ct))
            await (await access.Of(bucket, ct)).Unbound(
                $"bucket {bucket.Name}",
                "The facts of a bucket name no object, so they show nothing for any version that is stored there.",
                ct
            );
    }
}
