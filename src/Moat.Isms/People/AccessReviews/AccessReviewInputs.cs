using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.People.AccessReviews;

/// <summary>A review to start; the population is what is collected now.</summary>
public sealed record CreateAccessReview
{
    /// <summary>What is looked at.</summary>
    [MinLength(5), MaxLength(300)] public required string Title { get; init; }

    /// <summary>Kinds of resources whose principals are in it, such as github.repository; <c>moat</c> for the accounts here.</summary>
    [MinLength(1), MaxLength(20)] public required List<string> Kinds { get; init; }

    /// <summary>Who decides where a resource has no owner, or would decide about themselves, such as PER-2.</summary>
    [MaxLength(80)] public required string Reviewer { get; init; }

    /// <summary>Who decides about the reviewer's own access.</summary>
    [MaxLength(80)] public required string Deputy { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }
}

/// <summary>A decision about one access.</summary>
public sealed record DecideAccess
{
    /// <summary>The review.</summary>
    [MaxLength(80)] public required string Ref { get; init; }

    /// <summary>Places in the population that are decided alike.</summary>
    [MinLength(1), MaxLength(500)] public required List<int> Positions { get; init; }

    /// <summary>keep, change or revoke.</summary>
    public required AccessDecision Decision { get; init; }

    /// <summary>Why; needed for a change and a revocation.</summary>
    [MaxLength(2000)] public string? Reason { get; init; }
}

/// <summary>A review in the list.</summary>
public sealed record AccessReviewRow(string Ref, int Version, string Title, AccessReviewState State, DateOnly DueOn, int Population, int Pending, int Waiting, string? EvidenceRef);

/// <summary>One access in a review.</summary>
public sealed record AccessItemView(
    int Position, string? ResourceRef, string ResourceName, string Principal, string? Person, string Permission, string Reviewer, bool Mine, AccessDecision Decision, string? Reason,
    string? DecidedBy, DateTime? DecidedAt, DateTime? ShownAt);

/// <summary>A review with its population.</summary>
public sealed record AccessReviewView(AccessReviewRow Row, IReadOnlyList<string> Kinds, string PopulationSha256, DateTime FrozenAt, IReadOnlyList<AccessItemView> Items);
