using Moat.Isms.Risks.Money;
using Moat.Knowledge;

namespace Moat.Tests.Risks;

/// <summary>
/// Money at risk told plainly: each risk draws each of its years by itself, one event after the other. Slow, and what
/// the fast one is held against.
/// </summary>
internal static class PlainMoney
{
    private const double NineInTen = 1.645;
    private const int MostEvents = 400;

    /// <summary>What each year cost, the cheapest first.</summary>
    public static double[] Years(IEnumerable<(QuantifyHint Hint, Steps Steps)> risks, int years, int seed)
    {
        var (losses, random) = (new double[years], new Random(seed));
        foreach (var (hint, steps) in risks)
            for (var year = 0; year < years; year++)
            {
                var events = Events(random, Rate(hint, steps, Normal(random)));
                for (var i = 0; i < events; i++)
                    losses[year] += Loss(hint, steps, Normal(random));
            }
        Array.Sort(losses);
        return losses;
    }

    /// <summary>The average year, by Simpson's rule over the two normal numbers.</summary>
    public static double Average(QuantifyHint hint, Steps steps) =>
        Mean(n => Math.Min(MostEvents, Rate(hint, steps, n))) * Mean(n => Loss(hint, steps, n));

    private static double Rate(QuantifyHint hint, Steps steps, double normal)
    {
        var usual = (double)hint.EventsPerYear.Likely;
        // What begins at none begins at one in a thousand years, for a factor cannot lead to none.
        var edge = Math.Max(0.001, (double)(normal < 0 ? hint.EventsPerYear.Low : hint.EventsPerYear.High));
        return Math.Pow(3, steps.Likelihood) * usual * Math.Exp(Math.Log(edge / usual) * Math.Abs(normal) / NineInTen);
    }

    private static double Loss(QuantifyHint hint, Steps steps, double normal)
    {
        var (low, high) = (Math.Log(Math.Max(1, (double)hint.LossEur.Low)), Math.Log((double)hint.LossEur.High));
        return Math.Pow(10, steps.Impact) * Math.Exp((low + high) / 2 + (high - low) / 2 * normal / NineInTen);
    }

    private static double Normal(Random random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return Math.Clamp(radius * Math.Cos(2 * Math.PI * random.NextDouble()), -3.5, 3.5);
    }

    private static int Events(Random random, double rate)
    {
        var (count, waited) = (0, -Math.Log(1 - random.NextDouble()));
        while (waited < rate && count < MostEvents)
            (count, waited) = (count + 1, waited - Math.Log(1 - random.NextDouble()));
        return count;
    }

    private static double Mean(Func<double, double> of)
    {
        const int Parts = 3500;
        const double Beyond = 0.000232629;
        double Weighted(double normal) => of(normal) * Math.Exp(-normal * normal / 2) / Math.Sqrt(2 * Math.PI);
        // Below and above zero by themselves: a rate has a bend there.
        double Side(double from, double to)
        {
            var step = (to - from) / Parts;
            return step
                / 3
                * Enumerable
                    .Range(0, Parts + 1)
                    .Sum(i =>
                        Weighted(from + i * step)
                        * (
                            i is 0 or Parts ? 1
                            : i % 2 == 1 ? 4
                            : 2
                        )
                    );
        }
        return Side(-3.5, 0) + Side(0, 3.5) + Beyond * (of(-3.5) + of(3.5));
    }
}
