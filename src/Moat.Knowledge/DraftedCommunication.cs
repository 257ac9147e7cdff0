namespace Moat.Knowledge;

/// <summary>An entry of the communication plan to draft.</summary>
public sealed class DraftedCommunication
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is said.</summary>
    public required string What { get; init; }

    /// <summary>When, or on which occasion.</summary>
    public required string When { get; init; }

    /// <summary>Days between two times.</summary>
    public int? EveryDays { get; init; }

    /// <summary>With whom.</summary>
    public required string WithWhom { get; init; }

    /// <summary>The role that does it.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>How.</summary>
    public required string How { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }
}
