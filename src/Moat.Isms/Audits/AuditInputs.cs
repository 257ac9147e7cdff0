using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>The cycle that a programme is proposed for.</summary>
public sealed record ProposeProgramme
{
    /// <summary>First day of the cycle; today when left out.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>How many years it has, 1 to 5.</summary>
    [Range(1, 5)]
    public int Years { get; init; } = 3;

    /// <summary>How many audits a year, 1 to 6.</summary>
    [Range(1, 6)]
    public int AuditsAYear { get; init; } = 2;
}

/// <summary>What an audit is about and who looks.</summary>
public sealed record PlanAudit
{
    /// <summary>What people call it.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>internal, supplier, stage-one, stage-two or surveillance.</summary>
    public AuditKind Kind { get; init; }

    /// <summary>What is looked at: places, teams, systems.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Extent { get; init; }

    /// <summary>
    /// The criteria: sub-clauses such as 7.3 and codes of controls such as A.8.4; all of them when left out.
    /// </summary>
    [MaxLength(200)]
    public List<string> Requirements { get; init; } = [];

    /// <summary>First day.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>First day of the time that is looked at; a year before the audit when left out.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>Who leads it, such as PER-3.</summary>
    [MaxLength(80)]
    public string? Lead { get; init; }

    /// <summary>The other auditors, such as PER-4.</summary>
    [MaxLength(20)]
    public List<string> Team { get; init; } = [];

    /// <summary>The organisation that audits, when it is not one's own.</summary>
    [MaxLength(200)]
    public string? Body { get; init; }

    /// <summary>The supplier that is looked at, such as SUP-2.</summary>
    [MaxLength(80)]
    public string? Supplier { get; init; }
}

/// <summary>What changes of a planned audit.</summary>
public sealed record EditAudit : ChangeRecord
{
    /// <summary>What people call it.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What is looked at: places, teams, systems.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Extent { get; init; }

    /// <summary>The criteria: sub-clauses and codes of controls.</summary>
    [MaxLength(200)]
    public List<string> Requirements { get; init; } = [];

    /// <summary>First day.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>First day of the time that is looked at.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>Who leads it, such as PER-3.</summary>
    [MaxLength(80)]
    public string? Lead { get; init; }

    /// <summary>The other auditors, such as PER-4.</summary>
    [MaxLength(20)]
    public List<string> Team { get; init; } = [];
}

/// <summary>An audit that will not be held.</summary>
public sealed record DropAudit : ChangeRecord
{
    /// <summary>Why.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What a look at a requirement showed.</summary>
public sealed record ExamineRequirement : ChangeRecord
{
    /// <summary>The sub-clause or control.</summary>
    [MaxLength(20)]
    public required string Requirement { get; init; }

    /// <summary>conforms or not-examined; a finding is raised with findings.raise.</summary>
    public required ExamineResult Result { get; init; }

    /// <summary>What was seen, so that somebody else can judge it; or why it was not looked at.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string Note { get; init; }

    /// <summary>References of the records that were looked at, such as DOC-4 or SMP-1.</summary>
    [MaxLength(100)]
    public List<string> Records { get; init; } = [];
}

/// <summary>What the auditors conclude.</summary>
public sealed record ConcludeAudit : ChangeRecord
{
    /// <summary>Does the ISMS meet the criteria, does it work, what stands out.</summary>
    [MinLength(20), MaxLength(8000)]
    public required string Conclusion { get; init; }
}

/// <summary>Which audits to list.</summary>
public sealed record ListAudits : ListInput
{
    /// <summary>planned, running, reported, closed or dropped; all but dropped when left out.</summary>
    public AuditState? State { get; init; }

    /// <summary>internal, supplier, stage-one, stage-two or surveillance.</summary>
    public AuditKind? Kind { get; init; }
}

/// <summary>Which line of a checklist to prepare.</summary>
public sealed record PrepareRequirement
{
    /// <summary>The audit, such as AUD-2.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>The sub-clause or control; all of the audit when left out.</summary>
    [MaxLength(20)]
    public string? Requirement { get; init; }
}

/// <summary>A person and requirements, to see whether the person may look at them.</summary>
public sealed record AskIndependence
{
    /// <summary>The person, such as PER-3.</summary>
    [MaxLength(80)]
    public required string Person { get; init; }

    /// <summary>Sub-clauses and codes of controls; all of them when left out.</summary>
    [MaxLength(200)]
    public List<string> Requirements { get; init; } = [];

    /// <summary>First day of the time that is looked at; a year ago when left out.</summary>
    public DateOnly? From { get; init; }
}

/// <summary>Which visit to rehearse.</summary>
public sealed record RehearseAudit
{
    /// <summary>1 reads the documents, 2 looks at what happens.</summary>
    [Range(1, 2)]
    public int Stage { get; init; } = 1;
}
