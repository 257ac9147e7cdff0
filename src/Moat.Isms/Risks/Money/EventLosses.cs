using Moat.Knowledge;

namespace Moat.Isms.Risks.Money;

/// <summary>
/// What one event of a threat costs: nine in ten lie within the range. A table of equally probable losses, made once
/// for each range, whose average is that of the distribution itself.
/// </summary>
internal sealed class EventLosses
{
    /// <summary>So many bits of luck choose a loss.</summary>
    public const int Bits = 12;

    private static readonly double[] Normals = NormalNumbers.Equal(1 << Bits);
    private readonly Lazy<double[]> _losses;

    /// <summary>The losses of a range.</summary>
    public EventLosses(LossRange range)
    {
        var (low, high) = (Math.Max(1, (double)range.Low), (double)range.High);
        double Loss(double normal) =>
            Math.Sqrt(low * high) * Math.Pow(high / low, normal / (2 * NormalNumbers.NineInTen));
        Average = NormalNumbers.Weighted.Sum(p => p.Probability * Loss(p.Normal));
        _losses = new(() =>
        {
            var losses = Array.ConvertAll(Normals, Loss);
            var scale = Average / losses.Average();
            return Array.ConvertAll(losses, l => l * scale);
        });
    }

    /// <summary>The loss of an average event.</summary>
    public double Average { get; }

    /// <summary>Equally probable losses, the lowest first.</summary>
    public ReadOnlySpan<double> All => _losses.Value;
}

/// <summary>The events of one year, one after the other, each with its loss.</summary>
internal ref struct EventsOfAYear(ReadOnlySpan<double> losses, ulong year)
{
    private const ulong OneLoss = (1UL << EventLosses.Bits) - 1;
    private readonly ReadOnlySpan<double> _losses = losses;
    private readonly ulong _year = year;

    // Half of the year's luck said how many events there are; two losses follow from the other half.
    private ulong _luck = year;
    private int _left = 32 / EventLosses.Bits;
    private int _times;
    private int _events;
    private double _sum;

    /// <summary>What the first events cost together.</summary>
    public double Until(int events)
    {
        for (; _events < events; _events++)
        {
            if (_left-- == 0)
                (_luck, _left) = (YearlyLuck.Next(_year, ++_times), 64 / EventLosses.Bits - 1);
            _sum += _losses[(int)(_luck & OneLoss)];
            _luck >>= EventLosses.Bits;
        }
        return _sum;
    }
}
