using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>Somebody whose needs the ISMS must meet (clause 4.2).</summary>
[RecordKind("PTY", "parties", Page = "context#{ref}", Shows = "4.2", Column = ThreadColumn.RisksAndControls)]
public sealed class InterestedParty : Proposable
{
    /// <summary>Who.</summary>
    public required string Name { get; set; }

    /// <summary>What they need and expect.</summary>
    public required string Needs { get; set; }

    /// <summary>How the ISMS answers it.</summary>
    public required string Answer { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;
}
