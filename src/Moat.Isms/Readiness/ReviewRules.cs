using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Reviews;

namespace Moat.Isms.Readiness;

/// <summary>What readiness needs to know about management reviews.</summary>
public sealed record ReviewFacts
{
    /// <summary>When the next review is to take place; in the past when it is late.</summary>
    public required DateOnly? NextOn { get; init; }

    /// <summary>When the last one took place.</summary>
    public required DateOnly? LastHeldOn { get; init; }

    /// <summary>Decisions that ask somebody to do something, those carried out; when the last was kept.</summary>
    public required Counted Decisions { get; init; }

    /// <summary>Decisions whose date is over.</summary>
    public required int Overdue { get; init; }

    /// <summary>Reads the facts.</summary>
    public static async Task<ReviewFacts> Read(MoatDb db, CancellationToken ct)
    {
        var reviews = await db.Set<ManagementReview>().AsNoTracking().Select(r => new { r.Id, r.ScheduledOn, r.HeldOn }).ToListAsync(ct);
        var held = reviews.Where(r => r.HeldOn is not null).Select(r => r.Id).ToHashSet();
        var decisions = (await db.Set<ReviewDecision>().AsNoTracking().Where(d => d.Kind != DecisionKind.NoChange).ToListAsync(ct)).Where(d => held.Contains(d.ReviewId)).ToList();
        var stands = (await new DecisionFollowing(db, new RecordFinder(db)).Of(decisions, ct)).Values;
        return new ReviewFacts
        {
            NextOn = reviews.Where(r => r.HeldOn is null).Min(r => (DateOnly?)r.ScheduledOn),
            LastHeldOn = reviews.Max(r => r.HeldOn),
            Decisions = new Counted(decisions.Count, stands.Count(s => s.Done), decisions.Max(d => (DateTime?)d.ChangedAt)),
            Overdue = stands.Count(s => s.Overdue),
        };
    }
}

/// <summary>The rules about management reviews (clause 9.3).</summary>
internal static class ReviewRules
{
    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["review-scheduled"] = Scheduled,
        ["review-held"] = (f, age) => ReadinessRules.Fresh(f, age, f.Reviews.LastHeldOn?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), "Top management held a review", "No management review was held yet"),
        ["review-decisions-acted"] = Acted,
    };

    private static RuleResult Scheduled(ReadinessFacts f, int age)
    {
        if (f.Reviews.NextOn is not { } next) return new(false, "No review is in the calendar");
        if (next < f.Today) return new(false, string.Create(CultureInfo.InvariantCulture, $"The review of {next:yyyy-MM-dd} was not held"));
        return next > f.Today.AddDays(age)
            ? new(false, string.Create(CultureInfo.InvariantCulture, $"The next review is on {next:yyyy-MM-dd}, more than {age} days ahead"))
            : new(true, string.Create(CultureInfo.InvariantCulture, $"The next review is on {next:yyyy-MM-dd}"));
    }

    private static RuleResult Acted(ReadinessFacts f, int age)
    {
        if (f.Reviews.Overdue > 0) return new(false, $"{f.Reviews.Overdue} decisions of reviews are overdue");
        return ReadinessRules.Some(f, age, f.Reviews.Decisions, 1, $"of {f.Reviews.Decisions.All} decisions of reviews carried out, none overdue");
    }
}
