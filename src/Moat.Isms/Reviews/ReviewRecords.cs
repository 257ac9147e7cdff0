using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Reviews;

/// <summary>Management reviews that were held (A.5.4, A.5.35).</summary>
public sealed class ReviewRecords(MoatDb db) : IOwnRecords
{
    private const int LeastConclusions = 3;

    /// <inheritdoc />
    public string Source => "management-reviews";

    /// <inheritdoc />
    public string CountsWhen => "A management review by more than one person whose topics have conclusions.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var reviews = await db.Set<ManagementReview>()
            .Where(r => r.ApprovedAt >= since)
            .Select(r => new
            {
                r.Id,
                r.Number,
                r.Title,
                r.Attended,
                At = r.ApprovedAt!.Value,
            })
            .ToListAsync(ct);
        var ids = reviews.Select(r => r.Id).ToList();
        var conclusions = (
            await db.Set<ReviewConclusion>()
                .Where(c => ids.Contains(c.ReviewId))
                .Select(c => new { c.ReviewId, c.Text })
                .ToListAsync(ct)
        )
            .Where(c => Substance.Says(c.Text, 3))
            .CountBy(c => c.ReviewId)
            .ToDictionary();
        return
        [
            .. reviews.Select(r => new OwnRecord(
                $"MREV-{r.Number}",
                r.Title,
                r.At,
                Lacking: r.Attended.Count < 2 ? "was attended by one person"
                    : conclusions.GetValueOrDefault(r.Id) < LeastConclusions ? "has topics without a conclusion"
                    : null
            )),
        ];
    }
}
