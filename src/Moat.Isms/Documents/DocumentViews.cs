using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>A document in the register.</summary>
public sealed record DocumentRow(
    string Ref,
    int Version,
    string Key,
    string Title,
    DocumentKind Kind,
    DocumentClass Classification,
    Standing Standing,
    string? WhyProposed,
    string? Owner,
    DateOnly? NextReviewOn,
    DateTime? RetiredAt,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Controls
)
{
    /// <summary>Where the latest version stands; null for an external document.</summary>
    public VersionState? State { get; init; }

    /// <summary>The edition in force, such as 2.0.</summary>
    public string? InForce { get; init; }

    /// <summary>The latest edition.</summary>
    public string? Latest { get; init; }
}

/// <summary>A version in a document's history.</summary>
public sealed record VersionView(
    string Ref,
    string Edition,
    VersionState State,
    string ChangeReason,
    IReadOnlyList<string> Authors,
    string? ApprovedBy,
    DateTime? ApprovedAt,
    DateTime? PublishedAt,
    string Sha256,
    DateTime? StampedAt
);

/// <summary>A reviewer's word.</summary>
public sealed record ReviewView(
    string Ref,
    string PersonRef,
    string Person,
    int Round,
    Verdict Verdict,
    string? Note,
    DateTime? At
);

/// <summary>A remark.</summary>
public sealed record RemarkView(
    string Ref,
    int Version,
    string By,
    string Remark,
    string? Paragraph,
    string? Instead,
    RemarkState State,
    string? Answer,
    DateTime At
);

/// <summary>How far the acknowledgement of the version in force is.</summary>
public sealed record AcknowledgementTally(int Asked, int Confirmed, int Overdue);

/// <summary>A document with the version that is being worked on or in force.</summary>
public sealed record DocumentView(
    string Ref,
    int Version,
    string Key,
    string Title,
    DocumentKind Kind,
    DocumentClass Classification,
    Standing Standing,
    string? WhyProposed,
    string? OwnerRef,
    string? Owner,
    int ReviewDays,
    DateOnly? NextReviewOn,
    DateOnly? ReviewedOn,
    IReadOnlyList<string> Audience,
    string? Distribution,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Controls,
    string? Address,
    string? FileName,
    DateTime? RetiredAt,
    string? RetiredBecause,
    VersionView Shown,
    string Source,
    string Text,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyList<string> OpenPoints,
    IReadOnlyList<ReviewView> Reviews,
    IReadOnlyList<RemarkView> Remarks,
    IReadOnlyList<VersionView> Versions,
    IReadOnlyList<DiffLine> Drift,
    IReadOnlyList<DiffLine> SinceMyRound,
    AcknowledgementTally Acknowledged,
    DateTime ChangedAt,
    string ChangedBy
);

/// <summary>What differs between two versions.</summary>
public sealed record DocumentComparison(string From, string To, IReadOnlyList<DiffLine> Lines);

/// <summary>Who was asked to acknowledge, and who did.</summary>
public sealed record AcknowledgementView(
    string Ref,
    string DocumentRef,
    string What,
    string PersonRef,
    string Person,
    string? Department,
    DateOnly DueOn,
    DateTime? ConfirmedAt,
    DateOnly? RemindedOn,
    string Sha256
);

/// <summary>A text that somebody is asked to review.</summary>
public sealed record ReviewTask(
    string Ref,
    int Version,
    string Title,
    string Edition,
    int Round,
    Verdict Verdict,
    string Text,
    string ChangeReason,
    IReadOnlyList<DiffLine> SinceMyRound
);
