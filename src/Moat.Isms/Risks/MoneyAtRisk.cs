using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>What a year costs by risks that strike, in EUR.</summary>
/// <param name="Expected">The average over all years.</param>
/// <param name="Usual">Half of the years stay below it.</param>
/// <param name="Bad">One year in twenty goes beyond it.</param>
public sealed record YearlyLoss(long Expected, long Usual, long Bad);

/// <summary>What one risk adds to an average year.</summary>
public sealed record RiskLoss(string Ref, string Title, long WithoutControls, long Today, long AfterTreatment);

/// <summary>Money at risk: without controls, today, and once the treatment plan is done.</summary>
/// <param name="WithoutControls">As if no control were there.</param>
/// <param name="Today">With the controls of today.</param>
/// <param name="AfterTreatment">With the treatment plan done.</param>
/// <param name="Top">The risks that cost most today.</param>
/// <param name="Counted">Risks that are in the figures.</param>
/// <param name="NotCounted">Adopted risks without an assessment or without a range, which are not.</param>
/// <param name="Assumptions">What the figures rest on.</param>
public sealed record MoneyView(
    YearlyLoss WithoutControls,
    YearlyLoss Today,
    YearlyLoss AfterTreatment,
    IReadOnlyList<RiskLoss> Top,
    int Counted,
    int NotCounted,
    IReadOnlyList<string> Assumptions
);

/// <summary>
/// Estimates what a year costs, by simulation with a fixed seed: the same risks give the same figures. Ranges of
/// frequency and loss come from the threat catalogue; the company's own assessment moves them along its scales.
/// </summary>
public sealed class MoneyAtRisk(MoatDb db, KnowledgeBase knowledge)
{
    private const int Years = 4000;
    private const int MostShown = 6;
    private const int MostEventsOfAYear = 400;
    private const double StepOfLikelihood = 3;
    private const double StepOfImpact = 10;

    private static readonly string[] Assumptions =
    [
        "Frequency and loss of each threat are the ranges of the catalogue for comparable companies without controls; nine years in ten lie within them.",
        "One step on the likelihood scale is a factor of three, one step on the impact scale a factor of ten, as the criteria of the risk method say. The distance from the assessment without controls to that of today, or to that after treatment, moves the ranges.",
        "Risks strike independently. A week in which everything happens at once is rarer here than it may be in life.",
        "Losses are what the company itself bears: work, contracts, fines, compensation. Harm to other people is not counted in money.",
        "4,000 years are simulated with a fixed seed: the same risks give the same figures. Read the first digit, not the last.",
    ];

    /// <summary>The estimate of today.</summary>
    public Task<MoneyView> Estimate(CancellationToken ct) => db.Unchanged(nameof(MoneyAtRisk), () => Compute(ct), ct);

    /// <summary>
    /// What each of these risks adds to an average year with the controls of today; those without a figure are left
    /// out.
    /// </summary>
    public IReadOnlyDictionary<Guid, long> Yearly(IEnumerable<Risk> risks) =>
        Exposures(risks).DistinctBy(e => e.Risk.Id).ToDictionary(e => e.Risk.Id, e => Average(e.Today));

    private async Task<MoneyView> Compute(CancellationToken ct)
    {
        var risks = await db.Set<Risk>()
            .AsNoTracking()
            .Where(r => r.Standing == Standing.Adopted)
            .OrderBy(r => r.Number)
            .ToListAsync(ct);
        var counted = Exposures(risks);
        var losses = counted
            .Select(e => new RiskLoss(
                e.Risk.Ref,
                e.Risk.Title,
                Average(e.WithoutControls),
                Average(e.Today),
                Average(e.AfterTreatment)
            ))
            .OrderByDescending(l => l.Today)
            .ToList();
        return new MoneyView(
            Simulate(counted, e => e.WithoutControls),
            Simulate(counted, e => e.Today),
            Simulate(counted, e => e.AfterTreatment),
            [.. losses.Take(MostShown)],
            counted.Count,
            risks.Count - counted.Count,
            Assumptions
        );
    }

    private List<Exposure> Exposures(IEnumerable<Risk> risks) =>
        [
            .. risks
                .Where(r =>
                    r.CurrentScore > 0 && r.ThreatId is not null && knowledge.ThreatById.ContainsKey(r.ThreatId)
                )
                .Select(r => new Exposure(r, knowledge.ThreatById[r.ThreatId!].Quantify)),
        ];

