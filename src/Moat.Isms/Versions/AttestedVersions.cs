using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Versions that attestations and model signatures tell of. One whose signature is forged tells nothing.
/// </summary>
internal sealed class AttestedVersions(MoatDb db, CurrentCaller caller, VersionFeed feed) : IReportFollower
{
    private const int MostFiles = 1000;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Follow(
        ReadReport report,
        ReportEvidence input,
        EvidenceItem kept,
        DateTime observed,
        CancellationToken ct
    )
    {
        var asset = input.Asset is null ? null : await Named(report, input.Asset, ct);
        var remarks = new List<string>();
        foreach (var fact in report.Facts.Where(f => f.Signed is not null))
        {
            if (fact.Content["forged"] is not null)
                remarks.Add($"The signature is forged, so nothing is told of a version: {fact.Name?.Cut(80)}.");
            else if (AttestedStatement.Of(fact) is { } said)
                remarks.AddRange(await Take(said, asset, input.VersionName, kept.Ref, ct));
        }
        return [.. remarks.Distinct()];
    }

    private async Task<Asset> Named(ReadReport report, string reference, CancellationToken ct)
    {
        if (!report.Facts.Any(f => f.Signed is not null))
            throw new InputInvalid("asset", "Only an attestation tells of a version. Leave it out, or push the files.");
        if (!caller.Value.May(Permission.EditAssets))
            throw new Forbidden("versions.create");
        var asset = await db.One<Asset>(reference, ct);
        asset.MustNotBeRetired();
        return VersionProcess.Versioned.Contains(asset.Kind)
            ? asset
            : throw new InputInvalid("asset", $"{asset.Ref} is no model, no data and nothing that makes them.");
    }

    private async Task<IReadOnlyList<string>> Take(
        AttestedStatement said,
        Asset? asset,
        string? name,
        string evidence,
        CancellationToken ct
    )
    {
        if (said.Files.Count > MostFiles)
            return [$"An attestation of {said.Files.Count} files tells of no version; {MostFiles} are the most."];
        var by = new VersionTeller(said.Source, evidence);
        if (asset is not null)
        {
            var called =
                (name is null ? null : VersionName.Read(name, "versionName"))
                ?? said.Files.FirstOrDefault(f => !f.IsForgeable)?.Short;
            if (called is null)
                return
                [
                    "The attestation has no digest that tells its files from all others, so it tells of no version.",
                ];
            var shelf = await VersionShelf.Of(db, [asset.Id], ct);
            await Descend(await feed.Take(shelf, asset, Told(called, said.Files, said), by, ct), said, by, ct);
            return [];
        }
        var found = await Having(said.Files, ct);
        var assets = await db.Set<Asset>().Where(a => found.Select(v => v.AssetId).Contains(a.Id)).ToListAsync(ct);
        var known = await VersionShelf.Of(db, [.. assets.Select(a => a.Id)], ct);
        foreach (var version in found)
        {
            var shelved = known.Find(version.AssetId, version.Name)!;
            var own = said.Files.Where(f => shelved.Digests.Contains(f.Value)).ToList();
            var owner = assets.Single(a => a.Id == version.AssetId);
            await Descend(await feed.Take(known, owner, Told(version.Name, own, said), by, ct), said, by, ct);
        }
        return found.Count > 0
            ? []
            :
            [
                "No version is known that has the attested bytes, so the attestation shows nothing for any version: "
                    + $"{(said.Files.Count > 0 ? said.Files[0].Value : "it names no digest that is understood")}.",
            ];
    }

    private static ToldVersion Told(string name, IReadOnlyList<GivenDigest> files, AttestedStatement said) =>
        new(name, files) { Run = said.Run, Commit = said.Commit };

    /// <summary>Only what is known by its digest went into it; a name in a list of materials proves nothing.</summary>
    private async Task Descend(ShelvedVersion made, AttestedStatement said, VersionTeller by, CancellationToken ct)
    {
        foreach (var origin in await Having(said.Materials, ct))
            if (origin.Id != made.Version.Id)
                await feed.Descend(made, origin, "", contradicts: false, by, ct);
    }

    private async Task<List<AssetVersion>> Having(IReadOnlyList<GivenDigest> digests, CancellationToken ct)
    {
        var values = digests.Where(d => !d.IsForgeable).Select(d => d.Value).Take(MostFiles).ToList();
        if (values.Count == 0)
            return [];
        var having = db.Set<VersionDigest>().Where(d => values.Contains(d.Value)).Select(d => d.VersionId);
        return await db.Set<AssetVersion>().Where(v => having.Contains(v.Id)).OrderBy(v => v.Number).ToListAsync(ct);
    }
}
