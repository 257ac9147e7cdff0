using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.People.Provisioning;

/// <summary>An account as the identity provider tells it.</summary>
public sealed record ProvisionUser
{
    /// <summary>The login.</summary>
    [MinLength(1), MaxLength(254)] public required string UserName { get; init; }

    /// <summary>The identity provider's own id.</summary>
    [MaxLength(400)] public string? ExternalId { get; init; }

    /// <summary>Full name.</summary>
    [MinLength(1), MaxLength(200)] public required string Name { get; init; }

    /// <summary>Work e-mail, which joins it with a person.</summary>
    [EmailAddress, MaxLength(254)] public required string Email { get; init; }

    /// <summary>Whether the account can be used.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Department.</summary>
    [MaxLength(100)] public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)] public string? JobTitle { get; init; }
}

/// <summary>An account as it is now, all of it.</summary>
public sealed record ReplaceUser : ChangeRecord
{
    /// <summary>The account.</summary>
    public required ProvisionUser User { get; init; }
}

/// <summary>A group as the identity provider tells it.</summary>
public sealed record ProvisionGroup
{
    /// <summary>Which group: its id when it is known, a new one otherwise.</summary>
    public Guid? Id { get; init; }

    /// <summary>Its name.</summary>
    [MinLength(1), MaxLength(200)] public required string DisplayName { get; init; }

    /// <summary>The identity provider's own id.</summary>
    [MaxLength(400)] public string? ExternalId { get; init; }

    /// <summary>Ids of the people in it.</summary>
    [MaxLength(5000)] public List<Guid> Members { get; init; } = [];
}

/// <summary>One group.</summary>
public sealed record OneGroup
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
}

/// <summary>An account, joined with the person it is.</summary>
public sealed record ProvisionedUser(Guid Id, string Ref, int Version, string UserName, string? ExternalId, string Name, string Email, bool Active, string? Department, string? JobTitle, DateTime CreatedAt, DateTime ChangedAt);

/// <summary>A group with its members.</summary>
public sealed record ProvisionedGroup(Guid Id, string DisplayName, string? ExternalId, IReadOnlyList<Guid> Members, DateTime CreatedAt, DateTime ChangedAt);

/// <summary>Accounts.</summary>
public sealed record ProvisionedUsers(IReadOnlyList<ProvisionedUser> Users);

/// <summary>Groups.</summary>
public sealed record ProvisionedGroups(IReadOnlyList<ProvisionedGroup> Groups);
