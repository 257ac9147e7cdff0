using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>A risk in the register.</summary>
public sealed record RiskRow(
    string Ref,
    string Title,
    string? ThreatId,
    Standing Standing,
    string? Owner,
    int InherentScore,
    int CurrentScore,
    int ResidualScore,
    TreatmentOption Treatment,
    DateOnly? AcceptedUntil,
    DateTime? AssessedAt,
    string? WhyProposed
);

/// <summary>A score with its parts; null where it is not assessed.</summary>
public sealed record ScoreView(int Likelihood, int Impact, int Score);

/// <summary>An action of a treatment plan.</summary>
public sealed record ActionView(string Ref, string Title, string? Owner, DateOnly DueOn, WorkState State);

/// <summary>An acceptance and what exactly was accepted.</summary>
public sealed record AcceptanceView(
    string Ref,
    string AcceptedBy,
    string Reason,
    DateOnly Until,
    DateTime At,
    DateTime? WithdrawnAt,
    string FrozenState
)
{
    /// <summary>Whether it lies above the appetite of that day, so that top management has to agree.</summary>
    public bool NeedsAgreement { get; init; }

    /// <summary>Who of top management agreed.</summary>
    public string? AgreedBy { get; init; }

    /// <summary>When.</summary>
    public DateTime? AgreedAt { get; init; }

    /// <summary>What ended it before its time.</summary>
    public string? EndedBecause { get; init; }
}

/// <summary>A threat as it concerns a risk.</summary>
public sealed record ThreatView(
    string Id,
    string Title,
    IReadOnlyList<string> Ids,
    int StartLikelihood,
    string LikelihoodWhy,
    int StartImpact,
    string ImpactWhy,
    string Html
);

/// <summary>A risk with everything that belongs to it.</summary>
public sealed record RiskView(
    string Ref,
    int Version,
    string Title,
    Standing Standing,
    string? WhyProposed,
    string Cause,
    string Consequence,
    IReadOnlyList<string> Harms,
    string? OwnerRef,
    string? Owner,
    ScoreView? Inherent,
    ScoreView? Current,
    ScoreView? Residual,
    string? Rationale,
    DateTime? AssessedAt,
    TreatmentOption Treatment,
    string? TreatmentPlan,
    DateOnly? AcceptedUntil,
    ThreatView? Threat,
    IReadOnlyList<Related> Assets,
    IReadOnlyList<Related> Controls,
    IReadOnlyList<ActionView> Actions,
    IReadOnlyList<AcceptanceView> Acceptances,
    DateTime ChangedAt,
    string ChangedBy
)
{
    /// <summary>That it was taken out of the register, if it was.</summary>
    public Retirements.RetirementView? Retired { get; init; }

    /// <summary>Whether what remains lies above the appetite in force.</summary>
    public bool AboveAppetite { get; init; }

    /// <summary>Whether the reader may accept it: its owner, or who stands in for them.</summary>
    public bool MayAccept { get; init; }

    /// <summary>Whether the reader may agree to what lies above the appetite.</summary>
    public bool MayAgree { get; init; }
}

/// <summary>A cell of the heat map.</summary>
public sealed record HeatCell(int Likelihood, int Impact, int Count);

/// <summary>How many adopted risks lie where, on the current assessment.</summary>
public sealed record HeatMap(IReadOnlyList<HeatCell> Cells, int Unassessed, int Appetite, int High);

/// <summary>A suggestion that is not in the register.</summary>
public sealed record SuggestionView(
    string Source,
    string ThreatId,
    string Title,
    string Cause,
    string Consequence,
    int Likelihood,
    int Impact,
    string Why,
    IReadOnlyList<Related> Assets
);
