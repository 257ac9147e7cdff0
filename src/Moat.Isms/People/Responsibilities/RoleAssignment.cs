using Moat.Isms.Kernel;

namespace Moat.Isms.People.Responsibilities;

/// <summary>A role of the ISMS and who holds it (clause 5.3).</summary>
[RecordKind("ROLE", "roles", Shows = "5.3", Column = ThreadColumn.DocumentsAndPeople)]
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
