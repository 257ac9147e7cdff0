using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.AccessReviews;

/// <summary>Whether a decision is seen to be carried out.</summary>
/// <param name="Done">It is.</param>
/// <param name="Why">Why it is not, in words that follow "not seen:".</param>
/// <param name="ByHand">No collection can see it, so that somebody has to look.</param>
public sealed record Sight(bool Done, string? Why = null, bool ByHand = false);

/// <summary>
/// Sees whether revocations and changes happened. What cannot be seen MUST NOT count as done: the resource is there and
/// told of in time, its principals are named, and that was observed after the decision.
/// </summary>
public sealed class AccessFollowing(MoatDb db, AccessPopulation population)
{
    /// <summary>How each decision of a review stands that waits to be carried out, by the access's id.</summary>
    public async Task<IReadOnlyDictionary<Guid, Sight>> Look(AccessReview review, CancellationToken ct)
    {
        var all = await db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id).ToListAsync(ct);
        var waiting = all.Where(i => i.Waits).ToList();
        if (waiting.Count == 0)
            return new Dictionary<Guid, Sight>();
        var together = all.ToLookup(i => (i.ResourceId, i.Principal.ToUpperInvariant()));
        var resources = await population.Of([.. waiting.Select(i => i.ResourceId).OfType<Guid>().Distinct()], ct);
        var members = await population.Members(ct);
        return waiting.ToDictionary(
            i => i.Id,
            i =>
            {
                var reached = i.ResourceId is { } id ? resources.GetValueOrDefault(id) : null;
                if (i.ResourceId is not null && Blind(reached, i) is { } why)
                    return new Sight(Done: false, why, ByHand: true);
                var may = reached is null
                    ? members.Where(m => Same(m.Email, i.Principal)).Select(m => $"{m.Role}")
                    : reached.Told.Named.Where(p => Same(p.Id, i.Principal)).Select(p => p.Permission);
                return Compare(
                    i,
                    [.. may],
                    [.. together[(i.ResourceId, i.Principal.ToUpperInvariant())].Where(o => o.Id != i.Id)]
                );
            }
        );
    }

    /// <summary>
    /// Writes down what is seen now, and answers how many that are and whether nothing waits any more.
    /// </summary>
    public async Task<(int Shown, bool Done)> Follow(AccessReview review, CancellationToken ct)
    {
        var seen = await Look(review, ct);
        var done = seen.Where(s => s.Value.Done).Select(s => s.Key).ToList();
        foreach (var item in await db.Set<AccessReviewItem>().Where(i => done.Contains(i.Id)).ToListAsync(ct))
            item.Show(db.Now);
        return (done.Count, done.Count == seen.Count);
    }

    private static string? Blind(ReachedResource? reached, AccessReviewItem item) =>
        reached is null ? "cannot be read: nothing is collected about the resource"
        : reached.Unseen is { } why ? $"cannot be read: {why}"
        : reached.Resource.ConfirmedAt <= item.DecidedAt ? "nothing was collected since the decision"
        : null;

    /// <summary>
    /// A right that neither the review knew nor somebody wanted is another one in place of the old, not its end.
    /// </summary>
    private static Sight Compare(
        AccessReviewItem item,
        IReadOnlyList<string> may,
        IReadOnlyList<AccessReviewItem> others
    )
    {
        var wanted = item.Decision == AccessDecision.Change ? item.WantedPermission : null;
        var known = others
            .Select(o => o.Permission)
            .Concat(others.Select(o => o.WantedPermission))
            .Append(wanted)
            .OfType<string>()
            .ToList();
        var still = may.Any(m => Same(m, item.Permission)) || may.Any(m => !known.Exists(k => Same(k, m)));
        if (still)
            return new Sight(Done: false, $"may {string.Join(", ", may)} now");
        // Reviews from before a change said what is wanted have only the old right to compare with.
        if (wanted is null || may.Any(m => Same(m, wanted)))
            return new Sight(Done: true);
        return new Sight(Done: false, $"may not {wanted} there yet", ByHand: true);
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
