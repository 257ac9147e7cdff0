namespace Moat.Knowledge;

/// <summary>A security objective that a company may adopt (clause 6.2).</summary>
public sealed class ObjectiveEntry : Entry
{
    /// <summary>What is measured.</summary>
    public required string Metric { get; init; }

    /// <summary>In which unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The value to reach.</summary>
    public required decimal Target { get; init; }

    /// <summary>at-least or at-most.</summary>
    public required string Comparator { get; init; }

    /// <summary>month, quarter or year.</summary>
    public required string Period { get; init; }

    /// <summary>Where the number comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>Which companies it fits.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What will be done.</summary>
    public required string Plan { get; init; }
}
