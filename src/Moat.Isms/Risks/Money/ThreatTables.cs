using Moat.Knowledge;

namespace Moat.Isms.Risks.Money;

/// <summary>
/// What is known of each range of the catalogue, moved along the scales: made once, however many risks have it.
/// </summary>
internal sealed class ThreatTables
{
    private const double StepOfLikelihood = 3;
    private const double StepOfImpact = 10;
    private readonly Dictionary<(FrequencyRange Range, int Likelihood), EventCounts> _counts = [];
    private readonly Dictionary<LossRange, EventLosses> _losses = [];

    /// <summary>How much each loss grows by steps on the impact scale.</summary>
    public static double Dearer(Steps steps) => Math.Pow(StepOfImpact, steps.Impact);

    /// <summary>How often a threat strikes.</summary>
    public EventCounts Counts(QuantifyHint hint, Steps steps)
    {
        var key = (hint.EventsPerYear, steps.Likelihood);
        if (!_counts.TryGetValue(key, out var counts))
            _counts[key] = counts = new(hint.EventsPerYear, Math.Pow(StepOfLikelihood, steps.Likelihood));
        return counts;
    }

    /// <summary>What each time costs, before steps on the impact scale.</summary>
    public EventLosses Losses(QuantifyHint hint)
    {
        if (!_losses.TryGetValue(hint.LossEur, out var losses))
            _losses[hint.LossEur] = losses = new(hint.LossEur);
        return losses;
    }

    /// <summary>What an average year costs.</summary>
    public double Average(QuantifyHint hint, Steps steps) =>
        Counts(hint, steps).Average * Losses(hint).Average * Dearer(steps);
}
