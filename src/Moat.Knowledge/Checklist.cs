namespace Moat.Knowledge;

/// <summary>What is done when somebody joins, moves or leaves (A.5.11, A.5.18, A.6.1-A.6.5).</summary>
public sealed class Checklist
{
    /// <summary>joiner, mover or leaver.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its steps.</summary>
    public required List<ChecklistStep> Steps { get; init; }
}

/// <summary>One step of a checklist; it becomes a task.</summary>
public sealed class ChecklistStep
{
    /// <summary>What to do; <c>{person}</c> stands for the name.</summary>
    public required string Title { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>The role that does it.</summary>
    public required string Role { get; init; }

    /// <summary>Days after the day it is about; negative for before.</summary>
    public required int Days { get; init; }

    /// <summary>The control that it serves.</summary>
    public required string Control { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }
}
