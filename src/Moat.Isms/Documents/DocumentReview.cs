using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>What a reviewer says.</summary>
public enum Verdict
{
    /// <summary>Nothing yet in this round.</summary>
    Missing,

    /// <summary>It can be approved.</summary>
    Approves,

    /// <summary>Something must change first.</summary>
    AsksForChanges,
}

/// <summary>One reviewer's word about a version in one round.</summary>
[RecordKind("REV", "documents", PartOfAnother = true, Column = ThreadColumn.DocumentsAndPeople)]
public sealed class DocumentReview : Referenced
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>The reviewer.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The round.</summary>
    public required int Round { get; init; }

    /// <summary>Their word.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>What they say about it.</summary>
    public string? Note { get; private set; }

    /// <summary>When.</summary>
    public DateTime? At { get; private set; }

    /// <summary>The text they looked at, so that they are shown what changed since.</summary>
    [NotJournalled]
    public string? SeenText { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Review, round {Round}: {Verdict.Words()}";

    /// <summary>Gives the word; it can be changed until the version is approved.</summary>
    public void Say(Verdict verdict, string? note, string seenText, DateTime at) =>
        (Verdict, Note, SeenText, At) = (verdict, note, seenText, at);
}

/// <summary>What became of a remark.</summary>
public enum RemarkState
{
    /// <summary>Nobody answered.</summary>
    Open,

    /// <summary>The proposed words were taken.</summary>
    Taken,

    /// <summary>They were not.</summary>
    Declined,

    /// <summary>Answered without a change of words.</summary>
    Settled,
}

/// <summary>A remark on a version, or other words proposed for one of its paragraphs.</summary>
[RecordKind("NOTE", "documents", PartOfAnother = true, Column = ThreadColumn.DocumentsAndPeople)]
public sealed class DocumentRemark : Referenced
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>Who remarks.</summary>
    public required string By { get; init; }

    /// <summary>The remark.</summary>
    public required string Remark { get; init; }

    /// <summary>The paragraph it is about, word for word.</summary>
    public string? Paragraph { get; init; }

    /// <summary>The words proposed instead.</summary>
    public string? Instead { get; init; }

    /// <summary>What became of it.</summary>
    public RemarkState State { get; private set; }

    /// <summary>The answer.</summary>
    public string? Answer { get; private set; }

    /// <inheritdoc />
    public override string Caption => Remark.Cut(80);

    /// <summary>Answers it.</summary>
    public void Settle(RemarkState state, string? answer)
    {
        if (State != RemarkState.Open)
            throw new RuleBroken("documents.remark.open", $"{Ref} is already answered.");
        (State, Answer) = (state, answer);
    }
}

/// <summary>That somebody is asked to acknowledge a version, and when they did (clause 7.3).</summary>
[RecordKind(
    "ACK",
    "documents",
    PartOfAnother = true,
    One = "confirmation",
    Many = "confirmations",
    Shows = "7.3/2",
    Everyones = true,
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class Acknowledgement : Referenced
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>Title and version as the person saw them.</summary>
    public required string What { get; init; }

    /// <summary>Who is asked.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>SHA-256 of the text they confirmed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When they confirmed that they read and understood it.</summary>
    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>When a later version made the question moot.</summary>
    public DateTime? ReplacedAt { get; private set; }

    /// <summary>When they were last reminded.</summary>
    public DateOnly? RemindedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => What;

    /// <summary>Confirms.</summary>
    public void Confirm(DateTime at)
    {
        if (ReplacedAt is not null)
            throw new RuleBroken(
                "documents.acknowledge.current",
                "You are not asked about this version any more: another one is in force, it was retired, or it is not for you now."
            );
        ConfirmedAt ??= at;
    }

    /// <summary>A later version is asked about instead.</summary>
    public void Replace(DateTime at)
    {
        if (ConfirmedAt is null)
            ReplacedAt = at;
    }

    /// <summary>Notes a reminder.</summary>
    public void Remind(DateOnly on) => RemindedOn = on;
}
