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

/// <summary>
/// A risk with everything that belongs to it: its scores, its treatment with controls and actions, and who accepted
/// what remains.
/// </summary>
public sealed record RiskView
{
    /// <summary>Its reference, such as RISK-4.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The scenario in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// proposed until a person decides about it, then adopted or rejected; retired once it left the register.
    /// </summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }

    /// <summary>What lets it happen.</summary>
    public required string Cause { get; init; }

    /// <summary>What it costs the company.</summary>
    public required string Consequence { get; init; }

    /// <summary>
    /// What it harms, one or more of confidentiality, integrity, availability; empty while nobody said.
    /// </summary>
    public required IReadOnlyList<string> Harms { get; init; }

    /// <summary>
    /// The risk owner, who answers for it and accepts what remains, such as PER-2; none while nobody does.
    /// </summary>
    public required string? OwnerRef { get; init; }

    /// <summary>The name of the risk owner; none while nobody owns it.</summary>
    public required string? Owner { get; init; }

    /// <summary>Likelihood, impact and score without any control; none while it is not assessed.</summary>
    public required ScoreView? Inherent { get; init; }

    /// <summary>Likelihood, impact and score of today; none while it is not assessed.</summary>
    public required ScoreView? Current { get; init; }

    /// <summary>The residual risk: what remains after the treatment; none while that is not assessed.</summary>
    public required ScoreView? Residual { get; init; }

    /// <summary>
    /// Why it is assessed so: what was seen, measured or is known of similar companies; none while it is not assessed.
    /// </summary>
    public required string? Rationale { get; init; }

    /// <summary>When it was last assessed, in UTC; none while it was not.</summary>
    public required DateTime? AssessedAt { get; init; }

    /// <summary>
    /// modify (lower it by controls and actions), retain (keep it knowingly), avoid (stop what causes it) or share (let
    /// another party carry a part); undecided until one is chosen.
    /// </summary>
    public required TreatmentOption Treatment { get; init; }

    /// <summary>How the treatment is carried out, in words; none while nobody wrote it.</summary>
    public required string? TreatmentPlan { get; init; }

    /// <summary>
    /// The last day on which its residual risk counts as accepted; it stays once that day is over, and is none where
    /// nothing is accepted.
    /// </summary>
    public required DateOnly? AcceptedUntil { get; init; }

    /// <summary>
    /// The threat of the catalogue behind it, with likelihood and impact to start from; none for a scenario of the
    /// company's own.
    /// </summary>
    public required ThreatView? Threat { get; init; }

    /// <summary>The assets that it threatens, those that need most first.</summary>
    public required IReadOnlyList<Related> Assets { get; init; }

    /// <summary>The controls that treat it, by their codes, each with how far it is in place.</summary>
    public required IReadOnlyList<Related> Controls { get; init; }

    /// <summary>The actions of its treatment plan with owner, date and state, the earliest date first.</summary>
    public required IReadOnlyList<ActionView> Actions { get; init; }

    /// <summary>
    /// Every acceptance of its residual risk: by whom, why, until when and of what state; the latest first.
    /// </summary>
    public required IReadOnlyList<AcceptanceView> Acceptances { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }

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
