using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Assets;

/// <summary>What is done to assets and their relations (A.5.9, A.5.12).</summary>
[Process("assets", "What the company must protect: models, data, pipelines, endpoints and what they hang on.")]
public sealed class AssetRegister(MoatDb db, ClassificationFlow flow, IEnumerable<IAssetFollower> followers)
{
    /// <summary>Enters an asset.</summary>
    [Operation("create", Permission.EditAssets, "Enter an asset")]
    public async Task<Done> Create(CreateAsset input, CancellationToken ct)
    {
        var asset = await db.Enter(
            new Asset
            {
                Name = input.Name,
                Kind = KnownKind(input.Kind),
                Description = input.Description,
                Location = input.Location,
                OwnerId = await db.OwnerId(input.Owner, ct),
                CrownJewel = input.CrownJewel,
                InScope = input.InScope,
            },
            ct
        );
        asset.Classify(input.Confidentiality, input.Integrity, input.Availability);
        return new Done(asset);
    }

    /// <summary>Changes an asset; a new classification flows on.</summary>
    [Operation("edit", Permission.EditAssets, "Change an asset; its classification flows along relations")]
    public async Task<Done> Edit(EditAsset input, CancellationToken ct)
    {
        var asset = await db.One<Asset>(input, ct);
        asset.Name = input.Name ?? asset.Name;
        asset.Kind = input.Kind is null ? asset.Kind : KnownKind(input.Kind);
        asset.Description = input.Description ?? asset.Description;
        asset.Location = input.Location ?? asset.Location;
        if (input.Owner is not null)
            asset.OwnerId = await db.OwnerId(input.Owner, ct);
        asset.CrownJewel = input.CrownJewel ?? asset.CrownJewel;
        asset.InScope = input.InScope ?? asset.InScope;
        asset.Classify(
            input.Confidentiality ?? asset.Confidentiality,
            input.Integrity ?? asset.Integrity,
            input.Availability ?? asset.Availability
        );
        if (input.Adopt)
            asset.Adopt();
        await flow.Spread([asset], ct);
        if (input.CrownJewel is null)
            return new Done(asset);
        foreach (var follower in followers)
            await follower.Follow(asset, ct);
        return new Done(asset);
    }

    /// <summary>Connects two assets.</summary>
    [Operation(
        "relate",
        Permission.EditAssets,
        "Relate two assets: trained-on, stored-in, built-by, deployed-to, supplied-by, depends-on"
    )]
    public async Task<Tally> Relate(RelateAssets input, CancellationToken ct)
    {
        var (from, to) = await Ends(input, ct);
        var link = await db.Connect(from, input.Type, to, ct);
        if (link is not null)
            await flow.Spread([from, to], ct);
        return new Tally(link is null ? 0 : 1, []);
    }

    /// <summary>Takes a relation away; needs that flowed along it fall back.</summary>
    [Operation("unrelate", Permission.EditAssets, "Take a relation between two assets away")]
    public async Task<Tally> Unrelate(RelateAssets input, CancellationToken ct)
    {
        var (from, to) = await Ends(input, ct);
        var link =
            await db.Links.FirstOrDefaultAsync(l => l.FromId == from.Id && l.ToId == to.Id && l.Type == input.Type, ct)
            ?? throw new NotFound($"relation {input.From} {input.Type} {input.To}");
        db.Remove(link);
        await flow.Spread([from, to], ct);
        return new Tally(1, []);
    }

    internal static string KnownKind(string kind, string field = "kind") =>
        AssetKinds.All.ContainsKey(kind)
            ? kind
            : throw new InputInvalid(
                field,
                $"'{kind}' is not a kind of asset. One of: {string.Join(", ", AssetKinds.All.Keys)}."
            );

    private async Task<(Asset From, Asset To)> Ends(RelateAssets input, CancellationToken ct)
    {
        if (!LinkTypes.BetweenAssets.Contains(input.Type))
            throw new InputInvalid("type", $"One of: {string.Join(", ", LinkTypes.BetweenAssets)}.");
        var (from, to) = (await db.One<Asset>(input.From, ct), await db.One<Asset>(input.To, ct));
        return from.Id == to.Id ? throw new InputInvalid("to", "An asset is not related to itself.") : (from, to);
    }
}
