namespace Moat.Knowledge;

/// <summary>Something to draft that has to happen again and again.</summary>
public sealed class DraftedCadence
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What happens.</summary>
    public required string Title { get; init; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    public required string What { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }

    /// <summary>The process it belongs to.</summary>
    public required string Process { get; init; }

    /// <summary>The clause or control that asks for it.</summary>
    public required string Requirement { get; init; }

    /// <summary>How many months lie at most between two times.</summary>
    public required int EveryMonths { get; init; }

    /// <summary>How many days before its date somebody is asked.</summary>
    public required int LeadDays { get; init; }

    /// <summary>The role that does it; that of the process when left out.</summary>
    public string? Role { get; init; }

    /// <summary>What proves it: an operation or evidence for a control; a person when there is none.</summary>
    public required List<string> Proofs { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }
}
