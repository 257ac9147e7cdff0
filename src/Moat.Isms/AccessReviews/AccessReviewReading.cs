using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// Shows the accesses of a review as they stand now: whose they are, what was decided, and what is seen of it.
/// </summary>
public sealed class AccessReviewReading(MoatDb db, CurrentCaller caller, AccessFollowing following)
{
    /// <summary>These accesses, as people read them.</summary>
    public async Task<IReadOnlyList<AccessItemView>> Items(
        AccessReview review,
        IReadOnlyList<AccessReviewItem> items,
        CancellationToken ct
    )
    {
        var known = await KnownAccounts.Read(db, ct);
        var names = await db.Set<Person>().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var resources = await Refs([.. items.Select(i => i.ResourceId).OfType<Guid>()], ct);
        var seen = await following.Look(review, ct);
        return
        [
            .. items.Select(i =>
            {
                var person = i.PersonId ?? (i.Decision == AccessDecision.Pending ? known.Behind(i.Principal) : null);
                var sight = seen.GetValueOrDefault(i.Id);
                return new AccessItemView(
                    i.Position,
                    i.ResourceId is { } id ? resources.GetValueOrDefault(id) : null,
                    i.ResourceName,
                    i.Principal,
                    person is { } who ? names.GetValueOrDefault(who) : null,
                    i.Permission,
                    names.GetValueOrDefault(i.ReviewerId, ""),
                    i.ReviewerId == caller.Value.PersonId,
                    i.Decision,
                    i.Reason,
                    i.DecidedBy,
                    i.DecidedAt,
                    i.ShownAt
                )
                {
                    WantedPermission = i.WantedPermission,
                    NotSeen = sight is { Done: true }
                        ? "a collection shows it; it is written down with the next round"
                        : sight?.Why,
                    ByHand = sight is { ByHand: true },
                    Confirmed = i.ConfirmedBy is { } by ? $"{by}: {i.ConfirmedHow}" : null,
                };
            }),
        ];
    }

    /// <summary>What could not be seen when the population was frozen.</summary>
    public async Task<IReadOnlyList<AccessGapView>> Gaps(AccessReview review, CancellationToken ct)
    {
        var gaps = await db.Set<AccessReviewGap>()
            .Where(g => g.ReviewId == review.Id)
            .OrderBy(g => g.ResourceName)
            .ToListAsync(ct);
        var refs = await Refs([.. gaps.Select(g => g.ResourceId)], ct);
        return [.. gaps.Select(g => new AccessGapView(refs.GetValueOrDefault(g.ResourceId), g.ResourceName, g.Why))];
    }

    private Task<Dictionary<Guid, string>> Refs(List<Guid> resources, CancellationToken ct) =>
        db.Set<Resource>()
            .Where(r => resources.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => "RES-" + r.Number, ct);
}
