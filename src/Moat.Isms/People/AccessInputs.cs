using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Who may sign in, as people read it.</summary>
public sealed record MembershipView(
    string Ref,
    int Version,
    string Email,
    string? Name,
    Role Role,
    DateOnly? Until,
    bool Revoked,
    DateTime Since
)
{
    /// <summary>
    /// Tokens that work and invitations that are open and came from this member, or from a token of theirs.
    /// </summary>
    public IReadOnlyList<string> Made { get; init; } = [];
}

/// <summary>An open invitation.</summary>
public sealed record InvitationView(string Ref, int Version, string Email, Role Role, DateTime ExpiresAt);

/// <summary>A token without its secret.</summary>
public sealed record TokenView(
    string Ref,
    int Version,
    string Name,
    Role Role,
    DateTime ExpiresAt,
    bool Revoked,
    DateTime CreatedAt,
    string CreatedBy
);

/// <summary>Everybody and everything that may act for the organisation.</summary>
public sealed record AccessList(
    IReadOnlyList<MembershipView> Members,
    IReadOnlyList<InvitationView> Invitations,
    IReadOnlyList<TokenView> Tokens
);

/// <summary>Somebody who shall be able to sign in.</summary>
public sealed record InvitePerson
{
    /// <summary>Their e-mail.</summary>
    [EmailAddress, MaxLength(254)]
    public required string Email { get; init; }

    /// <summary>Their name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; init; }

    /// <summary>What they are asked to do first, such as to approve the scope; it stands in the invitation.</summary>
    [MaxLength(300)]
    public string? Purpose { get; init; }
}

/// <summary>What an invitation says to whoever opens its link.</summary>
public sealed record OpenInvitation(string Name, string Email, Role Role, string? Purpose, string InvitedBy);

/// <summary>An invitation with its link, which is told once.</summary>
public sealed record MadeInvitation(string Ref, string Link, DateTime ExpiresAt);

/// <summary>An invitation that is taken.</summary>
public sealed record TakeInvitation
{
    /// <summary>The secret in its link.</summary>
    [MaxLength(100)]
    public required string Secret { get; init; }

    /// <summary>The account that takes it.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The account's e-mail, which must be the one that was invited.</summary>
    [MaxLength(254)]
    public required string Email { get; init; }
}

/// <summary>Another role, or another last day.</summary>
public sealed record EditMembership : ChangeRecord
{
    /// <summary>What they may do.</summary>
    public Role? Role { get; init; }

    /// <summary>Last day of access.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A key for a program.</summary>
public sealed record CreateToken
{
    /// <summary>What it is for.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>For how many days it works, 1 to 366.</summary>
    [Range(1, 366)]
    public int Days { get; init; } = 90;
}

/// <summary>
/// What became of an access, and which tokens and invitations ended with it, at once or on its last day.
/// </summary>
public sealed class AccessDone(Referenced record, IReadOnlyList<string> ended) : Done(record)
{
    /// <summary>Tokens and invitations that were made with this access and ended, or end earlier now.</summary>
    public IReadOnlyList<string> Ended => ended;
}

/// <summary>A token with its secret, which is told once.</summary>
public sealed record MadeToken(string Ref, string Token, DateTime ExpiresAt);

/// <summary>A new organisation with its first owner.</summary>
public sealed record FoundOrganization
{
    /// <summary>Its name in URLs: letters, digits and hyphens.</summary>
    [
        RegularExpression(
            "^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$",
            ErrorMessage = "2 to 40 lower-case letters, digits and hyphens."
        ),
        MinLength(2)
    ]
    public required string Slug { get; init; }

    /// <summary>Its name for people.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>The first owner's account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The first owner's e-mail.</summary>
    [EmailAddress, MaxLength(254)]
    public required string Email { get; init; }

    /// <summary>The first owner's name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string OwnerName { get; init; }
}
