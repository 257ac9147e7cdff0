using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Provisioning;

/// <summary>An account as the identity provider tells it.</summary>
public sealed record ProvisionUser
{
    /// <summary>The login.</summary>
    [MinLength(1), MaxLength(254)]
    public required string UserName { get; init; }

    /// <summary>The identity provider's own id.</summary>
    [MaxLength(400)]
    public string? ExternalId { get; init; }

    /// <summary>Full name, by which the register calls the person.</summary>
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>
    /// The name as the provider told it; kept beside the full name, because no name can be put together from its parts
    /// or taken apart.
    /// </summary>
    public ToldName? Told { get; init; }

    /// <summary>Work e-mail, which joins it with a person.</summary>
    [EmailAddress, MaxLength(254)]
    public required string Email { get; init; }

    /// <summary>Whether the account can be used. Left out, it stays as it is; a new person's can be used.</summary>
    public bool? Active { get; init; }

    /// <summary>Department.</summary>
    [MaxLength(100)]
    public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)]
    public string? JobTitle { get; init; }
}

/// <summary>The names of an account, each as the identity provider told it or not at all (RFC 7643, 4.1.1).</summary>
public sealed record ToldName
{
    /// <summary>The name to show.</summary>
    [MaxLength(200)]
    public string? Display { get; init; }

    /// <summary>The full name with all its parts.</summary>
    [MaxLength(200)]
    public string? Formatted { get; init; }

    /// <summary>Given name.</summary>
    [MaxLength(200)]
    public string? Given { get; init; }

    /// <summary>Family name.</summary>
    [MaxLength(200)]
    public string? Family { get; init; }
}

/// <summary>An account as it is now, all of it: a department or job title that is left out is taken away.</summary>
public sealed record ReplaceUser : ChangeRecord
{
    /// <summary>
    /// The version of the account that was read, zero for one that nobody told of; if it has another one now, the
    /// change is refused as a conflict.
    /// </summary>
    public int? IfAccountVersion { get; init; }

    /// <summary>The account.</summary>
    public required ProvisionUser User { get; init; }
}

/// <summary>A group as the identity provider tells it.</summary>
public sealed record ProvisionGroup
{
    /// <summary>Which group: its id when it is known, a new one otherwise.</summary>
    public Guid? Id { get; init; }

    /// <summary>
    /// The version that was read; if the group has another one now, the change is refused as a conflict.
    /// </summary>
    public int? IfVersion { get; init; }

    /// <summary>Its name.</summary>
    [MinLength(1), MaxLength(200)]
    public required string DisplayName { get; init; }

    /// <summary>The identity provider's own id.</summary>
    [MaxLength(400)]
    public string? ExternalId { get; init; }

    /// <summary>Ids of the people in it.</summary>
    [MaxLength(5000)]
    public List<Guid> Members { get; init; } = [];
}

/// <summary>One group.</summary>
public sealed record OneGroup
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
}

/// <summary>An account, joined with the person it is.</summary>
public sealed record ProvisionedUser(
    Guid Id,
    string Ref,
    int Version,
    string UserName,
    string? ExternalId,
    string Name,
    string Email,
    bool Active,
    string? Department,
    string? JobTitle,
    DateTime CreatedAt,
    DateTime ChangedAt
)
{
    /// <summary>Counts what the identity provider told of the account; zero when it told nothing.</summary>
    public int AccountVersion { get; init; }

    /// <summary>The name as the identity provider told it.</summary>
    public ToldName Told { get; init; } = new();
}

/// <summary>A group with its members.</summary>
public sealed record ProvisionedGroup(
    Guid Id,
    int Version,
    string DisplayName,
    string? ExternalId,
    IReadOnlyList<Guid> Members,
    DateTime CreatedAt,
    DateTime ChangedAt
);

/// <summary>Accounts.</summary>
public sealed record ProvisionedUsers(IReadOnlyList<ProvisionedUser> Users);

/// <summary>Groups.</summary>
public sealed record ProvisionedGroups(IReadOnlyList<ProvisionedGroup> Groups);
