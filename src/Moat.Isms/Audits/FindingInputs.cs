using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>A finding to raise.</summary>
public sealed record RaiseFinding
{
    /// <summary>The running audit, such as AUD-2.</summary>
    [MaxLength(80)]
    public required string Audit { get; init; }

    /// <summary>The sub-clause or control.</summary>
    [MaxLength(20)]
    public required string Requirement { get; init; }

    /// <summary>major, minor, observation or opportunity.</summary>
    public required FindingGrade Grade { get; init; }

    /// <summary>The finding in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What was seen: records, dates, numbers.</summary>
    [MinLength(10), MaxLength(8000)]
    public required string Seen { get; init; }

    /// <summary>What does not fit, or could be better.</summary>
    [MinLength(10), MaxLength(8000)]
    public required string Statement { get; init; }

    /// <summary>References of the records that were looked at, such as SMP-1.</summary>
    [MaxLength(100)]
    public List<string> Records { get; init; } = [];
}

/// <summary>Which findings to list.</summary>
public sealed record ListFindings : ListInput
{
    /// <summary>raised, accepted, contested or withdrawn; all but withdrawn when left out.</summary>
    public FindingState? State { get; init; }

    /// <summary>major, minor, observation or opportunity.</summary>
    public FindingGrade? Grade { get; init; }

    /// <summary>Only accepted ones that need a nonconformity and have none.</summary>
    public bool Unfollowed { get; init; }
}

/// <summary>A finding that the organisation agrees with.</summary>
public sealed record AcceptFinding : ChangeRecord
{
    /// <summary>What is said to it.</summary>
    [MaxLength(4000)]
    public string? Reason { get; init; }

    /// <summary>Who sees it through, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Raise no nonconformity now; it stays visible as missing until one is raised.</summary>
    public bool WithoutNonconformity { get; init; }

    /// <summary>For an observation or opportunity: propose an improvement from it.</summary>
    public bool Improve { get; init; }
}

/// <summary>A reason for what becomes of a finding.</summary>
public sealed record ReasonForFinding : ChangeRecord
{
    /// <summary>Why.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Reason { get; init; }
}

/// <summary>Who sees a nonconformity through.</summary>
public sealed record FollowFinding : ChangeRecord
{
    /// <summary>Who sees it through, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}
