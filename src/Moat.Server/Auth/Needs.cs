using Moat.Isms.Kernel;

namespace Moat.Server.Auth;

/// <summary>What a page or endpoint needs. One that declares none of these attributes is refused.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    /// <summary>The permission of the caller's role.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>Open to everybody, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicPageAttribute : Attribute;

/// <summary>Open to everybody who is signed in, whatever the organisation.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;

/// <summary>Marks an endpoint for programs: refusals are problem details, and changes need a token.</summary>
internal sealed record ProgramDoor(string Name);
