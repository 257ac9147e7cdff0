using Moat.Isms.Kernel;

namespace Moat.Server.Auth;

/// <summary>What a page or endpoint needs. One that declares neither this nor <see cref="PublicPageAttribute"/> is refused.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    /// <summary>The permission of the caller's role.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>Open to everybody, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicPageAttribute : Attribute;
