namespace Moat.Knowledge;

/// <summary>Assets to draft, and how they hang together.</summary>
public sealed class DraftedAssets
{
    /// <summary>The assets.</summary>
    public required List<DraftedAsset> Assets { get; init; }

    /// <summary>Their relations.</summary>
    public required List<DraftedRelation> Relations { get; init; }
}

/// <summary>An asset to draft.</summary>
public sealed class DraftedAsset
{
    /// <summary>Names it for relations.</summary>
    public required string Key { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Draft one for each line of this answer.</summary>
    public string? Each { get; init; }

    /// <summary>Draft it only if these answers are empty.</summary>
    public List<string> Unless { get; init; } = [];

    /// <summary>Its name; <c>{line}</c> stands for the answer's line.</summary>
    public required string Name { get; init; }

    /// <summary>Which companies have it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Confidentiality, integrity, availability, 1 to 4.</summary>
    public required List<int> Needs { get; init; }

    /// <summary>For which companies its confidentiality starts at 4.</summary>
    public Condition? RestrictedWhen { get; init; }

    /// <summary>Whether it is a likely crown jewel.</summary>
    public required bool Crown { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }
}

/// <summary>A relation between drafted assets.</summary>
public sealed class DraftedRelation
{
    /// <summary>Keys it starts at.</summary>
    public required List<string> From { get; init; }

    /// <summary>Its meaning.</summary>
    public required string Type { get; init; }

    /// <summary>Keys it ends at.</summary>
    public required List<string> To { get; init; }
}
