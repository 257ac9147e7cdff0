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
    internal async Task<Done> Enter(
        NewVersion input,
        List<GivenDigest> digests,
        CancellationToken ct,
        bool mayBeFewer = false
    )
    {
        var asset = await db.One<Asset>(input.Asset, ct);
        if (!VersionProcess.Versioned.Contains(asset.Kind))
            throw new InputInvalid("asset", $"{asset.Ref} is no model, no data and nothing that makes them.");
        var versions = db.Set<AssetVersion>();
        if (await versions.FirstOrDefaultAsync(v => v.AssetId == asset.Id && v.Name == input.Name, ct) is { } known)
            return await Same(known, digests, mayBeFewer, ct);
        asset.MustNotBeRetired();
        var sources = await Sources(input.MadeFrom, ct);
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
        foreach (var source in sources)
            await db.Connect(version, LinkTypes.MadeFrom, source, ct);
        return new Done(version);
    }

    private async Task<Done> Same(AssetVersion known, List<GivenDigest> digests, bool mayBeFewer, CancellationToken ct)
    {
        var stored = await db.Set<VersionDigest>()
            .Where(d => d.VersionId == known.Id)
            .Select(d => d.Value)
            .ToListAsync(ct);
        var given = digests.Select(d => d.Value).ToList();
        if (stored.ToHashSet().SetEquals(given) || (mayBeFewer && given.Count > 0 && given.TrueForAll(stored.Contains)))
            return new Done(known);
        // A source that knew no digest, or only one that can be forged, told of it first.
        if (
            known.State == AssetVersionState.Entered
            && stored.TrueForAll(d => given.Contains(d) && new GivenDigest(d, null).IsForgeable)
        )
        {
            await feed.Add(known.Id, digests.Where(d => !stored.Contains(d.Value)), ct);
            return new Done(known);
        }
        throw new RuleBroken(
            "versions.create.other-bytes",
            $"{known.Ref} is {known.Caption} already, with other bytes. Known: {Short(stored)}. Given: {Short(given)}. "
                + "Call what was made now by another name, and find out why the bytes differ."
        );
    }

    private static string Short(IReadOnlyCollection<string> digests) =>
        string.Join(", ", digests.Order(StringComparer.Ordinal).Take(3))
        + (digests.Count > 3 ? $" and {digests.Count - 3} more" : "");

    private async Task<IReadOnlyList<AssetVersion>> Sources(List<string> given, CancellationToken ct)
    {
        var sources = new List<AssetVersion>();
        for (var i = 0; i < given.Count; i++)
            sources.Add(
                VersionNames.IsDigest(given[i])
                    ? await ByDigest(given[i], $"madeFrom[{i}]", ct)
                    : await db.One<AssetVersion>(given[i], ct)
            );
        return [.. sources.DistinctBy(s => s.Id)];
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
