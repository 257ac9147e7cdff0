using Moat.Isms.Kernel;

namespace Moat.Isms.Assets;

/// <summary>The three properties that information security protects.</summary>
[Flags]
public enum SecurityProperty
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Only those who may, know it.</summary>
    Confidentiality = 1,

    /// <summary>Nobody changes it unnoticed.</summary>
    Integrity = 2,

    /// <summary>It is there when it is needed.</summary>
    Availability = 4,
}

/// <summary>One way in which the need of an asset becomes the need of another.</summary>
/// <param name="Relation">The relation it flows along.</param>
/// <param name="Properties">What flows.</param>
/// <param name="WithRelation">True when it flows from the relation's start to its end.</param>
/// <param name="Because">Why, as the page says it.</param>
public sealed record FlowRule(string Relation, SecurityProperty Properties, bool WithRelation, string Because)
{
    private const SecurityProperty All =
        SecurityProperty.Confidentiality | SecurityProperty.Integrity | SecurityProperty.Availability;

    /// <summary>All rules.</summary>
    public static IReadOnlyList<FlowRule> Table { get; } =
    [
        new(
            LinkTypes.TrainedOn,
            SecurityProperty.Confidentiality,
            WithRelation: false,
            "a model can give away what it was trained on"
        ),
        new(
            LinkTypes.TrainedOn,
            SecurityProperty.Integrity,
            WithRelation: true,
            "whoever changes the data changes the model"
        ),
        new(LinkTypes.StoredIn, All, WithRelation: true, "it keeps it"),
        new(
            LinkTypes.BuiltBy,
            SecurityProperty.Integrity,
            WithRelation: true,
            "whoever changes what builds it changes it"
        ),
        new(
            LinkTypes.DeployedTo,
            SecurityProperty.Integrity | SecurityProperty.Availability,
            WithRelation: true,
            "it serves it"
        ),
        new(LinkTypes.SuppliedBy, SecurityProperty.Availability, WithRelation: true, "without the supplier it stops"),
        new(
            LinkTypes.DependsOn,
            SecurityProperty.Integrity | SecurityProperty.Availability,
            WithRelation: true,
            "it cannot work without it"
        ),
    ];

    /// <summary>The asset whose need flows along this link.</summary>
    public Guid SourceOf(Link link) => WithRelation ? link.FromId : link.ToId;

    /// <summary>The asset that it flows to.</summary>
    public Guid TargetOf(Link link) => WithRelation ? link.ToId : link.FromId;
}

/// <summary>
/// Lets classification flow along relations until nothing changes (A.5.12): what an asset needs is the highest of what
/// people gave it and what flows to it. Looks only at what a change can reach.
/// </summary>
public sealed class ClassificationFlow(MoatDb db)
{
    private const int Batch = 500;

    /// <summary>Computes the needs of the changed assets and of all that their needs flow to.</summary>
    public async Task Spread(IEnumerable<Asset> changed, CancellationToken ct)
    {
        var affected = changed.DistinctBy(a => a.Id).ToDictionary(a => a.Id);
        var flows = new HashSet<(FlowRule Rule, Guid Source, Guid Target)>();
        var frontier = affected.Keys.ToList();
        while (frontier.Count > 0)
        {
            var found = (await Touching(frontier, ct)).SelectMany(Flows).ToList();
            flows.UnionWith(found);
            var here = frontier.ToHashSet();
            frontier =
            [
                .. found
                    .Where(f => here.Contains(f.Source) && !affected.ContainsKey(f.Target))
                    .Select(f => f.Target)
                    .Distinct(),
            ];
            foreach (var asset in await Load(frontier, ct))
                affected[asset.Id] = asset;
        }
        var sources = (
            await Load(
                flows
                    .Where(f => affected.ContainsKey(f.Target) && !affected.ContainsKey(f.Source))
                    .Select(f => f.Source)
                    .Distinct()
                    .ToList(),
                ct
            )
        )
            .Concat(affected.Values)
            .Where(a => a.Standing is Standing.Proposed or Standing.Adopted)
            .ToDictionary(a => a.Id);
        Settle(
            affected,
            sources,
            [.. flows.Where(f => affected.ContainsKey(f.Target) && sources.ContainsKey(f.Source))]
        );
    }

    private static void Settle(
        Dictionary<Guid, Asset> affected,
        Dictionary<Guid, Asset> sources,
        IReadOnlyList<(FlowRule Rule, Guid Source, Guid Target)> flows
    )
    {
        foreach (var asset in affected.Values)
            asset.Need3(asset.Confidentiality, asset.Integrity, asset.Availability);
        for (var moved = true; moved; )
        {
            moved = false;
            foreach (var (rule, source, target) in flows)
                moved |= Raise(affected[target], sources[source], rule.Properties);
        }
    }

    private static bool Raise(Asset target, Asset source, SecurityProperty properties)
    {
        var c = properties.HasFlag(SecurityProperty.Confidentiality) ? source.NeedsConfidentiality : 0;
        var i = properties.HasFlag(SecurityProperty.Integrity) ? source.NeedsIntegrity : 0;
        var a = properties.HasFlag(SecurityProperty.Availability) ? source.NeedsAvailability : 0;
        if (c <= target.NeedsConfidentiality && i <= target.NeedsIntegrity && a <= target.NeedsAvailability)
            return false;
        target.Need3(
            Math.Max(c, target.NeedsConfidentiality),
            Math.Max(i, target.NeedsIntegrity),
            Math.Max(a, target.NeedsAvailability)
        );
        return true;
    }

    private static IEnumerable<(FlowRule Rule, Guid Source, Guid Target)> Flows(Link link) =>
        FlowRule.Table.Where(r => r.Relation == link.Type).Select(r => (r, r.SourceOf(link), r.TargetOf(link)));

    private async Task<IReadOnlyList<Link>> Touching(List<Guid> assets, CancellationToken ct)
    {
        var known = new HashSet<Link>();
        foreach (var some in assets.Chunk(Batch).Select(c => c.ToHashSet()))
            known.UnionWith(
                await db.AsOfNow<Link>(
                    l => LinkTypes.BetweenAssets.Contains(l.Type) && (some.Contains(l.FromId) || some.Contains(l.ToId)),
                    ct
                )
            );
        return [.. known];
    }

    private async Task<IReadOnlyList<Asset>> Load(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = new List<Asset>();
        foreach (var some in ids.Chunk(Batch).Select(c => c.ToHashSet()))
            found.AddRange(await db.AsOfNow<Asset>(a => some.Contains(a.Id), ct));
        return found;
    }
}
