namespace Moat.Knowledge;

/// <summary>A question to a supplier.</summary>
public sealed class SupplierQuestion
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>What a good answer names.</summary>
    public required string Hint { get; init; }
}
