namespace Moat.Knowledge;

/// <summary>Kinds of records that a person may tie together by hand, and what such a tie says.</summary>
public sealed class HandTie
{
    /// <summary>What it means, such as <c>learned-from</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Prefixes of the kinds it may start at.</summary>
    public required List<string> From { get; init; }

    /// <summary>Prefixes of the kinds it may end at.</summary>
    public required List<string> To { get; init; }

    /// <summary>What it says, in a sentence.</summary>
    public required string Says { get; init; }
}
