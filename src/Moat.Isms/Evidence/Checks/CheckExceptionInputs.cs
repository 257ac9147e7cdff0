using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Checks;

/// <summary>An exception from a check for one resource, until a day.</summary>
public sealed record ExceptCheck : OneCheck
{
    /// <summary>The resource, such as RES-4; it fails the check now.</summary>
    [MaxLength(80)]
    public required string Resource { get; init; }

    /// <summary>Who answers for it, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>Why it may be so.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <summary>Last day; at most a year ahead.</summary>
    public required DateOnly Until { get; init; }
}

/// <summary>Which exceptions to list.</summary>
public sealed record ListExceptions
{
    /// <summary>Only those from this check.</summary>
    [MaxLength(80)]
    public string? Check { get; init; }

    /// <summary>Only those for this resource, such as RES-4.</summary>
    [MaxLength(80)]
    public string? Resource { get; init; }

    /// <summary>Whether those that are over are shown as well.</summary>
    public bool Over { get; init; }
}

/// <summary>An exception that is not needed, or not wanted, until its last day.</summary>
public sealed record EndException : ChangeRecord
{
    /// <summary>Why it ends.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>An exception in the list.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Version">Its version.</param>
/// <param name="Check">The check.</param>
/// <param name="CheckTitle">What must be true.</param>
/// <param name="ResourceRef">The resource.</param>
/// <param name="Resource">Its name.</param>
/// <param name="OwnerRef">Who answers for it.</param>
/// <param name="Owner">Their name.</param>
/// <param name="Reason">Why it may be so.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Stands">Whether somebody answers for the failure today.</param>
/// <param name="EndedAt">When it ended before its last day.</param>
/// <param name="EndedBecause">Why it ended early.</param>
public sealed record ExceptionRow(
    string Ref,
    int Version,
    string Check,
    string CheckTitle,
    string ResourceRef,
    string Resource,
    string OwnerRef,
    string Owner,
    string Reason,
    DateOnly From,
    DateOnly Until,
    bool Stands,
    DateTime? EndedAt,
    string? EndedBecause
);
