using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;

namespace Moat.Isms.Leadership;

/// <summary>The management's word that it wants the ISMS and pays for it (clauses 5.1 and 7.1).</summary>
[RecordKind("COM", "leadership", Page = "context#{ref}", Shows = "5.1 7.1", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class Commitment : Referenced
{
    /// <summary>What management commits to.</summary>
    public required string Statement { get; init; }

    /// <summary>The path that was chosen.</summary>
    public required ImplementationPath Path { get; init; }

    /// <summary>Money set aside, in EUR.</summary>
    public required int BudgetEur { get; init; }

    /// <summary>Working days set aside.</summary>
    public required int Days { get; init; }

    /// <summary>Who gave it.</summary>
    public required string GivenBy { get; init; }

    /// <summary>When.</summary>
    public required DateOnly GivenOn { get; init; }

    /// <inheritdoc />
    public override string Caption => $"Commitment of {GivenBy}";
}
