using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>How versions come to be known, are let through and are withdrawn (A.8.31, A.8.32).</summary>
[Process(Name, Summary)]
public sealed class VersionProcess(MoatDb db, CurrentCaller caller, VersionLines lines, VersionFeed feed)
{
    internal const string Name = "versions";
    internal const string Summary =
        "Versions of models and data: exact bytes, what they were made from, who let them through, what serves.";

    /// <summary>Kinds of assets that have versions: a team or an office has no bytes.</summary>
    public static IReadOnlyList<string> Versioned { get; } =
    [
        "model",
        "dataset",
        "feature-store",
        "prompt",
        "pipeline",
        "repository",
        "notebook",
        "training-environment",
        "bucket",
        "other",
    ];

    /// <summary>
    /// Enters a version. The same bytes under the same name again change nothing; other bytes under a known name are
    /// refused.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "create",
            Permission.EditAssets,
            "Enter a version of a model, a dataset or a pipeline with the digests of its bytes"
        )
    ]
    public async Task<Done> Create(CreateVersion input, CancellationToken ct)
    {
        var asset = await db.One<Asset>(input.Asset, ct);
        if (!Versioned.Contains(asset.Kind))
            throw new InputInvalid("asset", $"{asset.Ref} is no model, no data and nothing that makes them.");
        var digests = Digests(input.Digests);
        var versions = db.Set<AssetVersion>();
        if (await versions.FirstOrDefaultAsync(v => v.AssetId == asset.Id && v.Name == input.Name, ct) is { } known)
            return await Same(known, digests, ct);
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

    /// <summary>A person lets it through: says what was checked about exactly these bytes.</summary>
    [
        ProvenInPack,
        Operation(
            "release",
            Permission.Approve,
            "Let a version through: a person says what was checked about exactly these bytes"
        )
    ]
    public async Task<Done> Release(ReleaseVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        if (!await IsExact(version, ct))
            throw new RuleBroken(
                "versions.release.no-digest",
                $"No digest of {version.Ref} is known that tells its bytes from all others, so nobody can say which bytes "
                    + "were checked. Push it with its files first."
            );
        version.Release(input.Checked, input.Note, caller.Value, db.Now);
        if (await lines.WithdrawnUnder(await SourcesOf(version, ct), ct) is { } source)
            throw new RuleBroken(
                "versions.release.made-from-withdrawn",
                $"{version.Ref} was made from {source.Ref} ({source.Caption}), which was withdrawn: "
                    + $"{source.WithdrawnBecause} Make it again without that."
            );
        if (await WithdrawnTwin(version, ct) is { } twin)
            throw new RuleBroken(
                "versions.release.withdrawn-bytes",
                $"{version.Ref} has the same bytes as {twin.Ref}, which was withdrawn: {twin.WithdrawnBecause}"
            );
        return new Done(version);
    }

    /// <summary>It must not be used any more.</summary>
    [
        ProvenInPack,
        Operation(
            "withdraw",
            Permission.EditAssets,
            "Withdraw a version that must not be used any more, such as a poisoned dataset"
        )
    ]
    public async Task<Done> Withdraw(WithdrawVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        version.Withdraw(input.Reason, caller.Value.Name, db.Now);
        return new Done(version);
    }

    private static List<GivenDigest> Digests(List<string> given)
    {
        var digests = given
            .Select((text, i) => GivenDigest.Read(text, $"digests[{i}]"))
            .DistinctBy(d => d.Value)
            .ToList();
        return digests.Any(d => !d.IsForgeable)
            ? digests
            : throw new RuleBroken(
                "versions.create.weak-digest",
                "Other bytes with the same MD5 or SHA-1 can be made on purpose, so these alone show nothing. "
                    + "Add a SHA-256."
            );
    }

    private async Task<Done> Same(AssetVersion known, List<GivenDigest> digests, CancellationToken ct)
    {
        var stored = await db.Set<VersionDigest>()
            .Where(d => d.VersionId == known.Id)
            .Select(d => d.Value)
            .ToListAsync(ct);
        var given = digests.Select(d => d.Value).ToList();
        if (stored.ToHashSet().SetEquals(given))
            return new Done(known);
        // A source that knew no digest, or only one that can be forged, told of it first.
        if (known.State == AssetVersionState.Entered && stored.TrueForAll(d => given.Contains(d) && IsWeak(d)))
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

    private static bool IsWeak(string digest) => new GivenDigest(digest, null).IsForgeable;

    private static string Short(IReadOnlyCollection<string> digests) =>
        string.Join(", ", digests.Order(StringComparer.Ordinal).Take(3))
        + (digests.Count > 3 ? $" and {digests.Count - 3} more" : "");

    private async Task<IReadOnlyList<AssetVersion>> Sources(List<string> given, CancellationToken ct)
    {
        var sources = new List<AssetVersion>();
        for (var i = 0; i < given.Count; i++)
            sources.Add(
                GivenDigest.Is(given[i])
                    ? await ByDigest(given[i], $"madeFrom[{i}]", ct)
                    : await db.One<AssetVersion>(given[i], ct)
            );
        return [.. sources.DistinctBy(s => s.Id)];
    }

    private async Task<AssetVersion> ByDigest(string text, string field, CancellationToken ct)
    {
        var digest = GivenDigest.Read(text, field).Value;
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

    private async Task<bool> IsExact(AssetVersion version, CancellationToken ct) =>
        (
            await db.Set<VersionDigest>().Where(d => d.VersionId == version.Id).Select(d => d.Value).ToListAsync(ct)
        ).Exists(d => !IsWeak(d));

    private async Task<List<Guid>> SourcesOf(AssetVersion version, CancellationToken ct) =>
        await db
            .Links.Where(l => l.FromId == version.Id && l.Type == LinkTypes.MadeFrom)
            .Select(l => l.ToId)
            .ToListAsync(ct);

    private async Task<AssetVersion?> WithdrawnTwin(AssetVersion version, CancellationToken ct)
    {
        var own = await db.Set<VersionDigest>()
            .Where(d => d.VersionId == version.Id)
            .Select(d => d.Value)
            .ToListAsync(ct);
        var sharing = db.Set<VersionDigest>()
            .Where(d => own.Contains(d.Value) && d.VersionId != version.Id)
            .Select(d => d.VersionId);
        var withdrawn = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => v.State == AssetVersionState.Withdrawn && sharing.Contains(v.Id))
            .OrderBy(v => v.Number)
            .Take(50)
            .ToListAsync(ct);
        foreach (var other in withdrawn)
        {
            var theirs = await db.Set<VersionDigest>()
                .Where(d => d.VersionId == other.Id)
                .Select(d => d.Value)
                .ToListAsync(ct);
            if (theirs.All(own.Contains) || own.TrueForAll(theirs.Contains))
                return other;
        }
        return null;
    }
}
