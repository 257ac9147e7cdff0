using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Controls;

/// <summary>Which controls to list.</summary>
public sealed record ListControls : ListInput
{
    /// <summary>undecided, applicable or excluded.</summary>
    public Applicability? Applicability { get; init; }

    /// <summary>How far in place.</summary>
    public Implementation? Implementation { get; init; }

    /// <summary>organizational, people, physical, technological or own.</summary>
    [MaxLength(20)]
    public string? Theme { get; init; }

    /// <summary>Owned by this person (reference or "me").</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>proposed, adopted or rejected.</summary>
    public Standing? Standing { get; init; }
}

/// <summary>A control in the register.</summary>
public sealed record ControlRow(
    string Ref,
    int Version,
    string Code,
    string Title,
    Standing Standing,
    Applicability Applicability,
    IReadOnlyList<string> ReasonKinds,
    string? Justification,
    Implementation Implementation,
    string? HowDone,
    string? OwnerRef,
    string? Owner,
    int Risks
);

/// <summary>A control with what the company does, why, and what an AI company should know about it.</summary>
public sealed record ControlView(
    string Ref,
    int Version,
    string Code,
    string Title,
    Standing Standing,
    string? WhyProposed,
    Applicability Applicability,
    IReadOnlyList<string> ReasonKinds,
    string? Justification,
    Implementation Implementation,
    string? HowDone,
    string? OwnerRef,
    string? Owner,
    IReadOnlyList<Related> Risks,
    IReadOnlyList<Related> Obligations,
    IReadOnlyList<Related> Evidence,
    string? GuidanceHtml,
    string? Example,
    IReadOnlyList<string> Attributes,
    IReadOnlyList<string> RelatedControls,
    string? NextStep,
    DateTime ChangedAt,
    string ChangedBy
);

/// <summary>A control of the company's own, beside Annex A.</summary>
public sealed record CreateControl
{
    /// <summary>Its code, such as MOD-1; not one of Annex A.</summary>
    [RegularExpression("[A-Z]{2,8}-[0-9]{1,4}", ErrorMessage = "A code such as MOD-1 is needed."), MaxLength(40)]
    public required string Code { get; init; }

    /// <summary>Its title.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>Why it is needed.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Justification { get; init; }
}

/// <summary>Decisions about a control; what is left out stays. Deciding adopts a proposed row.</summary>
public sealed record EditControl : ChangeRecord
{
    /// <summary>applicable or excluded.</summary>
    public Applicability? Applicability { get; init; }

    /// <summary>Where the need comes from: risk, law, contract, good-practice.</summary>
    [MaxLength(4)]
    public List<string>? ReasonKinds { get; init; }

    /// <summary>Why it is included or excluded.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Justification { get; init; }

    /// <summary>not-started, planned, partial or implemented.</summary>
    public Implementation? Implementation { get; init; }

    /// <summary>How it is done here.</summary>
    [MinLength(5), MaxLength(8000)]
    public string? HowDone { get; init; }

    /// <summary>Who answers for it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>
    /// What taught this change: a lesson, action, improvement, finding, incident, review or news, such as LES-3.
    /// </summary>
    [MaxLength(80)]
    public string? Because { get; init; }
}

/// <summary>A look at a control that found nothing to change.</summary>
public sealed record EvaluateControl : ChangeRecord
{
    /// <summary>What was looked at, and why nothing has to change.</summary>
    [MinLength(20), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>An owner for many controls at once.</summary>
public sealed record AssignControls
{
    /// <summary>Codes, such as A.8.4; all applicable ones without an owner when left out.</summary>
    [MaxLength(500)]
    public List<string>? Codes { get; init; }

    /// <summary>The owner, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }
}
