using Moat.Knowledge;

namespace Moat.Isms.Risks.Money;

/// <summary>
/// How many events of a threat happen in a year. How often it strikes a company is uncertain itself, so the counts are
/// Poisson counts mixed over the range of rates: a table of their exact probabilities, made once for each range.
/// </summary>
internal sealed class EventCounts
{
    private const int MostEventsOfAYear = 400;
    private const double Whole = 1L << 32;
    private readonly int[] _start = new int[256];
    private readonly ulong[] _below;

    /// <summary>The counts of a range of frequencies, moved along the likelihood scale.</summary>
    public EventCounts(FrequencyRange range, double factor)
    {
        var probabilities = new double[MostEventsOfAYear + 1];
        foreach (var (normal, weight) in NormalNumbers.Weighted)
            Mix(probabilities, Rate(range, factor, normal), weight);
        probabilities[^1] = Math.Max(0, 1 - probabilities[..^1].Sum());
        Average = probabilities.Select((p, count) => p * count).Sum();
        _below = Thresholds(probabilities);
        for (var (i, count) = (0, 0); i < _start.Length; i++)
        {
            while ((ulong)i << 24 >= _below[count])
                count++;
            _start[i] = count;
        }
    }

    /// <summary>Events in an average year.</summary>
    public double Average { get; }

    /// <summary>Luck below this brings no event.</summary>
    public ulong None => _below[0];

    /// <summary>The events of a year with this luck: more luck, more events.</summary>
    public int Of(uint luck)
    {
        var count = _start[luck >> 24];
        while (luck >= _below[count])
            count++;
        return count;
    }

    // Half of the companies see the usual figure or fewer.
    private static double Rate(FrequencyRange range, double factor, double normal)
    {
        var (usual, edge) = ((double)range.Likely, (double)(normal < 0 ? range.Low : range.High));
        return factor * usual * Math.Pow(Math.Max(edge, 0.001) / usual, Math.Abs(normal) / NormalNumbers.NineInTen);
    }

    private static void Mix(double[] probabilities, double rate, double weight)
    {
        var probability = weight * Math.Exp(-rate);
        for (var count = 0; count < MostEventsOfAYear; count++)
        {
            probabilities[count] += probability;
            probability *= rate / (count + 1);
            if (count > rate && probability < 1e-16)
                return;
        }
    }

    private static ulong[] Thresholds(double[] probabilities)
    {
        var (thresholds, below) = (new ulong[probabilities.Length], 0.0);
        for (var count = 0; count < thresholds.Length; count++)
        {
            below += probabilities[count];
            thresholds[count] = (ulong)Math.Min(Whole, Math.Round(below * Whole));
        }
        thresholds[^1] = ulong.MaxValue;
        return thresholds;
    }
}
