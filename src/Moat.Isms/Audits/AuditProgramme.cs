using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>Where an audit programme stands.</summary>
public enum ProgrammeState
{
    /// <summary>Computed from the records; nobody decided yet.</summary>
    Proposed,

    /// <summary>In force.</summary>
    Adopted,

    /// <summary>Another one took its place.</summary>
    Replaced,
}

/// <summary>The plan of a cycle of audits (clause 9.2.2): what is looked at, how often, and why that often.</summary>
[RecordKind("PROG", "audits", Page = "audits/programme", Shows = "9.2.2", Column = ThreadColumn.EvidenceAndAudits)]
public sealed class AuditProgramme : Referenced
{
    /// <summary>First day of the cycle.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last day of the cycle.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>How many audits a year it plans.</summary>
    public required int AuditsAYear { get; init; }

    /// <summary>Proposed, adopted or replaced.</summary>
    public ProgrammeState State { get; private set; }

    /// <summary>Who adopted it.</summary>
    public string? AdoptedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? AdoptedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Audit programme {StartsOn.Year} to {EndsOn.Year}";

    /// <summary>Puts it in force.</summary>
    public void Adopt(string by, DateTime at)
    {
        if (State != ProgrammeState.Proposed)
            throw new RuleBroken("audits.adopt.proposed", $"{Ref} is not a proposal any more.");
        (State, AdoptedBy, AdoptedAt) = (ProgrammeState.Adopted, by, at);
    }

    /// <summary>Gives way to another one.</summary>
    public void Replace() => State = ProgrammeState.Replaced;
}

/// <summary>How much attention a programme gives to a requirement, and why.</summary>
public sealed class ProgrammeItem : Record
{
    /// <summary>The programme.</summary>
    public required Guid ProgrammeId { get; init; }

    /// <summary>The sub-clause or control.</summary>
    public required string Requirement { get; init; }

    /// <summary>1 is looked at once in the cycle, 2 twice, 3 every year.</summary>
    public required int Weight { get; init; }

    /// <summary>What makes it weigh that much.</summary>
    public required List<string> Reasons { get; init; }
}
