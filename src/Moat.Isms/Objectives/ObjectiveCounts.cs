using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Objectives;

/// <summary>Numbers that Moat takes from its own records, by name.</summary>
public sealed class ObjectiveCounts(MoatDb db, CheckBook book, InForceReading inForce, CheckReading checks)
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

    /// <summary>The number of now, or null when nothing was observed.</summary>
    public async Task<decimal?> Take(Objective goal, CancellationToken ct) => goal.TakenFrom switch
    {
        MeasurementSource.Check => (await inForce.Of(Checks(goal), DaysIn(goal), ct)).Share is { } share ? Math.Round((decimal)share * 100, 4) : null,
        MeasurementSource.Records => await Count(goal.Query!, ct),
        _ => null,
    };

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
            default:
                var applicable = db.Set<Control>().Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable);
                var all = await applicable.CountAsync(ct);
                return all == 0 ? null : Math.Round(100m * await applicable.CountAsync(c => c.Implementation == Implementation.Implemented, ct) / all, 4);
        }
    }
}
