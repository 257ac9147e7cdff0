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
public sealed record ControlView
{
    /// <summary>Its reference, such as CTL-8.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>Its code: A.5.1 to A.8.34 of Annex A, or one of the company's own, such as MOD-1.</summary>
    public required string Code { get; init; }

    /// <summary>Its short title.</summary>
    public required string Title { get; init; }

    /// <summary>proposed until a person decides about it, then adopted or rejected.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }

    /// <summary>Whether it is needed here: undecided, applicable or excluded.</summary>
    public required Applicability Applicability { get; init; }

    /// <summary>Where the need comes from: risk, law, contract, good-practice; empty where no need is named.</summary>
    public required IReadOnlyList<string> ReasonKinds { get; init; }

    /// <summary>Why the Statement of Applicability includes or excludes it; none while nobody wrote it.</summary>
    public required string? Justification { get; init; }

    /// <summary>How far it is in place: unknown, not-started, planned, partial or implemented.</summary>
    public required Implementation Implementation { get; init; }

    /// <summary>How it is done here; none while nobody wrote it down.</summary>
    public required string? HowDone { get; init; }

    /// <summary>Who answers for it, such as PER-2; none while nobody does.</summary>
    public required string? OwnerRef { get; init; }

    /// <summary>The name of its owner; none while nobody owns it.</summary>
    public required string? Owner { get; init; }

    /// <summary>The risks that it treats, the highest score of today first, each with that score.</summary>
    public required IReadOnlyList<Related> Risks { get; init; }

    /// <summary>The laws, contracts and standards that call for it.</summary>
    public required IReadOnlyList<Related> Obligations { get; init; }

    /// <summary>
    /// Evidence that shows it and is not withdrawn, the latest first, each with the day until which it counts.
    /// </summary>
    public required IReadOnlyList<Related> Evidence { get; init; }

    /// <summary>
    /// What it comes down to in an AI company and how it is done, as HTML; none for a control of the company's own.
    /// </summary>
    public required string? GuidanceHtml { get; init; }

    /// <summary>
    /// How a company of thirty might do it, as a suggestion; none for a control of the company's own.
    /// </summary>
    public required string? Example { get; init; }

    /// <summary>
    /// Its attributes, such as preventive, confidentiality or protect; empty for a control of the company's own.
    /// </summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Codes of controls to read with it, such as A.8.2; empty for a control of the company's own.</summary>
    public required IReadOnlyList<string> RelatedControls { get; init; }

    /// <summary>The cheapest first step; none for a control of the company's own.</summary>
    public required string? NextStep { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }
}

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
