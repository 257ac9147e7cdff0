using Microsoft.EntityFrameworkCore;
using Moat.Isms.AccessReviews;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Objectives;

/// <summary>Numbers that Moat takes from its own records, by name.</summary>
public sealed class ObjectiveCounts(MoatDb db, CheckBook book, InForceReading inForce, CheckReading checks, IncidentMeasuring incidents)
{
    // Prometheus's own limit for one series of a range query.
    private const int MostAnswers = 11_000;
    private const int MinutesInADay = 24 * 60;

    /// <summary>The names, with what they count.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["tasks-overdue"] = "Open tasks that are overdue",
        ["checks-failing"] = "Resources under a check that fails",
        ["controls-implemented"] = "Applicable controls that are implemented, in per cent",
        ["leavers-with-access"] = "People who left and still have an account here",
        ["incident-hours-to-contain"] = "Median hours from detecting an incident to containing it, over the last year, as the incident register tells it",
        ["access-reviews-on-time"] = "Access reviews due in the last year that were finished by their date, in per cent",
    };

    /// <summary>Throws <see cref="InputInvalid"/> when what an objective asks cannot be asked.</summary>
    public async Task Check(Objective goal, CancellationToken ct)
    {
        if (goal.TakenFrom == MeasurementSource.Manual) return;
        if (string.IsNullOrWhiteSpace(goal.Query)) throw new InputInvalid("query", "Say what is asked.");
        if (goal.TakenFrom == MeasurementSource.Records && !Names.ContainsKey(goal.Query)) throw new InputInvalid("query", $"One of: {string.Join(", ", Names.Keys)}.");
        if (goal.TakenFrom == MeasurementSource.Check)
        {
            var known = (await book.All(ct)).Select(c => c.Id).ToHashSet();
            if (Checks(goal).FirstOrDefault(c => !known.Contains(c)) is { } unknown) throw new InputInvalid("query", $"There is no check {unknown}.");
        }
        if (goal.TakenFrom == MeasurementSource.Prometheus)
        {
            if (string.IsNullOrEmpty(goal.AskedAt)) throw new InputInvalid("askedAt", "Say which Prometheus source is asked, such as SRC-2.");
            if ((await db.One<CollectorSource>(goal.AskedAt, ct)).Kind != "prometheus") throw new InputInvalid("askedAt", $"{goal.AskedAt} is no Prometheus source.");
            if (goal.Fold != RangeFold.Now && goal.DaysInPeriod * MinutesInADay / goal.StepMinutes > MostAnswers)
                throw new InputInvalid("stepMinutes", $"That is more than {MostAnswers} answers in a {goal.Period}, which Prometheus refuses. Take at least {goal.DaysInPeriod * MinutesInADay / MostAnswers + 1} minutes.");
        }
        else if (goal.Fold != RangeFold.Now)
        {
            throw new InputInvalid("fold", "Only what Prometheus answers is folded over the period.");
        }
    }

    /// <summary>The number of now and the first day that it is about, or null when nothing was observed.</summary>
    public async Task<(DateOnly From, decimal Value)?> Take(Objective goal, CancellationToken ct)
    {
        var value = goal.TakenFrom switch
        {
            MeasurementSource.Check => (await inForce.Of(Checks(goal), DaysIn(goal), ct)).Share is { } share ? Math.Round((decimal)share * 100, 4) : null,
            MeasurementSource.Records => await Count(goal.Query!, ct),
            _ => (decimal?)null,
        };
        return value is { } number ? (OverAYear.Contains(goal.Query!) ? YearAgo : goal.PeriodStart(db.Today), number) : null;
    }

    private static readonly HashSet<string> OverAYear = ["incident-hours-to-contain", "access-reviews-on-time"];

    private DateOnly YearAgo => db.Today.AddDays(-IncidentMeasuring.UsualDays);

    private static List<string> Checks(Objective goal) => [.. goal.Query!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private int DaysIn(Objective goal) => Math.Max(1, db.Today.DayNumber - goal.PeriodStart(db.Today).DayNumber + 1);

    private async Task<decimal?> Count(string name, CancellationToken ct)
    {
        var today = db.Today;
        switch (name)
        {
            case "tasks-overdue":
                return await db.Set<WorkItem>().CountAsync(t => t.State == WorkState.Open && t.DueOn < today, ct);
            case "checks-failing":
                return (await checks.Counts(ct)).Values.Sum(c => c.GetValueOrDefault(CheckOutcome.Failing));
            case "leavers-with-access":
                return await db.Set<Membership>().CountAsync(m => m.RevokedAt == null && db.Set<Person>().Any(p => p.Id == m.PersonId && p.LeftOn != null && p.LeftOn < today), ct);
            case "incident-hours-to-contain":
                return (decimal?)(await incidents.Measures(new MeasureIncidents(), ct)).HoursToContain;
            case "access-reviews-on-time":
                return await AccessReviewsOnTime(ct);
            default:
                var applicable = db.Set<Control>().Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable);
                return await Share(applicable, applicable.Where(c => c.Implementation == Implementation.Implemented), ct);
        }
    }

    // On time is a review whose last access was decided by its day.
    private async Task<decimal?> AccessReviewsOnTime(CancellationToken ct)
    {
        var (begin, today) = (YearAgo, db.Today);
        var decided = await (from review in db.Set<AccessReview>()
                             where review.DueOn >= begin && review.DueOn < today
                             select new { review.DueOn, review.State, At = db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id).Max(i => i.DecidedAt) }).ToListAsync(ct);
        if (decided.Count == 0) return null;
        return Math.Round(100m * decided.Count(r => r.State != AccessReviewState.Open && (r.At is not { } at || DateOnly.FromDateTime(at) <= r.DueOn)) / decided.Count, 4);
    }

    private static async Task<decimal?> Share<T>(IQueryable<T> all, IQueryable<T> good, CancellationToken ct) =>
        await all.CountAsync(ct) is var count and > 0 ? Math.Round(100m * await good.CountAsync(ct) / count, 4) : null;
}
