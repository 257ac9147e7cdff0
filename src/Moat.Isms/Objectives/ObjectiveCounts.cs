using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>Numbers that Moat takes from its own records, by name.</summary>
public sealed class ObjectiveCounts(
    MoatDb db,
    CheckBook book,
    InForceReading inForce,
    IEnumerable<IObjectiveNumber> numbers
)
{
    // Prometheus's own limit for one series of a range query.
    private const int MostAnswers = 11_000;
    private const int MinutesInADay = 24 * 60;

    /// <summary>Throws <see cref="InputInvalid"/> when what an objective asks cannot be asked.</summary>
    public async Task Check(Objective goal, CancellationToken ct)
    {
        if (goal.TakenFrom == MeasurementSource.Manual)
            return;
        if (string.IsNullOrWhiteSpace(goal.Query))
            throw new InputInvalid("query", "Say what is asked.");
        if (goal.TakenFrom == MeasurementSource.Records && Number(goal.Query) is null)
            throw new InputInvalid("query", $"One of: {string.Join(", ", numbers.Select(n => n.Name))}.");
        if (goal.TakenFrom == MeasurementSource.Check)
        {
            var known = (await book.All(ct)).Select(c => c.Id).ToHashSet();
            if (Checks(goal).FirstOrDefault(c => !known.Contains(c)) is { } unknown)
                throw new InputInvalid("query", $"There is no check {unknown}.");
        }
        if (goal.TakenFrom == MeasurementSource.Prometheus)
        {
            if (string.IsNullOrEmpty(goal.AskedAt))
                throw new InputInvalid("askedAt", "Say which Prometheus source is asked, such as SRC-2.");
            if ((await db.One<CollectorSource>(goal.AskedAt, ct)).Kind != "prometheus")
                throw new InputInvalid("askedAt", $"{goal.AskedAt} is no Prometheus source.");
            if (goal.Fold != RangeFold.Now && goal.DaysInPeriod * MinutesInADay / goal.StepMinutes > MostAnswers)
                throw new InputInvalid(
                    "stepMinutes",
                    $"That is more than {MostAnswers} answers in a {goal.Period}, which Prometheus refuses. Take at least {goal.DaysInPeriod * MinutesInADay / MostAnswers + 1} minutes."
                );
        }
        else if (goal.Fold != RangeFold.Now)
        {
            throw new InputInvalid("fold", "Only what Prometheus answers is folded over the period.");
        }
    }

    /// <summary>The number of now and the first day that it is about, or null when nothing was observed.</summary>
    public async Task<(DateOnly From, decimal Value)?> Take(Objective goal, CancellationToken ct)
    {
        var number = goal.TakenFrom == MeasurementSource.Records ? Number(goal.Query!) : null;
        var value = goal.TakenFrom switch
        {
            MeasurementSource.Check => (await inForce.Of(Checks(goal), DaysIn(goal), ct)).Share is { } share
                ? Math.Round((decimal)share * 100, 4)
                : null,
            MeasurementSource.Records when number is not null => await number.Take(ct),
            _ => (decimal?)null,
        };
        if (value is not { } taken)
            return null;
        return (number is { Days: > 0 } ? db.Today.AddDays(-number.Days) : goal.PeriodStart(db.Today), taken);
    }

    private IObjectiveNumber? Number(string name) => numbers.FirstOrDefault(n => n.Name == name);

    private static List<string> Checks(Objective goal) =>
        [.. goal.Query!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private int DaysIn(Objective goal) => Math.Max(1, db.Today.DayNumber - goal.PeriodStart(db.Today).DayNumber + 1);
}
