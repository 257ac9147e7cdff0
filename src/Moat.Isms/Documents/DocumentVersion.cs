using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>Where a version stands.</summary>
public enum VersionState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Reviewers look at it.</summary>
    InReview,

    /// <summary>Approved; counts from its publication.</summary>
    Approved,

    /// <summary>In force.</summary>
    Published,

    /// <summary>A later version took its place.</summary>
    Superseded,
}

/// <summary>
/// One version of a document: the text with its fields, what was decided in it, and the words that were reviewed and
/// approved.
/// </summary>
[RecordKind(
    "VER",
    "documents",
    PartOfAnother = true,
    Shows = "7.5.2 7.5.3",
    Everyones = true,
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class DocumentVersion : Referenced
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Title of the document when it was begun, for lists and search.</summary>
    public required string Title { get; init; }

    /// <summary>The number before the point; a change of it asks everybody again.</summary>
    public required int Major { get; set; }

    /// <summary>The number behind the point.</summary>
    public required int Minor { get; set; }

    /// <summary>Markdown with fields.</summary>
    public required string Source { get; set; }

    /// <summary>What was decided, as <c>point=option</c>.</summary>
    public required List<string> Decisions { get; set; }

    /// <summary>The text with its fields filled, as reviewers and readers see it.</summary>
    public string Text { get; private set; } = "";

    /// <summary>SHA-256 of exactly that text, hex.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Draft, in review, approved, published or superseded.</summary>
    public VersionState State { get; private set; }

    /// <summary>Names of the people who wrote in it; empty while only Moat did.</summary>
    public List<string> Authors { get; private set; } = [];

    /// <summary>What changed against the version before, and why.</summary>
    public required string ChangeReason { get; set; }

    /// <summary>Counts the rounds of review from 1.</summary>
    public int Round { get; private set; }

    /// <summary>The text when the review began.</summary>
    [NotJournalled]
    public string? TextAtReview { get; private set; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ApprovedAt { get; private set; }

    /// <summary>
    /// SHA-256 of exactly the text that was approved, so that it stands in the journal beside the approval.
    /// </summary>
    public string? ApprovedSha256 { get; private set; }

    /// <summary>When it came into force.</summary>
    public DateTime? PublishedAt { get; private set; }

    /// <summary>When a time-stamping authority confirmed the text's hash (RFC 3161).</summary>
    public DateTime? StampedAt { get; private set; }

    /// <summary>The authority's token, base64.</summary>
    [NotJournalled]
    public string? StampToken { get; private set; }

    /// <summary>Such as 2.1.</summary>
    public string Edition => $"{Major}.{Minor}";

    /// <inheritdoc />
    public override string Caption => $"{Title}, version {Edition}";

    /// <summary>Whether the text may still change.</summary>
    public bool IsOpen => State is VersionState.Draft or VersionState.InReview;

    /// <summary>The SHA-256 of a text, hex.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Keeps the filled text.</summary>
    public void Show(string text) => (Text, Sha256) = (text, Hash(text));

    /// <summary>Notes who wrote in it. What is approved does not change any more.</summary>
    public void Write(string by)
    {
        if (!IsOpen)
            throw new RuleBroken(
                "documents.edit.open",
                $"Version {Edition} is {State.Words()}; its text stays as it is. Begin a new version."
            );
        if (!Authors.Contains(by))
            Authors = [.. Authors, by];
    }

    /// <summary>Gives it to reviewers.</summary>
    public void Submit()
    {
        if (State != VersionState.Draft)
            throw new RuleBroken("documents.submit.draft", $"Version {Edition} is {State.Words()}, not a draft.");
        (State, Round, TextAtReview) = (VersionState.InReview, Round + 1, Text);
    }

    /// <summary>Begins the next round because the text changed under review.</summary>
    public void NextRound() => Round++;

    /// <summary>Takes it back from the reviewers.</summary>
    public void TakeBack()
    {
        if (State != VersionState.InReview)
            throw new RuleBroken("documents.take-back.review", $"Version {Edition} is not in review.");
        State = VersionState.Draft;
    }

    /// <summary>
    /// Approves exactly this text. The approver is never the only person who wrote it (7.5.2; segregation of duties,
    /// A.5.3).
    /// </summary>
    /// <param name="by">Who approves it.</param>
    /// <param name="anotherWrote">Whether another person wrote in it; programs do not count.</param>
    /// <param name="at">When.</param>
    public void Approve(string by, bool anotherWrote, DateTime at)
    {
        if (State != VersionState.InReview)
            throw new RuleBroken(
                "documents.approve.review",
                $"Version {Edition} is {State.Words()}. Only what was reviewed can be approved."
            );
        if (Authors.Contains(by) && !anotherWrote)
            throw new RuleBroken(
                "documents.approve.sole-author",
                "You are the only person who wrote in this version. Somebody else approves it."
            );
        (State, ApprovedBy, ApprovedAt, ApprovedSha256) = (VersionState.Approved, by, at, Sha256);
    }

    /// <summary>Puts it in force.</summary>
    public void Publish(DateTime at)
    {
        if (State != VersionState.Approved)
            throw new RuleBroken(
                "documents.publish.approved",
                $"Version {Edition} is {State.Words()}. Only an approved version is published."
            );
        (State, PublishedAt) = (VersionState.Published, at);
    }

    /// <summary>A later version took its place.</summary>
    public void Supersede() => State = VersionState.Superseded;

    /// <summary>Keeps an authority's word about when the text existed.</summary>
    public void Stamp(DateTime at, string token) => (StampedAt, StampToken) = (at, token);
}
