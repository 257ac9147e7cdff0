namespace Moat.Isms.Risks.Money;

/// <summary>Figures that were counted from a question.</summary>
public sealed record MoneyFigures(
    YearlyLoss WithoutControls,
    YearlyLoss Today,
    YearlyLoss AfterTreatment,
    IReadOnlyList<RiskLoss> Top,
    int Counted,
    int NotCounted
);

/// <summary>What each simulated year cost in one reading of the risks, and what an average one does.</summary>
public sealed class SimulatedYears(double expected, double[] years)
{
    private readonly double[] _sorted = [.. years.Order()];

    /// <summary>The average year, calculated.</summary>
    public double Expected => expected;

    /// <summary>The years one after the other; a year is the same one in every reading.</summary>
    public IReadOnlyList<double> Years => years;

    /// <summary>The loss that so many of the years stay below.</summary>
    public double Below(double share) => _sorted[(int)(_sorted.Length * share)];
}

/// <summary>
/// Counts money at risk. Ranges of frequency and loss come from the threat catalogue; the company's own assessment
/// moves them along its scales. Averages are calculated; what the years are like is simulated, the same years for every
/// reading of the risks: only their frequency and loss differ, never the luck.
/// </summary>
public static class MoneySimulation
{
    /// <summary>So many years are simulated.</summary>
    public const int Years = 4000;

    private const int MostShown = 6;

    /// <summary>The answer.</summary>
    public static MoneyFigures Count(MoneyQuestion question, CancellationToken ct)
    {
        var tables = new ThreatTables();
        var readings = Simulate(question.Risks, tables, seed: 0, ct);
        var top = question
            .Risks.Select(r => new RiskLoss(
                r.Ref,
                r.Title,
                Round(tables.Average(r.Hint, default)),
                Round(tables.Average(r.Hint, r.Today)),
                Round(tables.Average(r.Hint, r.AfterTreatment))
            ))
            .OrderByDescending(l => l.Today)
            .Take(MostShown);
        return new MoneyFigures(
            Loss(readings[0]),
            Loss(readings[1]),
            Loss(readings[2]),
            [.. top],
            question.Risks.Count,
            question.NotCounted
        );
    }

    /// <summary>The years without controls, today and after the treatment, with the luck of a seed.</summary>
    public static IReadOnlyList<SimulatedYears> Simulate(MoneyQuestion question, int seed) =>
        Simulate(question.Risks, new ThreatTables(), seed, CancellationToken.None);

    /// <summary>An amount with two digits: more would claim a knowledge that nobody has.</summary>
    internal static long Round(double value)
    {
        if (value < 1)
            return 0;
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return Math.Round(value / step) * step is var rounded && rounded < long.MaxValue
            ? (long)rounded
            : long.MaxValue;
    }

    private static YearlyLoss Loss(SimulatedYears years) =>
        new(Round(years.Expected), Round(years.Below(0.5)), Round(years.Below(0.95)));

    private static SimulatedYears[] Simulate(
        IReadOnlyList<MoneyRisk> risks,
        ThreatTables tables,
        int seed,
        CancellationToken ct
    )
    {
        var (expected, years) = (new double[3], new[] { new double[Years], new double[Years], new double[Years] });
        foreach (var risk in risks)
        {
            ct.ThrowIfCancellationRequested();
            // From the rarest to the most frequent, so that what strikes in one strikes in those after it too.
            var readings = new[] { default, risk.Today, risk.AfterTreatment }
                .Select(
                    (s, i) => new Reading(tables.Counts(risk.Hint, s), ThreatTables.Dearer(s), years[i], s.Likelihood)
                )
                .OrderBy(r => r.Likelihood)
                .ToArray();
            Strike(readings, tables.Losses(risk.Hint).All, new YearlyLuck(risk.Number, seed));
            expected[0] += tables.Average(risk.Hint, default);
            expected[1] += tables.Average(risk.Hint, risk.Today);
            expected[2] += tables.Average(risk.Hint, risk.AfterTreatment);
        }
        return [.. years.Select((y, i) => new SimulatedYears(expected[i], y))];
    }

    private static void Strike(Reading[] readings, ReadOnlySpan<double> losses, YearlyLuck luck)
    {
        var (first, second, third) = (readings[0], readings[1], readings[2]);
        var none = third.Counts.None;
        for (var year = 0; year < Years; year++)
        {
            var bits = luck.Of(year);
            var often = (uint)(bits >> 32);
            if (often < none)
                continue;
            var events = new EventsOfAYear(losses, bits);
            first.Years[year] += first.Dearer * events.Until(first.Counts.Of(often));
            second.Years[year] += second.Dearer * events.Until(second.Counts.Of(often));
            third.Years[year] += third.Dearer * events.Until(third.Counts.Of(often));
        }
    }

    private sealed record Reading(EventCounts Counts, double Dearer, double[] Years, int Likelihood);
}
