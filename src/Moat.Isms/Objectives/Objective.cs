using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>Which side of the target is good.</summary>
public enum Comparator
{
    /// <summary>The value must reach the target.</summary>
    AtLeast,

    /// <summary>The value must stay below the target or on it.</summary>
    AtMost,
}

/// <summary>Who or what takes the number of an objective.</summary>
public enum MeasurementSource
{
    /// <summary>A person.</summary>
    Manual,

    /// <summary>A query to Prometheus.</summary>
    Prometheus,

    /// <summary>How much of the period checks passed.</summary>
    Check,

    /// <summary>A count of Moat's own records.</summary>
    Records,
}

/// <summary>A security objective with a number (clause 6.2).</summary>
[RecordKind("OBJ", "objectives", Page = "objectives/{ref}", Shows = "6.2 9.1", Column = ThreadColumn.RisksAndControls)]
public sealed class Objective : Proposable
{
    /// <summary>The objective as a sentence.</summary>
    public required string Title { get; set; }

    /// <summary>What is measured.</summary>
    public required string Metric { get; set; }

    /// <summary>In which unit.</summary>
    public required string Unit { get; set; }

    /// <summary>The value to reach.</summary>
    public required decimal Target { get; set; }

    /// <summary>At least or at most.</summary>
    public required Comparator Comparator { get; set; }

    /// <summary>month, quarter or year.</summary>
    public required string Period { get; set; }

    /// <summary>Where the number comes from.</summary>
    public required string MeasuredBy { get; set; }

    /// <summary>Who or what takes the number.</summary>
    [AddedLater("\"Manual\"")]
    public MeasurementSource TakenFrom { get; set; }

    /// <summary>The source that is asked, such as SRC-2; for Prometheus.</summary>
    public string? AskedAt { get; set; }

    /// <summary>What is asked: a query, checks, or the name of a count.</summary>
    public string? Query { get; set; }

    /// <summary>
    /// How Prometheus's answers over the period become one number; with Now, its answer of the moment counts.
    /// </summary>
    [AddedLater("\"Now\"")]
    public RangeFold Fold { get; set; }

    /// <summary>How many minutes lie between two answers of a period.</summary>
    [AddedLater("60")]
    public int StepMinutes { get; set; } = 60;

    /// <summary>What will be done, with which resources.</summary>
    public required string Plan { get; set; }

    /// <summary>Who answers for it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>The day it was dropped; null while it is pursued.</summary>
    public DateOnly? DroppedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Whether a value is good enough for a target.</summary>
    public bool Meets(decimal value, decimal target) =>
        Comparator == Comparator.AtLeast ? value >= target : value <= target;

    /// <summary>Whether a target is harder to reach than the one that stands.</summary>
    public bool IsHarder(decimal target) => target != Target && !Meets(Target, target);

    /// <summary>Ends its pursuit; its numbers stay readable.</summary>
    public void Drop(DateOnly on) => DroppedOn = on;

    /// <summary>Throws when it is not pursued any more: nothing about it changes then.</summary>
    public void MustBePursued()
    {
        if (DroppedOn is { } on)
            throw new RuleBroken(
                "objectives.dropped",
                FormattableString.Invariant(
                    $"{Ref} was dropped on {on:yyyy-MM-dd} and stays as it was. Enter a new objective."
                )
            );
    }

    /// <summary>First day of the period that a day lies in.</summary>
    public DateOnly PeriodStart(DateOnly day) =>
        Period switch
        {
            "year" => new DateOnly(day.Year, 1, 1),
            "quarter" => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            _ => new DateOnly(day.Year, day.Month, 1),
        };

    /// <summary>How many days its longest period has.</summary>
    public int DaysInPeriod =>
        Period switch
        {
            "year" => 366,
            "quarter" => 92,
            _ => 31,
        };

    /// <summary>Last day of the period that a day lies in.</summary>
    public DateOnly PeriodEnd(DateOnly day) =>
        PeriodStart(day)
            .AddMonths(
                Period switch
                {
                    "year" => 12,
                    "quarter" => 3,
                    _ => 1,
                }
            )
            .AddDays(-1);
}
