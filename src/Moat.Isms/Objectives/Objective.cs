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

/// <summary>A security objective with a number (clause 6.2).</summary>
[RecordKind("OBJ", "objectives")]
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

    /// <summary>What will be done, with which resources.</summary>
    public required string Plan { get; set; }

    /// <summary>Who answers for it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; set; }

    /// <inheritdoc />
    public override string Caption => Title;
}
