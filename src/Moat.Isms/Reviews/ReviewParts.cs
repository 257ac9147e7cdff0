using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>What somebody brings to a topic of a review that no record holds, such as what customers said.</summary>
public sealed class ReviewNote : Record
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The topic, such as feedback.</summary>
    public required string Topic { get; init; }

    /// <summary>What is brought.</summary>
    public required string Text { get; init; }

    /// <summary>Who brings it.</summary>
    public required string By { get; init; }
}

/// <summary>What the meeting concluded about a topic.</summary>
public sealed class ReviewConclusion : Record
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The topic, such as feedback.</summary>
    public required string Topic { get; init; }

    /// <summary>The conclusion.</summary>
    public required string Text { get; set; }

    /// <summary>Who wrote it down.</summary>
    public required string By { get; set; }
}

/// <summary>What a decision of a review leads to (clause 9.3.3).</summary>
public enum DecisionKind
{
    /// <summary>Somebody does something.</summary>
    Task,

    /// <summary>Something gets better.</summary>
    Improvement,

    /// <summary>Something of the ISMS changes as planned (6.3).</summary>
    Change,

    /// <summary>Nothing needs to change, on the ground that is given.</summary>
    NoChange,
}

/// <summary>A decision of a review.</summary>
public sealed class ReviewDecision : Record
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Its place in the minutes, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Task, improvement, change or no change.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>What was decided.</summary>
    public required string Text { get; init; }

    /// <summary>Why; what it is meant to achieve.</summary>
    public required string Reason { get; init; }

    /// <summary>Who carries it out.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Who wrote it down.</summary>
    public required string By { get; init; }

    /// <summary>The task, improvement or change that came of it, once the review was held.</summary>
    public string? ResultRef { get; set; }
}
