using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>A security objective with its target, its last number and where it stands (6.2).</summary>
public sealed record ObjectiveView
{
    /// <summary>Its reference, such as OBJ-2.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The objective as a sentence, such as "Access reviews of crown jewels are done on time".</summary>
    public required string Title { get; init; }

    /// <summary>What is measured, such as the share of due access reviews finished by their date.</summary>
    public required string Metric { get; init; }

    /// <summary>The unit of its numbers, such as % or hours.</summary>
    public required string Unit { get; init; }

    /// <summary>The value to reach, in its unit.</summary>
    public required decimal Target { get; init; }

    /// <summary>Which side of the target is good: at-least or at-most.</summary>
    public required Comparator Comparator { get; init; }

    /// <summary>The period that a number is about: month, quarter or year.</summary>
    public required string Period { get; init; }

    /// <summary>Where the number comes from, in words.</summary>
    public required string MeasuredBy { get; init; }

    /// <summary>What will be done, with which resources.</summary>
    public required string Plan { get; init; }

    /// <summary>Who answers for it, such as PER-2; none while nobody does.</summary>
    public required string? OwnerRef { get; init; }

    /// <summary>The name of its owner; none while nobody owns it.</summary>
    public required string? Owner { get; init; }

    /// <summary>By when it is to be reached; none while no date is set.</summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>proposed until a person decides about it, then adopted or rejected.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }

    /// <summary>
    /// Who or what takes the number: manual (a person), prometheus, check (how much of the period checks passed) or
    /// records (a count of Moat's own).
    /// </summary>
    public required MeasurementSource TakenFrom { get; init; }

    /// <summary>The Prometheus source that is asked, such as SRC-2; none where none is named.</summary>
    public required string? AskedAt { get; init; }

    /// <summary>
    /// What is asked: a PromQL query, ids of checks separated by commas, or the name of a count such as tasks-overdue;
    /// none where nothing is.
    /// </summary>
    public required string? Query { get; init; }

    /// <summary>
    /// How Prometheus's answers over the period become one number: now (its answer of the moment), average, minimum or
    /// last.
    /// </summary>
    public required RangeFold Fold { get; init; }

    /// <summary>Minutes between two of Prometheus's answers over the period, 1 to 1440.</summary>
    public required int StepMinutes { get; init; }

    /// <summary>
    /// on-track, at-risk (the target is not reached and the period goes on), missed (it is not reached and the period
    /// or its date is over) or not-measured (no number in this or the last period).
    /// </summary>
    public required ObjectiveState State { get; init; }

    /// <summary>Its latest number that is not withdrawn, in its unit; none while there is none.</summary>
    public required decimal? LastValue { get; init; }

    /// <summary>The last day that its latest number is about; none while there is none.</summary>
    public required DateOnly? LastOn { get; init; }

    /// <summary>The day it was dropped; none while it is pursued.</summary>
    public DateOnly? DroppedOn { get; init; }
}

/// <summary>Where an objective stands.</summary>
public enum ObjectiveState
{
    /// <summary>Nothing was measured in this or the last period.</summary>
    NotMeasured,

    /// <summary>The last value reaches the target.</summary>
    OnTrack,

    /// <summary>The last value does not, and the period goes on.</summary>
    AtRisk,

    /// <summary>The period of the last value is over, and it did not reach the target.</summary>
    Missed,
}
