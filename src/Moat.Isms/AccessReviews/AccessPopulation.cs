using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge.Checks;

namespace Moat.Isms.AccessReviews;

/// <summary>One access as it is collected now.</summary>
public sealed record CollectedAccess(
    Guid? ResourceId,
    string ResourceName,
    Guid? OwnerId,
    string Principal,
    string Permission,
    Guid? PersonId
);

/// <summary>A resource with who can reach it, as far as its source tells.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="OwnerId">Who answers for the asset that it is.</param>
/// <param name="Told">What the fact that stands names.</param>
/// <param name="Unseen">Why who can reach it now cannot be seen; null when it can.</param>
public sealed record ReachedResource(Resource Resource, Guid? OwnerId, ToldPrincipals Told, string? Unseen);

/// <summary>Every access that is collected, and the resources of which it cannot be seen who reaches them.</summary>
public sealed record Population(IReadOnlyList<CollectedAccess> Accesses, IReadOnlyList<ReachedResource> Unseen);

/// <summary>Who can reach what, read from the facts that stand and from the accounts of Moat itself.</summary>
public sealed class AccessPopulation(MoatDb db)
{
    /// <summary>The kind that stands for the accounts here.</summary>
    public const string Accounts = "moat";

    /// <summary>Every access of the given kinds, in a fixed order, with what cannot be seen.</summary>
    public async Task<Population> Read(IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var known = await KnownAccounts.Read(db, ct);
        var resources = await Reached(db.Set<Resource>().Where(r => kinds.Contains(r.Kind) && r.GoneAt == null), ct);
        var found = resources
            .SelectMany(r =>
                r.Told.Named.Select(p => new CollectedAccess(
                    r.Resource.Id,
                    r.Resource.Name,
                    r.OwnerId,
                    p.Id,
                    p.Permission,
                    known.Behind(p.Id)
                ))
            )
            .ToList();
        if (kinds.Contains(Accounts))
            found.AddRange(
                (await Members(ct)).Select(m => new CollectedAccess(
                    null,
                    "Moat",
                    null,
                    m.Email,
                    $"{m.Role}",
                    m.PersonId
                ))
            );
        return new Population(found, [.. resources.Where(r => r.Unseen is not null)]);
    }

    /// <summary>Those resources with who can reach them, gone ones as well.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReachedResource>> Of(
        IReadOnlyCollection<Guid> resources,
        CancellationToken ct
    ) => (await Reached(db.Set<Resource>().Where(r => resources.Contains(r.Id)), ct)).ToDictionary(r => r.Resource.Id);

    /// <summary>The accounts of Moat itself that can be used.</summary>
    public Task<List<Membership>> Members(CancellationToken ct) =>
        db.Set<Membership>().Where(m => m.RevokedAt == null).OrderBy(m => m.Number).ToListAsync(ct);

    /// <summary>The kinds of resources whose facts say who can reach them, or that this cannot be read.</summary>
    public Task<IReadOnlyList<AccessKind>> Kinds(CancellationToken ct) =>
        db.Unchanged(
            (nameof(AccessPopulation), CheckReading.Hour(db)),
            async () =>
            {
                var facts = db.Set<ResourceFact>();
                var telling = await Reached(
                    db.Set<Resource>()
                        .Where(r =>
                            r.GoneAt == null
                            && facts.Any(f =>
                                f.ResourceId == r.Id
                                && f.ObservedAt == r.ObservedAt
                                && f.Content.Contains($"\"{ToldPrincipals.Member}\"")
                            )
                        ),
                    ct
                );
                var kinds = telling
                    .GroupBy(r => r.Resource.Kind)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new AccessKind(
                        g.Key,
                        ResourceKind.Of(g.Key).Title,
                        g.Count(),
                        g.Sum(r => r.Told.Named.Count),
                        g.Count(r => r.Unseen is not null)
                    ));
                return (IReadOnlyList<AccessKind>)
                    [.. kinds, new AccessKind(Accounts, "Accounts of Moat", 1, (await Members(ct)).Count, 0)];
            },
            ct
        );

    private async Task<IReadOnlyList<ReachedResource>> Reached(IQueryable<Resource> resources, CancellationToken ct)
    {
        var rows = await (
            from resource in resources
            join fact in db.Set<ResourceFact>()
                on new
                {
                    resource.Id,
                    At = resource.ObservedAt,
                    resource.Sha256,
                } equals new
                {
                    Id = fact.ResourceId,
                    At = fact.ObservedAt,
                    fact.Sha256,
                }
            join known in db.Set<Asset>() on resource.AssetId equals known.Id into assets
            from asset in assets.DefaultIfEmpty()
            orderby resource.Number
            select new
            {
                resource,
                Owner = asset == null ? null : asset.OwnerId,
                fact.Content,
            }
        ).ToListAsync(ct);
        return
        [
            .. rows.Select(r => (r.resource, r.Owner, Told: ToldPrincipals.Of(r.Content)))
                .Select(r => new ReachedResource(r.resource, r.Owner, r.Told, Unseen(r.resource) ?? r.Told.Why)),
        ];
    }

    private string? Unseen(Resource resource) =>
        resource.GoneAt is { } gone ? $"its source does not tell of it any more since {gone:yyyy-MM-dd}"
        : resource.StaleAt < db.Now ? $"nobody told of it since {resource.LastSeenAt:yyyy-MM-dd}"
        : null;
}
