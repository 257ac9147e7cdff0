namespace Moat.Knowledge;

/// <summary>Another framework and which clauses and controls of ISO/IEC 27001:2022 answer its requirements.</summary>
public sealed class FrameworkMapping
{
    /// <summary>Its id, such as soc2.</summary>
    public required string Id { get; init; }

    /// <summary>Its name with the edition.</summary>
    public required string Name { get; init; }

    /// <summary>Who publishes it.</summary>
    public required string Publisher { get; init; }

    /// <summary>How far the mapping can be relied on.</summary>
    public required string Reliance { get; init; }

    /// <summary>Whether it is a law, which changes and therefore says when it was read.</summary>
    public bool IsLaw { get; init; }

    /// <summary>The day on which somebody last went through its text; a law has one.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Its requirements in order.</summary>
    public required List<MappedRequirement> Requirements { get; init; }
}

/// <summary>A requirement of another framework.</summary>
public sealed class MappedRequirement
{
    /// <summary>Its number there.</summary>
    public required string Id { get; init; }

    /// <summary>Its short title.</summary>
    public required string Title { get; init; }

    /// <summary>Clauses and Annex A controls of ISO/IEC 27001:2022 that answer it; may be none.</summary>
    public required List<string> Answers { get; init; }
}
