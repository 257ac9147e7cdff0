using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Reviews;

/// <summary>Management reviews (clause 9.3).</summary>
[Process(Name, Summary)]
public sealed class ManagementReviewProcess(MoatDb db, ReviewReading reading, DecisionFollowing following)
{
    internal const string Name = "reviews";
    internal const string Summary =
        "Top management looks at the ISMS: inputs frozen from the records, conclusions, decisions, approved minutes (9.3).";
    private const int MostShown = 200;

    /// <summary>The reviews, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "List management reviews with what became of their decisions")]
    public async Task<IReadOnlyList<ReviewRow>> List(Nothing input, CancellationToken ct)
    {
        var rows = await (
            from review in db.Set<ManagementReview>()
            join chair in db.Set<Person>() on review.ChairId equals chair.Id
            orderby review.ScheduledOn descending, review.Number descending
            select new { Review = review, Chair = chair.Name }
        )
            .Take(MostShown)
            .ToListAsync(ct);
        var ids = rows.Select(r => r.Review.Id).ToList();
        var decisions = await db.Set<ReviewDecision>().Where(d => ids.Contains(d.ReviewId)).ToListAsync(ct);
        var stands = await following.Of(decisions, ct);
        var of = decisions.ToLookup(d => d.ReviewId, d => stands[d.Id]);
        return
        [
            .. rows.Select(r => new ReviewRow(
                r.Review.Ref,
                r.Review.Version,
                r.Review.Title,
                r.Review.State,
                r.Review.ScheduledOn,
                r.Review.HeldOn,
                r.Chair,
                of[r.Review.Id].Count(),
                of[r.Review.Id].Count(s => s.Done),
                of[r.Review.Id].Count(s => s.Overdue),
                r.Review.MinutesRef,
                !r.Review.WasHeld && r.Review.ScheduledOn < db.Today
            )),
        ];
    }

    /// <summary>One review: agenda with frozen inputs, conclusions, decisions and minutes.</summary>
    [Query("get", Permission.ReadIsms, "Read a management review: frozen inputs, conclusions, decisions and minutes")]
    public async Task<ManagementReviewView> Get(OneRecord input, CancellationToken ct) =>
        await reading.Whole(await db.One<ManagementReview>(input.Ref, ct), ct);
}
