namespace Moat.Isms.Kernel;

/// <summary>A tenant: one company and its ISMS.</summary>
public sealed class Organization
{
    /// <summary>Its id, in every key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name in URLs.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }

    /// <summary>When it was founded.</summary>
    public required DateTime CreatedAt { get; init; }
}
