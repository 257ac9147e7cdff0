using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Retirements;

namespace Moat.Isms.Assets;

/// <summary>Reads the asset register.</summary>
[Process("assets", "What the company must protect: models, data, pipelines, endpoints and what they hang on.")]
public sealed class AssetReading(MoatDb db, CurrentCaller caller, IRelatedRisks risks)
{
    private const int MostNodes = 120;
    private static readonly Pager<Asset> Pages = new(new SortKey<Asset>("need", a => a.Need));

    /// <summary>A page of the register.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List assets with what they need of confidentiality, integrity and availability"
    )]
    public async Task<Page<AssetRow>> List(ListAssets input, CancellationToken ct)
    {
        var query = db.Set<Asset>().Of(input.Standing);
        if (input.Kind is { } kind)
            query = query.Where(a => a.Kind == kind);
        if (input.InScope is { } inScope)
            query = query.Where(a => a.InScope == inScope);
        if (input.CrownJewel is { } jewel)
            query = query.Where(a => a.CrownJewel == jewel);
        if (input.MinNeed is { } need)
            query = query.Where(a => a.Need >= need);
        if (input.Owner is { } owner)
        {
            var person = owner switch
            {
                "nobody" => null,
                "me" => caller.Value.PersonId,
                _ => (Guid?)(await db.One<Person>(owner, ct)).Id,
            };
            query = query.Where(a => a.OwnerId == person);
        }
        var people = db.Set<Person>();
        var links = db.Links;
        return await Pages.Page(
            db,
            query,
            input,
            a => new AssetRow(
                "AST-" + a.Number,
                a.Version,
                a.Name,
                a.Kind,
                a.Standing,
                a.NeedsConfidentiality,
                a.NeedsIntegrity,
                a.NeedsAvailability,
                a.CrownJewel,
                a.InScope,
                people.Where(p => p.Id == a.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
                people.Where(p => p.Id == a.OwnerId).Select(p => p.Name).FirstOrDefault(),
                links.Count(l => l.ToId == a.Id && l.Type == LinkTypes.Threatens)
            ),
            ct
        );
    }

    /// <summary>One asset with its relations, risks and why it needs what it needs.</summary>
    [Query("get", Permission.ReadIsms, "Read one asset and why it needs what it needs")]
    public async Task<AssetView> Get(OneRecord input, CancellationToken ct)
    {
        var asset = await db.One<Asset>(input.Ref, ct);
        var owner = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == asset.OwnerId, ct);
        var links = await db
            .Links.Where(l => LinkTypes.BetweenAssets.Contains(l.Type) && (l.FromId == asset.Id || l.ToId == asset.Id))
            .Take(500)
            .ToListAsync(ct);
        var ids = links.Select(l => l.FromId == asset.Id ? l.ToId : l.FromId).Distinct().ToList();
        var others = await db.Set<Asset>().Of(null).Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        return new AssetView
        {
            Ref = asset.Ref,
            Version = asset.Version,
            Name = asset.Name,
            Kind = asset.Kind,
            Description = asset.Description,
            Location = asset.Location,
            ExternalId = asset.ExternalId,
            Standing = asset.Standing,
            WhyProposed = asset.WhyProposed,
            OwnerRef = owner?.Ref,
            Owner = owner?.Name,
            CrownJewel = asset.CrownJewel,
            InScope = asset.InScope,
            Confidentiality = asset.Confidentiality,
            Integrity = asset.Integrity,
            Availability = asset.Availability,
            NeedsConfidentiality = asset.NeedsConfidentiality,
            NeedsIntegrity = asset.NeedsIntegrity,
            NeedsAvailability = asset.NeedsAvailability,
            Inherited = [.. Inherited(asset, links, others)],
            Relations =
            [
                .. from link in links
                let outgoing = link.FromId == asset.Id
                where others.ContainsKey(outgoing ? link.ToId : link.FromId)
                let other = others[outgoing ? link.ToId : link.FromId]
                orderby outgoing descending, link.Type, other.Number
                select new AssetRelation(link.Type, outgoing, other.Ref, other.Name, other.Kind, link.Source),
            ],
            Risks = await RisksOf(asset.Id, ct),
            ChangedAt = asset.ChangedAt,
            ChangedBy = asset.ChangedBy,
            Retired = await db.RetirementOf(asset, ct),
        };
    }

    /// <summary>The assets that need most, and how they hang together.</summary>
    [Query("graph", Permission.ReadIsms, "Assets and relations for drawing, those that need most first")]
    public async Task<AssetGraph> Graph(Nothing input, CancellationToken ct)
    {
        var query = db.Set<Asset>().Of(null);
        var total = await query.CountAsync(ct);
        var assets = await query.OrderByDescending(a => a.Need).ThenBy(a => a.Number).Take(MostNodes).ToListAsync(ct);
        var refs = assets.ToDictionary(a => a.Id, a => a.Ref);
        var ids = assets.Select(a => a.Id).ToList();
        var links = await db
            .Links.Where(l =>
                LinkTypes.BetweenAssets.Contains(l.Type) && ids.Contains(l.FromId) && ids.Contains(l.ToId)
            )
            .ToListAsync(ct);
        return new AssetGraph(
            [
                .. assets.Select(a => new GraphNode(
                    a.Ref,
                    a.Name,
                    a.Kind,
                    a.Need,
                    a.CrownJewel,
                    a.Standing == Standing.Proposed
                )),
            ],
            [.. links.Select(l => new GraphEdge(refs[l.FromId], refs[l.ToId], l.Type))],
            total
        );
    }

    private static IEnumerable<InheritedNeed> Inherited(
        Asset asset,
        IReadOnlyList<Link> links,
        Dictionary<Guid, Asset> others
    ) =>
        from property in new[]
        {
            SecurityProperty.Confidentiality,
            SecurityProperty.Integrity,
            SecurityProperty.Availability,
        }
        let need = NeedOf(asset, property)
        where need > OwnOf(asset, property)
        from link in links
        from rule in FlowRule.Table
        where rule.Relation == link.Type && rule.TargetOf(link) == asset.Id && rule.Properties.HasFlag(property)
        let source = others.GetValueOrDefault(rule.SourceOf(link))
        where source is not null && NeedOf(source, property) == need
        select new InheritedNeed(
            property.ToString().ToLowerInvariant(),
            need,
            source.Ref,
            source.Name,
            link.Type,
            rule.Because
        );

    private static int NeedOf(Asset asset, SecurityProperty property) =>
        property switch
        {
            SecurityProperty.Confidentiality => asset.NeedsConfidentiality,
            SecurityProperty.Integrity => asset.NeedsIntegrity,
            _ => asset.NeedsAvailability,
        };

    private static int OwnOf(Asset asset, SecurityProperty property) =>
        property switch
        {
            SecurityProperty.Confidentiality => asset.Confidentiality,
            SecurityProperty.Integrity => asset.Integrity,
            _ => asset.Availability,
        };

    private async Task<IReadOnlyList<Related>> RisksOf(Guid asset, CancellationToken ct) =>
        await risks
            .Among(db.Links.Where(l => l.ToId == asset && l.Type == LinkTypes.Threatens).Select(l => l.FromId))
            .Take(100)
            .ToListAsync(ct);
}
