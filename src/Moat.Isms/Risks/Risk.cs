using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>What is done about a risk (clause 6.1.3 a).</summary>
public enum TreatmentOption
{
    /// <summary>Not decided yet.</summary>
    Undecided,

    /// <summary>Lower it by controls and actions.</summary>
    Modify,

    /// <summary>Keep it knowingly.</summary>
    Retain,

    /// <summary>Stop what causes it.</summary>
    Avoid,

    /// <summary>Let another party carry a part of it.</summary>
    Share,
}

/// <summary>A scenario: a threat strikes assets and costs the company something (clause 6.1.2 c).</summary>
[RecordKind(
    "RISK",
    "risks",
    Page = "risks/{ref}",
    Shows = "6.1.1 6.1.2/2 6.1.3/2 8.2 8.3",
    Column = ThreadColumn.RisksAndControls
)]
public sealed class Risk : Proposable
{
    /// <summary>The scenario in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>The threat in the catalogue; null for a scenario of the company's own.</summary>
    public string? ThreatId { get; set; }

    /// <summary>What lets it happen.</summary>
    public required string Cause { get; set; }

    /// <summary>What it costs.</summary>
    public required string Consequence { get; set; }

    /// <summary>What it harms: confidentiality, integrity, availability.</summary>
    public List<string> Harms { get; set; } = [];

    /// <summary>The risk owner (clause 6.1.2 c 2).</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Likelihood without any control, 1 to 5; 0 while not assessed.</summary>
    public int InherentLikelihood { get; private set; }

    /// <summary>Impact without any control, 1 to 5; 0 while not assessed.</summary>
    public int InherentImpact { get; private set; }

    /// <summary>Likelihood today.</summary>
    public int CurrentLikelihood { get; private set; }

    /// <summary>Impact today.</summary>
    public int CurrentImpact { get; private set; }

    /// <summary>Likelihood after the treatment.</summary>
    public int ResidualLikelihood { get; private set; }

    /// <summary>Impact after the treatment.</summary>
    public int ResidualImpact { get; private set; }

    /// <summary>Likelihood times impact; 0 while not assessed.</summary>
    public int InherentScore { get; private set; }

    /// <summary>Likelihood times impact today.</summary>
    public int CurrentScore { get; private set; }

    /// <summary>Likelihood times impact after the treatment.</summary>
    public int ResidualScore { get; private set; }

    /// <summary>Why these values.</summary>
    public string? Rationale { get; private set; }

    /// <summary>When it was last assessed.</summary>
    public DateTime? AssessedAt { get; private set; }

    /// <summary>What is done about it.</summary>
    public TreatmentOption Treatment { get; private set; }

    /// <summary>Why that, and how.</summary>
    public string? TreatmentPlan { get; private set; }

    /// <summary>Until when its residual risk is accepted; null when it is not.</summary>
    public DateOnly? AcceptedUntil { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {ThreatId} {Cause} {Consequence}";

    /// <summary>
    /// Assesses it (clause 6.1.2 d). What was accepted before is no more: see <see cref="RiskAcceptances.End"/>.
    /// </summary>
    public void Assess(Rating inherent, Rating current, Rating? residual, string rationale, DateTime at)
    {
        if (Standing != Standing.Adopted)
            throw new RuleBroken(
                "risk.assess.adopted",
                $"{Ref} is {Standing.Words()}. Only what stands in the register is assessed."
            );
        if (current.Score > inherent.Score)
            throw new RuleBroken(
                "risk.assess.current-above-inherent",
                "The risk today cannot be higher than without any control."
            );
        (InherentLikelihood, InherentImpact, InherentScore) = (inherent.Likelihood, inherent.Impact, inherent.Score);
        (CurrentLikelihood, CurrentImpact, CurrentScore) = (current.Likelihood, current.Impact, current.Score);
        if (residual is not null)
            (ResidualLikelihood, ResidualImpact, ResidualScore) = (
                residual.Likelihood,
                residual.Impact,
                residual.Score
            );
        (Rationale, AssessedAt) = (rationale, at);
    }

    /// <summary>Decides the treatment (clause 6.1.3 a).</summary>
    public void Treat(TreatmentOption option, string plan, Rating? residual)
    {
        if (CurrentScore == 0)
            throw new RuleBroken(
                "risk.treat.assessed",
                $"{Ref} is not assessed yet. Assess it first, so that the treatment fits."
            );
        (Treatment, TreatmentPlan) = (option, plan);
        if (residual is not null)
            (ResidualLikelihood, ResidualImpact, ResidualScore) = (
                residual.Likelihood,
                residual.Impact,
                residual.Score
            );
    }

    /// <summary>
    /// Throws <see cref="RuleBroken"/> where what remains cannot be accepted by whomever (clause 6.1.3 f).
    /// </summary>
    public void MustBeAcceptable(DateOnly until, DateOnly today)
    {
        if (OwnerId is null)
            throw new RuleBroken("risk.accept.has-owner", $"{Ref} has no owner. Name who answers for it first.");
        if (ResidualScore == 0)
            throw new RuleBroken("risk.accept.assessed", $"The residual risk of {Ref} is not assessed yet.");
        if (until <= today || until > today.AddYears(1))
            throw new RuleBroken(
                "risk.accept.end-date-within-a-year",
                "An acceptance ends after today and within a year."
            );
    }

    /// <summary>It is accepted until that day, or no longer.</summary>
    internal void StandsAccepted(DateOnly? until) => AcceptedUntil = until;
}

/// <summary>A likelihood and an impact on the method's scales, 1 to 5.</summary>
public sealed record Rating
{
    /// <summary>How often, 1 to 5.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 5)]
    public required int Likelihood { get; init; }

    /// <summary>How bad, 1 to 5.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 5)]
    public required int Impact { get; init; }

    /// <summary>Likelihood times impact.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Score => Likelihood * Impact;
}
