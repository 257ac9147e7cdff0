using Moat.Isms.Kernel;

namespace Moat.Isms.Leadership;

/// <summary>A role of the ISMS and who holds it (clause 5.3).</summary>
[RecordKind("ROLE", "roles")]
public sealed class RoleAssignment : Proposable
{
    /// <summary>The role's id in the content, or its own for a custom role.</summary>
    public required string Key { get; init; }

    /// <summary>The role's title.</summary>
    public required string Title { get; set; }

    /// <summary>What the role does and may decide.</summary>
    public required string Duties { get; set; }

    /// <summary>Who holds it; null while open.</summary>
    public Guid? PersonId { get; set; }

    /// <inheritdoc />
    public override string Caption => Title;
}

/// <summary>The management's word that it wants the ISMS and pays for it (clauses 5.1 and 7.1).</summary>
[RecordKind("COM", "leadership")]
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

/// <summary>How a company gets to its ISMS.</summary>
public enum ImplementationPath
{
    /// <summary>Write everything oneself.</summary>
    Yourself,
    /// <summary>Start from prepared drafts, such as Moat's.</summary>
    Toolkit,
    /// <summary>With a consultant's help.</summary>
    Consultant,
}
