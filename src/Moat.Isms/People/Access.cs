using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>An account's membership in an organisation and its role there.</summary>
[RecordKind("ACC", "access", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class Membership : Referenced
{
    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The account's e-mail.</summary>
    public required string Email { get; init; }

    /// <summary>The person behind it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; set; }

    /// <summary>Last day of access; auditors always have one.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>When access was taken away.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Email;
}

/// <summary>An invitation to join, good for one use until it expires.</summary>
[RecordKind("INV", "access", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class Invitation : Referenced
{
    /// <summary>Whom it was sent to.</summary>
    public required string Email { get; init; }

    /// <summary>The name to greet them by.</summary>
    public required string Name { get; init; }

    /// <summary>The role they will have.</summary>
    public required Role Role { get; init; }

    /// <summary>What they are asked to do first, such as to approve the scope; null for nothing special.</summary>
    public string? Purpose { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    [NotJournalled]
    public required string SecretHash { get; init; }

    /// <summary>Until when it can be taken.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>When it was taken.</summary>
    public DateTime? AcceptedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Email;
}

/// <summary>A key for programs; only its hash is stored.</summary>
[RecordKind("TOK", "access", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class ApiToken : Referenced
{
    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>SHA-256 of the secret, hex.</summary>
    [NotJournalled]
    public required string SecretHash { get; init; }

    /// <summary>Until when it works.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;
}
