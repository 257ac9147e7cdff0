namespace Moat.Isms.Risks.Money;

/// <summary>What a year costs by risks that strike, in EUR.</summary>
/// <param name="Expected">The average over all years.</param>
/// <param name="Usual">Half of the years stay below it.</param>
/// <param name="Bad">One year in twenty goes beyond it.</param>
public sealed record YearlyLoss(long Expected, long Usual, long Bad);

/// <summary>What one risk adds to an average year.</summary>
public sealed record RiskLoss(string Ref, string Title, long WithoutControls, long Today, long AfterTreatment);

/// <summary>Whether figures are those of the risks as they stand.</summary>
public enum MoneyState
{
    /// <summary>They are.</summary>
    Counted,

    /// <summary>
    /// Risks changed, and the figures of now are being counted; what is shown is what was counted before.
    /// </summary>
    BeingCounted,
}

/// <summary>Money at risk: without controls, today, and once the treatment plan is done.</summary>
/// <param name="State">Whether these are the figures of the risks as they stand.</param>
/// <param name="CountedAt">When these figures were counted, in UTC; null where there are none yet.</param>
/// <param name="WithoutControls">As if no control were there; null where nothing was counted yet.</param>
/// <param name="Today">With the controls of today; null where nothing was counted yet.</param>
/// <param name="AfterTreatment">With the treatment plan done; null where nothing was counted yet.</param>
/// <param name="Top">The risks that cost most today.</param>
/// <param name="Counted">Risks that are in the figures, or that are being counted where there are none yet.</param>
/// <param name="NotCounted">Adopted risks without an assessment or without a range, which are not.</param>
/// <param name="Assumptions">What the figures rest on.</param>
public sealed record MoneyView(
    MoneyState State,
    DateTime? CountedAt,
    YearlyLoss? WithoutControls,
    YearlyLoss? Today,
    YearlyLoss? AfterTreatment,
    IReadOnlyList<RiskLoss> Top,
    int Counted,
    int NotCounted,
    IReadOnlyList<string> Assumptions
);
