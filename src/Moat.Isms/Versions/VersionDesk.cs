using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>Enters versions that are pushed, inside the operations of those who push them.</summary>
public sealed class VersionDesk(MoatDb db, CurrentCaller caller, VersionFeed feed)
{
    /// <summary>
    /// Enters a version. The same bytes under the same name again change nothing; other bytes under a known name are
    /// refused. A pointer may know fewer digests than were pushed with the files.
    /// </summary>
    internal async Task<VersionDone> Enter(
        NewVersion given,
        List<GivenDigest> digests,
        CancellationToken ct,
        bool mayBeFewer = false
    )
    {
        var asset = await db.One<Asset>(given.Asset, ct);
        if (!VersionProcess.Versioned.Contains(asset.Kind))
            throw new InputInvalid("asset", $"{asset.Ref} is no model, no data and nothing that makes them.");
        var input = given with { Name = VersionName.Read(given.Name, "name") };
        var sources = await Sources(input.MadeFrom, ct);
        var shelf = await VersionShelf.Of(db, [asset.Id], ct, input.Name);
        if (shelf.Find(asset.Id, input.Name) is { } known)
            return await Same(known, input, digests, sources, mayBeFewer, ct);
        asset.MustNotBeRetired();
        var version = await db.Enter(
            new AssetVersion
            {
                AssetId = asset.Id,
                AssetName = asset.Name,
                Name = input.Name,
                Bytes = input.Bytes,
                Format = input.Format,
                Run = input.Run,
                Commit = input.Commit,
                Location = input.Location,
                EnteredBy = caller.Value.Name,
            },
            ct
        );
        await feed.Add(version.Id, digests, ct);
        await db.Connect(version, LinkTypes.VersionOf, asset, ct);
        foreach (var (source, _) in sources)
            await db.Connect(version, LinkTypes.MadeFrom, source, ct);
        return new VersionDone(version);
    }

    private async Task<VersionDone> Same(
        ShelvedVersion known,
        NewVersion input,
        List<GivenDigest> digests,
        IReadOnlyList<(AssetVersion Version, string Kind)> sources,
        bool mayBeFewer,
        CancellationToken ct
    )
    {
        var (version, stored) = (known.Version, known.Digests);
        if (sources.Any(s => s.Version.Id == version.Id))
            throw new InputInvalid("madeFrom", $"{version.Ref} was not made from itself.");
        var given = digests.Select(d => d.Value).ToList();
        var same = stored.SetEquals(given) || (mayBeFewer && given.Count > 0 && given.TrueForAll(stored.Contains));
        // A source that knew no digest, or only one that can be forged, told of it first.
        var more =
            version.State == AssetVersionState.Entered
            && stored.All(d => given.Contains(d) && new GivenDigest(d, null).IsForgeable);
        if (!same && !more)
            throw new RuleBroken(
                "versions.create.other-bytes",
                $"{version.Ref} is {version.Caption} already, with other bytes. Known: {Short(stored)}. "
                    + $"Given: {Short(given)}. Call what was made now by another name, and find out why the bytes differ."
            );
        if (!same)
            await feed.Add(version.Id, digests.Where(d => !stored.Contains(d.Value)), ct);
        return new VersionDone(version).Saying([], await feed.Again(known, input, sources, ct));
    }

    private static string Short(IReadOnlyCollection<string> digests) =>
        string.Join(", ", digests.Order(StringComparer.Ordinal).Take(3))
        + (digests.Count > 3 ? $" and {digests.Count - 3} more" : "");

    private async Task<IReadOnlyList<(AssetVersion Version, string Kind)>> Sources(
        List<string> given,
        CancellationToken ct
    )
    {
        var sources = new List<AssetVersion>();
        for (var i = 0; i < given.Count; i++)
            sources.Add(
                VersionNames.IsDigest(given[i])
                    ? await ByDigest(given[i], $"madeFrom[{i}]", ct)
                    : await ByReference(given[i], $"madeFrom[{i}]", ct)
            );
        var owners = sources.Select(s => s.AssetId).Distinct().ToList();
        var kinds = await db.Set<Asset>()
            .Where(a => owners.Contains(a.Id))
            .Select(a => new { a.Id, a.Kind })
            .ToDictionaryAsync(a => a.Id, a => a.Kind, ct);
        return [.. sources.DistinctBy(s => s.Id).Select(s => (s, kinds[s.AssetId]))];
    }

    private async Task<AssetVersion> ByReference(string text, string field, CancellationToken ct)
    {
        try
        {
            return await db.One<AssetVersion>(text.Trim(), ct);
        }
        catch (NotFound e)
        {
            throw new InputInvalid(
                field,
                $"{e.Message} Give a reference such as AVER-2, or a digest such as sha256:9f86…."
            );
        }
    }

    private async Task<AssetVersion> ByDigest(string text, string field, CancellationToken ct)
    {
        var given = GivenDigest.Read(text, field);
        if (given.IsForgeable)
            throw new InputInvalid(
                field,
                "Other bytes with the same MD5 or SHA-1 can be made on purpose, so it names no origin. Give the SHA-256 "
                    + "or the reference."
            );
        var digest = given.Value;
        var having = db.Set<VersionDigest>().Where(d => d.Value == digest).Select(d => d.VersionId);
        var found = await db.Set<AssetVersion>()
            .Where(v => having.Contains(v.Id))
            .OrderBy(v => v.Number)
            .Take(10)
            .ToListAsync(ct);
        return found switch
        {
            [var one] => one,
            [] => throw new InputInvalid(field, "No version has these bytes. Enter what it was made from first."),
            _ => throw new InputInvalid(
                field,
                $"Several versions have these bytes: {string.Join(", ", found.Select(v => v.Ref))}. Name one of them."
            ),
        };
    }
}