    /// <summary>
    /// The same years for every reading of the risks: only their frequency and loss differ, never the luck.
    /// </summary>
    private static YearlyLoss Simulate(List<Exposure> exposures, Func<Exposure, Ranges> reading)
    {
        var years = new double[Years];
        foreach (var exposure in exposures)
        {
            var (ranges, luck) = (reading(exposure), new Luck(exposure.Risk.Number));
            for (var year = 0; year < Years; year++)
            {
                var events = luck.Count(ranges.Rate(luck.Normal()), MostEventsOfAYear);
                for (var e = 0; e < events; e++)
                    years[year] += ranges.Loss(luck.Normal());
            }
        }
        Array.Sort(years);
        return new YearlyLoss(Round(years.Average()), Round(years[Years / 2]), Round(years[Years * 19 / 20]));
    }

    private static long Average(Ranges ranges)
    {
        var (sum, luck) = (0.0, new Luck(1));
        for (var year = 0; year < Years; year++)
            sum += ranges.Rate(luck.Normal()) * ranges.Loss(luck.Normal());
        return Round(sum / Years);
    }

    // Two digits: more would claim a knowledge that nobody has.
    private static long Round(double value)
    {
        if (value < 1)
            return 0;
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return (long)(Math.Round(value / step) * step);
    }

    private sealed class Exposure(Risk risk, QuantifyHint hint)
    {
        public Risk Risk => risk;
        public Ranges WithoutControls { get; } = new(hint, 0, 0);
        public Ranges Today { get; } =
            new(hint, risk.CurrentLikelihood - risk.InherentLikelihood, risk.CurrentImpact - risk.InherentImpact);

        public Ranges AfterTreatment { get; } =
            risk.ResidualScore == 0
                ? new(hint, risk.CurrentLikelihood - risk.InherentLikelihood, risk.CurrentImpact - risk.InherentImpact)
                : new(
                    hint,
                    risk.ResidualLikelihood - risk.InherentLikelihood,
                    risk.ResidualImpact - risk.InherentImpact
                );
    }

    /// <summary>Ranges of nine years in ten, moved along the scales.</summary>
    private sealed class Ranges(QuantifyHint hint, int likelihood, int impact)
    {
        private const double NineInTen = 1.645;
        private readonly double _rarer = Math.Pow(StepOfLikelihood, likelihood);
        private readonly double _cheaper = Math.Pow(StepOfImpact, impact);

        /// <summary>
        /// Events in a year as seldom or often as a normal number says: half of the years have the usual figure or
        /// fewer.
        /// </summary>
        public double Rate(double normal)
        {
            var (usual, edge) = (
                (double)hint.EventsPerYear.Likely,
                (double)(normal < 0 ? hint.EventsPerYear.Low : hint.EventsPerYear.High)
            );
            return _rarer * usual * Math.Pow(Math.Max(edge, 0.001) / usual, Math.Abs(normal) / NineInTen);
        }

        /// <summary>The loss of one event.</summary>
        public double Loss(double normal)
        {
            var (low, high) = (Math.Max(1, (double)hint.LossEur.Low), (double)hint.LossEur.High);
            return _cheaper * Math.Sqrt(low * high) * Math.Pow(high / low, normal / (2 * NineInTen));
        }
    }

    /// <summary>Random numbers that are the same on every machine (xorshift64*).</summary>
    private sealed class Luck(int seed)
    {
        private ulong _state = unchecked(0x9E3779B97F4A7C15UL * (ulong)(seed + 1));

        public double Uniform()
        {
            _state ^= _state >> 12;
            _state ^= _state << 25;
            _state ^= _state >> 27;
            return ((unchecked(_state * 0x2545F4914F6CDD1DUL) >> 11) + 0.5) / (1UL << 53);
        }

        /// <summary>
        /// A standard normal number within three and a half deviations, so that no single year decides.
        /// </summary>
        public double Normal() =>
            Math.Clamp(Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform()), -3.5, 3.5);

        /// <summary>How many events happen at a rate.</summary>
        public int Count(double rate, int most)
        {
            var (limit, product, count) = (Math.Exp(-Math.Min(rate, 700)), Uniform(), 0);
            while (product > limit && count < most)
            {
                product *= Uniform();
                count++;
            }
            return count;
        }
    }
}
