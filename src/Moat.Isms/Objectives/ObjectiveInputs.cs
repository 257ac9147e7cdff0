using System.ComponentModel.DataAnnotations;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>Which objectives to list.</summary>
public sealed record ListObjectives
{
    /// <summary>proposed, adopted or rejected; adopted and proposed ones when left out.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Those that were dropped, in place of those that are pursued.</summary>
    public bool Dropped { get; init; }
}

/// <summary>A security objective.</summary>
public sealed record CreateObjective
{
    /// <summary>The objective as a sentence.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What is measured.</summary>
    [MinLength(3), MaxLength(1000)]
    public required string Metric { get; init; }

    /// <summary>In which unit.</summary>
    [MaxLength(40)]
    public required string Unit { get; init; }

    /// <summary>The value to reach.</summary>
    public required decimal Target { get; init; }

    /// <summary>at-least or at-most.</summary>
    public required Comparator Comparator { get; init; }

    /// <summary>month, quarter or year.</summary>
    [RegularExpression("month|quarter|year", ErrorMessage = "One of month, quarter, year."), MaxLength(20)]
    public required string Period { get; init; }

    /// <summary>Where the number comes from.</summary>
    [MinLength(3), MaxLength(1000)]
    public required string MeasuredBy { get; init; }

    /// <summary>What will be done, with which resources.</summary>
    [MinLength(3), MaxLength(4000)]
    public required string Plan { get; init; }

    /// <summary>Who answers for it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>manual, prometheus, check or records.</summary>
    public MeasurementSource TakenFrom { get; init; }

    /// <summary>The Prometheus source that is asked, such as SRC-2.</summary>
    [MaxLength(40)]
    public string? AskedAt { get; init; }

    /// <summary>A PromQL query with one number, ids of checks separated by commas, or the name of a count.</summary>
    [MaxLength(2000)]
    public string? Query { get; init; }

    /// <summary>
    /// How Prometheus's answers over the period become one number: now (its answer of the moment), average, minimum or
    /// last.
    /// </summary>
    public RangeFold Fold { get; init; }

    /// <summary>Minutes between two answers of a period; an hour when left out.</summary>
    [Range(1, 1440)]
    public int StepMinutes { get; init; } = 60;

    /// <summary>The risk that makes it worth a number, such as RISK-3.</summary>
    [MaxLength(80)]
    public string? Risk { get; init; }
}

/// <summary>Changes to an objective; a changed proposal is adopted.</summary>
public sealed record EditObjective : ChangeRecord
{
    /// <summary>The objective as a sentence.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What is measured.</summary>
    [MinLength(3), MaxLength(1000)]
    public string? Metric { get; init; }

    /// <summary>In which unit. It stays once there are numbers.</summary>
    [MinLength(1), MaxLength(40)]
    public string? Unit { get; init; }

    /// <summary>The value to reach.</summary>
    public decimal? Target { get; init; }

    /// <summary>at-least or at-most. It stays once there are numbers.</summary>
    public Comparator? Comparator { get; init; }

    /// <summary>month, quarter or year. It stays once there are numbers.</summary>
    [RegularExpression("month|quarter|year", ErrorMessage = "One of month, quarter, year."), MaxLength(20)]
    public string? Period { get; init; }

    /// <summary>Where the number comes from.</summary>
    [MinLength(3), MaxLength(1000)]
    public string? MeasuredBy { get; init; }

    /// <summary>Why the target moves or something else is measured; needed once there are numbers.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }

    /// <summary>What will be done, with which resources.</summary>
    [MinLength(3), MaxLength(4000)]
    public string? Plan { get; init; }

    /// <summary>Who answers for it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>manual, prometheus, check or records.</summary>
    public MeasurementSource? TakenFrom { get; init; }

    /// <summary>The Prometheus source that is asked, such as SRC-2.</summary>
    [MaxLength(40)]
    public string? AskedAt { get; init; }

    /// <summary>A PromQL query with one number, ids of checks separated by commas, or the name of a count.</summary>
    [MaxLength(2000)]
    public string? Query { get; init; }

    /// <summary>How Prometheus's answers over the period become one number: now, average, minimum or last.</summary>
    public RangeFold? Fold { get; init; }

    /// <summary>Minutes between two answers of a period.</summary>
    [Range(1, 1440)]
    public int? StepMinutes { get; init; }
}

/// <summary>A number that a person measured.</summary>
public sealed record MeasureObjective : ChangeRecord
{
    /// <summary>The number, in the objective's unit.</summary>
    public required decimal Value { get; init; }

    /// <summary>First day that it is about; that of the period when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; today when left out.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What has to be said about it.</summary>
    [MaxLength(2000)]
    public string? Note { get; init; }
}

/// <summary>A number that was wrong.</summary>
public sealed record WithdrawMeasurement : ChangeRecord
{
    /// <summary>The number, by the id that objectives.get tells.</summary>
    public required Guid Measurement { get; init; }

    /// <summary>What is wrong about it.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What somebody makes of the numbers.</summary>
public sealed record EvaluateObjective : ChangeRecord
{
    /// <summary>What the numbers told, and why what follows follows.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Text { get; init; }

    /// <summary>keep, raise, lower or drop.</summary>
    public required Conclusion Conclusion { get; init; }

    /// <summary>The new target, when it is raised or lowered.</summary>
    public decimal? Target { get; init; }
}

/// <summary>A measured number, held against the target of its day.</summary>
public sealed record MeasurementRow(
    Guid Id,
    DateOnly From,
    DateOnly To,
    decimal Value,
    decimal Target,
    bool Met,
    string TakenBy,
    string? Note,
    DateTime? WithdrawnAt,
    string? WithdrawnBecause
);

/// <summary>What somebody made of the numbers.</summary>
public sealed record EvaluationRow(
    DateOnly On,
    string By,
    string Text,
    Conclusion Conclusion,
    decimal? TargetBefore,
    decimal? Target
);

/// <summary>An objective with its numbers and what was made of them.</summary>
public sealed record ObjectiveHistory(
    ObjectiveView Objective,
    IReadOnlyList<MeasurementRow> Measurements,
    IReadOnlyList<EvaluationRow> Evaluations
);

/// <summary>
/// A number of an objective that Prometheus is asked for, with the access in the clear; over a span when the period's
/// answers are folded. Never leaves the server.
/// </summary>
public sealed record PendingQuery(string Ref, string Query, OpenedAccess Opened, DateOnly Day, MeasuredSpan? Span);

/// <summary>Numbers that are to be asked for: today's, and those of days that were missed.</summary>
public sealed record PendingQueries(IReadOnlyList<PendingQuery> Queries);

/// <summary>What a source answered for an objective.</summary>
public sealed record TakeReading : OneObjective
{
    /// <summary>The day that it stands for; today when left out.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The number; none when the source has none.</summary>
    public decimal? Value { get; init; }

    /// <summary>Why there is none.</summary>
    [MaxLength(2000)]
    public string? Why { get; init; }
}

/// <summary>One objective.</summary>
public record OneObjective
{
    /// <summary>The objective, such as OBJ-2.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }
}
