namespace Moat.Storage.Keys;

/// <summary>A key of cookies, forms and stored secrets; who reads the database alone cannot use it.</summary>
public sealed class ProtectionKey
{
    /// <summary>Its name, such as <c>key-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The key, sealed with the installation's <see cref="ProtectionSecret"/>.</summary>
    public required string Sealed { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTime AddedAt { get; init; }
}
