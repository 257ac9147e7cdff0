using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.AccessReviews;

/// <summary>A review to start; the population is what is collected now.</summary>
public sealed record CreateAccessReview
{
    /// <summary>What is looked at.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>
    /// Kinds of resources whose principals are in it, such as github.repository; <c>moat</c> for the accounts here.
    /// </summary>
    [MinLength(1), MaxLength(20)]
    public required List<string> Kinds { get; init; }

    /// <summary>Who decides where a resource has no owner, or would decide about themselves, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Reviewer { get; init; }

    /// <summary>Who decides about the reviewer's own access.</summary>
    [MaxLength(80)]
    public required string Deputy { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }
}

/// <summary>A decision about one access.</summary>
public sealed record DecideAccess
{
    /// <summary>The review.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>Places in the population that are decided alike.</summary>
    [MinLength(1), MaxLength(500)]
    public required List<int> Positions { get; init; }

    /// <summary>keep, change or revoke.</summary>
    public required AccessDecision Decision { get; init; }

    /// <summary>What they may do instead, as the source names it, such as read; needed for a change.</summary>
    [MaxLength(200)]
    public string? WantedPermission { get; init; }

    /// <summary>Why; needed for a change and a revocation.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }
}

/// <summary>Which part of a review to read.</summary>
public sealed record ReadAccessReview : OneRecord
{
    /// <summary>Only those that the caller was asked about.</summary>
    public bool Mine { get; init; }

    /// <summary>Only those that nobody decided about yet.</summary>
    public bool Undecided { get; init; }
}

/// <summary>All that the caller was asked about and did not decide yet, kept for one reason.</summary>
public sealed record KeepRest : OneRecord
{
    /// <summary>Why they stay.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Whose an account is that nobody knew.</summary>
public sealed record NameHolder : OneRecord
{
    /// <summary>The account's place in the population.</summary>
    public required int Position { get; init; }

    /// <summary>Whose it is, such as PER-4.</summary>
    [MaxLength(80)]
    public required string Person { get; init; }
}

/// <summary>Decisions that somebody saw carried out at the source, where no collection can see it.</summary>
public sealed record ConfirmAccess : OneRecord
{
    /// <summary>Places in the population.</summary>
    [MinLength(1), MaxLength(500)]
    public required List<int> Positions { get; init; }

    /// <summary>How it is known.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string How { get; init; }
}

/// <summary>A kind of resource that a review can be about.</summary>
/// <param name="Kind">The kind, such as github.repository.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Resources">How many there are.</param>
/// <param name="Accesses">How many accesses to them are collected.</param>
/// <param name="Unseen">Of how many it cannot be seen who reaches them.</param>
public sealed record AccessKind(string Kind, string Title, int Resources, int Accesses, int Unseen);

/// <summary>A review in the list.</summary>
public sealed record AccessReviewRow(
    string Ref,
    int Version,
    string Title,
    AccessReviewState State,
    DateOnly DueOn,
    int Population,
    int Pending,
    int Waiting,
    string? EvidenceRef
);

/// <summary>One access in a review.</summary>
public sealed record AccessItemView(
    int Position,
    string? ResourceRef,
    string ResourceName,
    string Principal,
    string? Person,
    string Permission,
    string Reviewer,
    bool Mine,
    AccessDecision Decision,
    string? Reason,
    string? DecidedBy,
    DateTime? DecidedAt,
    DateTime? ShownAt
)
{
    /// <summary>What they may do instead, after a change.</summary>
    public string? WantedPermission { get; init; }

    /// <summary>Why a decision is not seen to be carried out; null when it is, or nothing has to happen.</summary>
    public string? NotSeen { get; init; }

    /// <summary>Whether no collection can see it, so that somebody has to look at the source.</summary>
    public bool ByHand { get; init; }

    /// <summary>Who saw it at the source, and how, where no collection could.</summary>
    public string? Confirmed { get; init; }
}

/// <summary>A resource of which it could not be seen who reaches it.</summary>
public sealed record AccessGapView(string? ResourceRef, string ResourceName, string Why);

/// <summary>A review with its population.</summary>
/// <param name="Row">The review.</param>
/// <param name="Kinds">What it is about.</param>
/// <param name="PopulationSha256">SHA-256 of the frozen population, hex.</param>
/// <param name="FrozenAt">When it was frozen.</param>
/// <param name="Items">The accesses that were asked for.</param>
/// <param name="Gaps">What could not be seen when it was frozen; the population is complete only without any.</param>
/// <param name="Decided">How many of those that the caller may see are decided.</param>
/// <param name="Seen">How many the caller may see.</param>
/// <param name="MineUndecided">How many wait for the caller.</param>
public sealed record AccessReviewView(
    AccessReviewRow Row,
    IReadOnlyList<string> Kinds,
    string PopulationSha256,
    DateTime FrozenAt,
    IReadOnlyList<AccessItemView> Items,
    IReadOnlyList<AccessGapView> Gaps,
    int Decided,
    int Seen,
    int MineUndecided
);
