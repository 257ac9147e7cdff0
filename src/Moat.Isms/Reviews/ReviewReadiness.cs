using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Reviews;

/// <summary>What readiness of clause 9.3 is computed from.</summary>
public sealed record ReviewFacts
{
    /// <summary>When the next review is to take place; in the past when it is late.</summary>
    public required DateOnly? NextOn { get; init; }

    /// <summary>Reviews that were held, the latest first.</summary>
    public required IReadOnlyList<ManagementReview> Held { get; init; }

    /// <summary>References of reviews whose minutes a person approved.</summary>
    public required ILookup<string, PersonAct> Approved { get; init; }

    /// <summary>When each review was held, as the journal has it.</summary>
    public required ILookup<string, PersonAct> HeldBy { get; init; }

    /// <summary>
    /// When a person first approved scope, method or statement: before that there is nothing to review.
    /// </summary>
    public required DateTime? Begun { get; init; }

    /// <summary>Conclusions, by review.</summary>
    public required ILookup<Guid, string> Conclusions { get; init; }

    /// <summary>Decisions of held reviews that ask somebody to do something.</summary>
    public required int Decisions { get; init; }

    /// <summary>When those were made that are carried out and a month old.</summary>
    public required IReadOnlyList<DateTime> CarriedOut { get; init; }

    /// <summary>Decisions whose date is over.</summary>
    public required int Overdue { get; init; }
}

/// <summary>The rules about management reviews (clause 9.3).</summary>
public sealed class ReviewReadiness : ReadinessRules<ReviewFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        ["reviews.hold", "reviews.approve", "scope.approve", "method.approve", "soa.publish"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ReviewFacts>> Rules { get; } =
    [
        new(
            "review-scheduled",
            "the next management review is in the calendar, not overdue and within the time asked",
            Scheduled
        ),
        new(
            "review-held",
            "within the time asked, and at least 30 days after a person had first approved scope, method or statement, at least two people held a management review on frozen figures, every topic that the standard names has a conclusion of its own words, and a signed-in person approved the minutes",
            WasHeld
        ),
        new(
            "review-decisions-acted",
            "no decision of a held review is overdue, and one that was made at least 30 days ago and within the time asked is carried out",
            Acted
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ReviewFacts> Read(RuleSource source, CancellationToken ct)
    {
        var db = source.Db;
        var reviews = await db.Set<ManagementReview>().AsNoTracking().ToListAsync(ct);
        var held = reviews.Where(r => r.HeldOn is not null).OrderByDescending(r => r.HeldOn).ToList();
        var ids = held.Select(r => r.Id).ToHashSet();
        var decisions = (
            await db.Set<ReviewDecision>().AsNoTracking().Where(d => d.Kind != DecisionKind.NoChange).ToListAsync(ct)
        )
            .Where(d => ids.Contains(d.ReviewId))
            .ToList();
        var stands = await new DecisionFollowing(db, new RecordFinder(db)).Of(decisions, ct);
        return new ReviewFacts
        {
            NextOn = reviews.Where(r => r.HeldOn is null).Min(r => (DateOnly?)r.ScheduledOn),
            Held = held,
            Approved = source.Acts.ByRef("reviews.approve"),
            HeldBy = source.Acts.ByRef("reviews.hold"),
            Begun = source.Acts.Of("scope.approve", "method.approve", "soa.publish") is [var first, ..]
                ? first.At
                : null,
            Conclusions = (await db.Set<ReviewConclusion>().AsNoTracking().ToListAsync(ct)).ToLookup(
                c => c.ReviewId,
                c => c.Text
            ),
            Decisions = decisions.Count,
            CarriedOut =
            [
                .. decisions.Where(d => stands[d.Id].Done && db.Today.WellAfter(d.CreatedAt)).Select(d => d.CreatedAt),
            ],
            Overdue = stands.Values.Count(s => s.Overdue),
        };
    }

    private static RuleResult Scheduled(ReviewFacts f, Asked asked)
    {
        if (f.NextOn is not { } next)
            return RuleResult.No("No review is in the calendar");
        if (next < asked.Today)
            return RuleResult.No(
                string.Create(CultureInfo.InvariantCulture, $"The review of {next:yyyy-MM-dd} was not held")
            );
        return next > asked.Today.AddDays(asked.MaxAgeDays)
            ? RuleResult.No(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The next review is on {next:yyyy-MM-dd}, more than {asked.MaxAgeDays} days ahead"
                )
            )
            : RuleResult.Yes(string.Create(CultureInfo.InvariantCulture, $"The next review is on {next:yyyy-MM-dd}"));
    }

    private static RuleResult WasHeld(ReviewFacts f, Asked asked)
    {
        if (f.Held.Count == 0)
            return RuleResult.No("No management review was held yet");
        var last = f.Held.FirstOrDefault(r => f.Approved.Contains(r.Ref));
        if (last is null)
            return RuleResult.No($"{f.Held[0].Ref} was held, and no person approved its minutes yet");
        if (f.Begun is not { } begun || !f.HeldBy[last.Ref].Any(a => a.On.WellAfter(begun)))
            return RuleResult.No(
                $"{last.Ref} was held before the ISMS had run for {Asked.DaysApart} days, so there was nothing to judge"
            );
        if (last.Attended.Count < 2)
            return RuleResult.No($"{last.Ref} was held by {last.Attended.Count} person");
        var concluded = Substance.Saying(f.Conclusions[last.Id]);
        return concluded < ReviewTopics.All.Count
            ? RuleResult.No(
                $"{last.Ref} came to a conclusion in words on {concluded} of {ReviewTopics.All.Count} topics"
            )
            : asked.Fresh(
                last.HeldOn,
                $"{last.Ref} was held by {last.Attended.Count} people, with a conclusion on each of {concluded} topics,",
                ""
            );
    }

    private static RuleResult Acted(ReviewFacts f, Asked asked)
    {
        if (f.Decisions == 0)
            return RuleResult.No("No review decided that somebody does something yet");
        if (f.Overdue > 0)
            return RuleResult.No($"{f.Overdue} decisions of reviews are overdue");
        return f.CarriedOut.Count == 0
            ? RuleResult.No($"None of {f.Decisions} decisions of reviews is carried out and {Asked.DaysApart} days old")
            : asked.Fresh(
                f.CarriedOut.Max(),
                $"{f.CarriedOut.Count} of {f.Decisions} decisions of reviews are carried out and none is overdue; the last was made",
                ""
            );
    }
}
