namespace Moat.Isms.Risks.Money;

/// <summary>
/// The standard normal distribution within three and a half deviations, so that no single year decides: what lies
/// beyond counts as if it lay at the edge.
/// </summary>
internal static class NormalNumbers
{
    /// <summary>Nine in ten lie within so many deviations.</summary>
    public const double NineInTen = 1.645;

    private const double Edge = 3.5;
    private const double BeyondEdge = 0.000232629079;

    /// <summary>Normal numbers of equal probability, the lowest first.</summary>
    public static double[] Equal(int count)
    {
        const double Step = 0.0005;
        var (numbers, below, i) = (new double[count], BeyondEdge, 0);
        Array.Fill(numbers, Edge);
        for (; (i + 0.5) / count < BeyondEdge; i++)
            numbers[i] = -Edge;
        for (var left = -Edge; left < Edge && i < count; left += Step)
        {
            var share = Density(left + Step / 2) * Step;
            for (; i < count && (i + 0.5) / count < below + share; i++)
                numbers[i] = left + Step * ((i + 0.5) / count - below) / share;
            below += share;
        }
        return numbers;
    }

    /// <summary>Normal numbers with the probability of each, for the average of something smooth.</summary>
    public static IReadOnlyList<(double Normal, double Probability)> Weighted { get; } = Weigh();

    private static List<(double Normal, double Probability)> Weigh()
    {
        const int Parts = 70;
        const double Step = Edge / Parts;
        var inside = Enumerable
            .Range(-Parts, 2 * Parts)
            .Select(i => (Normal: (i + 0.5) * Step, Weight: Density((i + 0.5) * Step) * Step))
            .ToList();
        var scale = (1 - 2 * BeyondEdge) / inside.Sum(p => p.Weight);
        return [(-Edge, BeyondEdge), .. inside.Select(p => (p.Normal, p.Weight * scale)), (Edge, BeyondEdge)];
    }

    private static double Density(double normal) => Math.Exp(-normal * normal / 2) / Math.Sqrt(2 * Math.PI);
}
