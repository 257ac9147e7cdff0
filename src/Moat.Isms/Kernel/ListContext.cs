namespace Moat.Isms.Kernel;

/// <summary>Which records of a small register to list.</summary>
public sealed record ListContext
{
    /// <summary>proposed, adopted or rejected; adopted and proposed ones when left out.</summary>
    public Standing? Standing { get; init; }
}
