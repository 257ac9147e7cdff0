using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// Access reviews that were closed (A.5.18, A.8.2 and every control that asks for a look at who may do what).
/// </summary>
public sealed class AccessReviewRecords(MoatDb db) : IOwnRecords
{
    private const int LinesToRead = 10;
    private const int SecondsALine = 2;

    /// <inheritdoc />
    public string Source => "access-reviews";

    /// <inheritdoc />
    public string CountsWhen =>
        "A closed access review with a decision on each access, not taken faster than anybody can read.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var reviews = await db.Set<AccessReview>()
            .Where(r => r.State == AccessReviewState.Closed && r.ChangedAt >= since)
            .Select(r => new
            {
                r.Id,
                r.Number,
                r.Title,
                r.Kinds,
                r.ChangedAt,
            })
            .ToListAsync(ct);
        var ids = reviews.Select(r => r.Id).ToList();
        var decided = await db.Set<AccessReviewItem>()
            .Where(i => ids.Contains(i.ReviewId) && i.DecidedAt != null)
            .GroupBy(i => i.ReviewId)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                First = g.Min(i => i.DecidedAt),
                Last = g.Max(i => i.DecidedAt),
            })
            .ToDictionaryAsync(g => g.Key, ct);
        return
        [
            .. reviews.Select(r => new OwnRecord(
                $"ARV-{r.Number}",
                r.Title,
                r.ChangedAt,
                About(r.Kinds),
                decided.GetValueOrDefault(r.Id) is { } d
                    ? Lacking(d.Count, d.Last!.Value - d.First!.Value)
                    : "decided about no access"
            )),
        ];
    }

    /// <summary>
    /// Every review shows access rights; what it looked at decides which controls over single kinds of systems it shows
    /// as well.
    /// </summary>
    private static List<string> About(List<string> kinds) =>
        [
            "A.5.15",
            "A.5.18",
            "A.8.2",
            .. kinds.Any(k => k.Contains("repository", StringComparison.Ordinal)) ? ["A.8.4"] : Array.Empty<string>(),
            .. kinds.Any(k =>
                k.Contains("bucket", StringComparison.Ordinal) || k.Contains("model", StringComparison.Ordinal)
            )
                ? ["A.8.3"]
                : Array.Empty<string>(),
        ];

    private static string? Lacking(int decisions, TimeSpan took) =>
        decisions > LinesToRead && took < TimeSpan.FromSeconds(decisions * SecondsALine)
            ? $"decided about {decisions} accesses in {(int)took.TotalSeconds} seconds"
            : null;
}
