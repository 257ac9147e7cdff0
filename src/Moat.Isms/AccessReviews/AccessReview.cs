using Moat.Isms.Kernel;

namespace Moat.Isms.AccessReviews;

/// <summary>Where an access review stands.</summary>
public enum AccessReviewState
{
    /// <summary>Reviewers decide.</summary>
    Open,

    /// <summary>Everything is decided; what was revoked is not yet seen to be gone.</summary>
    Decided,

    /// <summary>A later collection showed every revocation.</summary>
    Closed,
}

/// <summary>What a reviewer decides about one access.</summary>
public enum AccessDecision
{
    /// <summary>Not decided yet.</summary>
    Pending,

    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It becomes another one.</summary>
    Change,

    /// <summary>It is taken away.</summary>
    Revoke,
}

/// <summary>
/// A look at who can reach what (A.5.18): a population that is frozen when it starts, and a decision for each access in
/// it.
/// </summary>
[RecordKind("ARV", "access-reviews", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class AccessReview : Referenced
{
    /// <summary>What is looked at.</summary>
    public required string Title { get; init; }

    /// <summary>Kinds of resources whose principals are in it; <c>moat</c> stands for the accounts here.</summary>
    public required List<string> Kinds { get; init; }

    /// <summary>By when it is decided.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Who decides where a resource has no owner, or the owner would decide about themselves.</summary>
    public required Guid ReviewerId { get; init; }

    /// <summary>Who decides about the reviewer's own access.</summary>
    public Guid? DeputyId { get; init; }

    /// <summary>How many accesses were frozen.</summary>
    public required int Population { get; init; }

    /// <summary>SHA-256 of the frozen population, hex.</summary>
    public required string PopulationSha256 { get; init; }

    /// <summary>Open, decided or closed.</summary>
    public AccessReviewState State { get; set; }

    /// <summary>The evidence that keeps population and decisions.</summary>
    public string? EvidenceRef { get; set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>
    /// Who decides about somebody's access to what an owner answers for: never that person. Null when everybody asked
    /// is that person.
    /// </summary>
    public Guid? Decides(Guid? ownerId, Guid? personId) =>
        new[] { ownerId, ReviewerId, DeputyId }.FirstOrDefault(p => p is not null && p != personId);
}

/// <summary>A resource of which it could not be seen who reaches it when the population was frozen.</summary>
public sealed class AccessReviewGap : Record
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The resource.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>Its name at that time.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Why it could not be seen.</summary>
    public required string Why { get; init; }
}

/// <summary>One access of one principal, and what was decided about it.</summary>
public sealed class AccessReviewItem : Record
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Its place in the frozen population, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The resource; null for accounts of Moat.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>Its name at that time.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Who has the access, as the source names them.</summary>
    public required string Principal { get; init; }

    /// <summary>What they may do.</summary>
    public required string Permission { get; init; }

    /// <summary>The person behind it, where it is known.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Who decides.</summary>
    public required Guid ReviewerId { get; set; }

    /// <summary>What was decided.</summary>
    public AccessDecision Decision { get; private set; }

    /// <summary>What they may do instead, after a change.</summary>
    public string? WantedPermission { get; private set; }

    /// <summary>Why.</summary>
    public string? Reason { get; private set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? DecidedAt { get; private set; }

    /// <summary>When a later collection, or else a person, showed that a revocation or change happened.</summary>
    public DateTime? ShownAt { get; private set; }

    /// <summary>Who looked at the source where no collection could.</summary>
    public string? ConfirmedBy { get; private set; }

    /// <summary>How they know.</summary>
    public string? ConfirmedHow { get; private set; }

    /// <summary>Decides.</summary>
    public void Decide(AccessDecision decision, string? wanted, string? reason, string by, DateTime at) =>
        (Decision, WantedPermission, Reason, DecidedBy, DecidedAt) = (decision, wanted, reason, by, at);

    /// <summary>A later collection showed that it happened.</summary>
    public void Show(DateTime at) => ShownAt = at;

    /// <summary>A person saw that it happened, where no collection can.</summary>
    public void Confirm(string by, string how, DateTime at) => (ShownAt, ConfirmedBy, ConfirmedHow) = (at, by, how);

    /// <summary>Whether something has to happen at the source.</summary>
    public bool Waits => Decision is AccessDecision.Change or AccessDecision.Revoke && ShownAt is null;
}
