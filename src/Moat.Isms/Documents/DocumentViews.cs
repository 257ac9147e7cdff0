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

/// <summary>
/// A document with its latest version, which is being worked on or in force: its text, reviews, remarks and history.
/// </summary>
public sealed record DocumentView
{
    /// <summary>Its reference, such as DOC-4.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>
    /// The template it was drafted from, such as access-control; without one own, external or minutes.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>policy, procedure, plan, statement, record or external (written by somebody else).</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>
    /// Who may read it: public, internal (all who work here), confidential (those it concerns) or restricted (those
    /// named).
    /// </summary>
    public required DocumentClass Classification { get; init; }

    /// <summary>proposed until a person decides about it, then adopted or rejected.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }

    /// <summary>Who keeps it current, such as PER-2; none while nobody does.</summary>
    public required string? OwnerRef { get; init; }

    /// <summary>The name of its owner; none while nobody owns it.</summary>
    public required string? Owner { get; init; }

    /// <summary>Days between two reviews, 30 to 1095.</summary>
    public required int ReviewDays { get; init; }

    /// <summary>
    /// By when it is to be reviewed next; none before it is published or registered, and once it is retired.
    /// </summary>
    public required DateOnly? NextReviewOn { get; init; }

    /// <summary>
    /// The day on which it was last published, registered, or confirmed by a review that found nothing to change; none
    /// before that.
    /// </summary>
    public required DateOnly? ReviewedOn { get; init; }

    /// <summary>Who acknowledges it: everyone, role:isms-manager or department:Platform; empty for nobody.</summary>
    public required IReadOnlyList<string> Audience { get; init; }

    /// <summary>
    /// Who receives it beyond those who work with it; of an external document what it is and why it is kept; none while
    /// nobody said.
    /// </summary>
    public required string? Distribution { get; init; }

    /// <summary>Clauses that it documents, such as 5.2.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>Codes of the controls that it documents, such as A.8.4.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>
    /// Where an external document is found, an https address; none where Moat keeps its file, and for other documents.
    /// </summary>
    public required string? Address { get; init; }

    /// <summary>
    /// The name of the file of an external document; none where it is found at an address, and for other documents.
    /// </summary>
    public required string? FileName { get; init; }

    /// <summary>When it was taken out of force, in UTC; none while it was not.</summary>
    public required DateTime? RetiredAt { get; init; }

    /// <summary>Why it was taken out of force, and what takes its place; none while it was not.</summary>
    public required string? RetiredBecause { get; init; }

    /// <summary>The latest version, whose text, reviews and remarks are shown.</summary>
    public required VersionView Shown { get; init; }

    /// <summary>
    /// The text of the latest version as it is written: Markdown, with fields such as {{company.name}} that records
    /// fill.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>
    /// The text of the latest version with its fields filled: from today's records while it is a draft, afterwards the
    /// words that were reviewed.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>What only the company can decide in its text, each with its options and what was decided.</summary>
    public required IReadOnlyList<DecisionView> Decisions { get; init; }

    /// <summary>
    /// What is still to be decided or filled in before it can be approved, in words; empty when nothing is.
    /// </summary>
    public required IReadOnlyList<string> OpenPoints { get; init; }

    /// <summary>What each reviewer says about the latest version, the latest round first.</summary>
    public required IReadOnlyList<ReviewView> Reviews { get; init; }

    /// <summary>
    /// Remarks on the latest version and other words proposed for its paragraphs, the earliest first; at most 200.
    /// </summary>
    public required IReadOnlyList<RemarkView> Remarks { get; init; }

    /// <summary>All its versions, the latest first.</summary>
    public required IReadOnlyList<VersionView> Versions { get; init; }

    /// <summary>
    /// How today's records would change the text that was approved; empty where they would not, and while it is a draft
    /// or in review.
    /// </summary>
    public required IReadOnlyList<DiffLine> Drift { get; init; }

    /// <summary>
    /// What changed in the version in review since the reader last gave a word, or else since the review began; empty
    /// at other times.
    /// </summary>
    public required IReadOnlyList<DiffLine> SinceMyRound { get; init; }

    /// <summary>How many were asked to acknowledge the version in force, how many did, and how many are late.</summary>
    public required AcknowledgementTally Acknowledged { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }
}

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
