namespace Moat.Isms.Kernel.Requirements;

/// <summary>How ready the ISMS was on a day; shares of rules that held, in per cent.</summary>
[RecordKind("PULSE", "readiness", Column = ThreadColumn.EvidenceAndAudits)]
public sealed class PulsePoint : Referenced
{
    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Documented, 0 to 100.</summary>
    public required int Documented { get; init; }

    /// <summary>Operating, 0 to 100.</summary>
    public required int Operating { get; init; }

    /// <summary>Improving, 0 to 100.</summary>
    public required int Improving { get; init; }

    /// <inheritdoc />
    public override string Caption => $"Readiness on {On:yyyy-MM-dd}";
}
