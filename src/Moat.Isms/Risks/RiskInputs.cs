using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>Which risks to list.</summary>
public sealed record ListRisks : ListInput
{
    /// <summary>proposed, adopted or rejected; adopted and proposed ones when left out.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Owned by this person (reference or "me").</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Only with this treatment.</summary>
    public TreatmentOption? Treatment { get; init; }

    /// <summary>Only those still to be assessed.</summary>
    public bool? Unassessed { get; init; }

    /// <summary>Lowest current score, 1 to 25.</summary>
    [Range(1, 25)]
    public int? MinScore { get; init; }

    /// <summary>Current likelihood of a heat-map cell, 1 to 5.</summary>
    [Range(1, 5)]
    public int? Likelihood { get; init; }

    /// <summary>Current impact of a heat-map cell, 1 to 5.</summary>
    [Range(1, 5)]
    public int? Impact { get; init; }
}

/// <summary>A risk of the company's own, beside those that are suggested.</summary>
public sealed record CreateRisk
{
    /// <summary>The scenario in a few words.</summary>
    [MinLength(5), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>What lets it happen.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Cause { get; init; }

    /// <summary>What it costs the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Consequence { get; init; }

    /// <summary>A threat of the catalogue, such as weight-exfiltration.</summary>
    [MaxLength(80)]
    public string? ThreatId { get; init; }

    /// <summary>What it harms: confidentiality, integrity, availability.</summary>
    [MaxLength(3)]
    public List<string> Harms { get; init; } = [];

    /// <summary>Assets it strikes, such as AST-3.</summary>
    [MaxLength(50)]
    public List<string> Assets { get; init; } = [];

    /// <summary>The risk owner, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>Changes to a risk's description; what is left out stays.</summary>
public sealed record EditRisk : ChangeRecord
{
    /// <summary>The scenario in a few words.</summary>
    [MinLength(5), MaxLength(200)]
    public string? Title { get; init; }

    /// <summary>What lets it happen.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Cause { get; init; }

    /// <summary>What it costs the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Consequence { get; init; }

    /// <summary>What it harms: confidentiality, integrity, availability.</summary>
    [MaxLength(3)]
    public List<string>? Harms { get; init; }

    /// <summary>Assets it strikes; replaces those named before.</summary>
    [MaxLength(50)]
    public List<string>? Assets { get; init; }

    /// <summary>The risk owner.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Adopt a proposed risk with this change.</summary>
    public bool Adopt { get; init; }
}

/// <summary>An assessment on the scales of the method.</summary>
public sealed record AssessRisk : ChangeRecord
{
    /// <summary>Likelihood without any control, 1 to 5.</summary>
    [Range(1, 5)]
    public required int InherentLikelihood { get; init; }

    /// <summary>Impact without any control, 1 to 5.</summary>
    [Range(1, 5)]
    public required int InherentImpact { get; init; }

    /// <summary>Likelihood today, 1 to 5.</summary>
    [Range(1, 5)]
    public required int CurrentLikelihood { get; init; }

    /// <summary>Impact today, 1 to 5.</summary>
    [Range(1, 5)]
    public required int CurrentImpact { get; init; }

    /// <summary>Likelihood after the treatment, 1 to 5; together with the impact or not at all.</summary>
    [Range(1, 5)]
    public int? ResidualLikelihood { get; init; }

    /// <summary>Impact after the treatment, 1 to 5.</summary>
    [Range(1, 5)]
    public int? ResidualImpact { get; init; }

    /// <summary>Why these values: what was seen, measured or is known of similar companies.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Rationale { get; init; }

    /// <summary>What made you look again, such as BOM-2 or EVD-7.</summary>
    [MaxLength(80)]
    public string? BecauseOf { get; init; }
}

/// <summary>What is done about a risk.</summary>
public sealed record TreatRisk : ChangeRecord
{
    /// <summary>modify, retain, avoid or share.</summary>
    public required TreatmentOption Option { get; init; }

    /// <summary>How, in words.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Plan { get; init; }

    /// <summary>Controls that treat it, such as A.8.3; replaces those named before.</summary>
    [MaxLength(60)]
    public List<string>? Controls { get; init; }

    /// <summary>Likelihood after the treatment, 1 to 5.</summary>
    [Range(1, 5)]
    public int? ResidualLikelihood { get; init; }

    /// <summary>Impact after the treatment, 1 to 5.</summary>
    [Range(1, 5)]
    public int? ResidualImpact { get; init; }
}

/// <summary>An action of the treatment plan.</summary>
public sealed record PlanAction : OneRecord
{
    /// <summary>What to do.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }
}

/// <summary>Acceptance of a residual risk by its owner.</summary>
public sealed record AcceptRisk : ChangeRecord
{
    /// <summary>Why that is right, and what would change the decision.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Reason { get; init; }

    /// <summary>The last day it counts, at most a year ahead.</summary>
    public required DateOnly Until { get; init; }
}

/// <summary>The end of an acceptance before its time.</summary>
public sealed record WithdrawAcceptance : ChangeRecord
{
    /// <summary>What changed.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Reason { get; init; }
}
