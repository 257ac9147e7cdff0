using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>
/// Something the company wants to reach, and that security serves (clauses 4.1 and 5.1 a): a contract to win, a model
/// to launch.
/// </summary>
[RecordKind("BIZ", "business-objectives", Page = "alignment#{ref}", Column = ThreadColumn.RisksAndControls)]
public sealed class BusinessObjective : Proposable
{
    /// <summary>What the company wants to reach, as the business says it.</summary>
    public required string Title { get; set; }

    /// <summary>Why security matters to it: what would stop it.</summary>
    public required string WhySecurity { get; set; }

    /// <summary>Who answers for it in the business.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? Horizon { get; set; }

    /// <summary>When it was reached or given up; null while it is pursued.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {WhySecurity}";

    /// <summary>Says that it was reached or given up.</summary>
    public void End(DateOnly on, string outcome)
    {
        if (EndedOn is not null)
            throw new RuleBroken("business-objectives.end.once", $"{Ref} already ended on {EndedOn:yyyy-MM-dd}.");
        if (Standing != Standing.Adopted)
            throw new RuleBroken("business-objectives.end.adopted", $"{Ref} is only proposed. Adopt or reject it.");
        (EndedOn, Outcome) = (on, outcome);
    }
}
