using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Alignment;

/// <summary>A record that serves a business objective.</summary>
public sealed record TiedRecord(string Ref, string Process, string Title);

/// <summary>A business objective as people read it, with what serves it.</summary>
public sealed record BusinessObjectiveView(
    string Ref,
    int Version,
    string Title,
    string WhySecurity,
    string? OwnerRef,
    string? Owner,
    string? Department,
    DateOnly? Horizon,
    DateOnly? EndedOn,
    string? Outcome,
    Standing Standing,
    string? WhyProposed,
    IReadOnlyList<TiedRecord> Ties
);

/// <summary>Something the company wants to reach.</summary>
public sealed record CreateBusinessObjective
{
    /// <summary>What the company wants to reach, as the business says it.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>Why security matters to it: what would stop it.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string WhySecurity { get; init; }

    /// <summary>Who answers for it in the business, such as PER-1.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? Horizon { get; init; }
}

/// <summary>Changes to a business objective; a changed proposal is adopted.</summary>
public sealed record EditBusinessObjective : ChangeRecord
{
    /// <summary>What the company wants to reach.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>Why security matters to it.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? WhySecurity { get; init; }

    /// <summary>Who answers for it in the business.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? Horizon { get; init; }
}

/// <summary>Records that serve a business objective.</summary>
public sealed record TieRecords
{
    /// <summary>The business objective, such as BIZ-1.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>Objectives, assets, risks and controls, such as OBJ-2, AST-4, RISK-1, CTL-12.</summary>
    [MinLength(1), MaxLength(200)]
    public required List<string> Records { get; init; }
}

/// <summary>How a business objective ended.</summary>
public sealed record EndBusinessObjective : ChangeRecord
{
    /// <summary>Whether it was reached, or why it is given up.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Outcome { get; init; }
}
