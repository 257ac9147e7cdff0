namespace Moat.Knowledge;

/// <summary>A role of the ISMS.</summary>
public sealed class RoleEntry : Entry
{
    /// <summary>Which of the ten steps introduces it.</summary>
    public required int Step { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Who usually takes it at thirty people.</summary>
    public required string SuggestedFor { get; init; }

    /// <summary>What the role does.</summary>
    public required List<string> Duties { get; init; }

    /// <summary>What it may decide.</summary>
    public required List<string> Authority { get; init; }

    /// <summary>What the holder must know.</summary>
    public required List<string> Competence { get; init; }

    /// <summary>Roles the same person may not hold.</summary>
    public required List<string> NotAlso { get; init; }
}
