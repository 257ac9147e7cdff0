using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence;

/// <summary>What form a piece of evidence has.</summary>
public enum EvidenceKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A statement in words.</summary>
    Note,

    /// <summary>An address where it can be seen.</summary>
    Link,

    /// <summary>Collected facts as they stood at a moment.</summary>
    Fact,

    /// <summary>What a person states and answers for with their name.</summary>
    Attestation,

    /// <summary>A record of Moat itself at a version.</summary>
    Record,
}

/// <summary>
/// Which kind of evidence a piece is given as; the content of a control names the kinds that convince.
/// </summary>
public enum EvidenceForm
{
    /// <summary>What a system says of itself.</summary>
    Fact,

    /// <summary>A text in force: a rule, a plan, a list.</summary>
    File,

    /// <summary>What was written down when something was done: a log, minutes, a result.</summary>
    Record,

    /// <summary>A look through who may do what, with a decision on each.</summary>
    AccessReview,

    /// <summary>What a person states.</summary>
    Attestation,
}

/// <summary>Who may see it.</summary>
public enum EvidenceClass
{
    /// <summary>Everybody in the ISMS.</summary>
    Internal,

    /// <summary>Shown to auditors and customers with care.</summary>
    Confidential,

    /// <summary>May be shown to anybody.</summary>
    Public,
}

/// <summary>
/// Something that shows that the ISMS operates (clause 9.1). Immutable; withdrawn only with a reason.
/// </summary>
[RecordKind(
    "EVD",
    "evidence",
    Page = "evidence/{ref}",
    One = "evidence",
    Many = "evidence",
    Shows = "9.1/2",
    Everyones = true,
    Column = ThreadColumn.EvidenceAndAudits
)]
public sealed class EvidenceItem : Referenced
{
    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>File, note or link.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The words of a note or the address of a link.</summary>
    public string? Text { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's media type, found from its content.</summary>
    public string? ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public int Size { get; init; }

    /// <summary>SHA-256 of the content, hex; the address of the content.</summary>
    public required string Sha256 { get; init; }

    /// <summary>First day that it observes.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day that it observes.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>Until when it counts.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Who or which collector collected it.</summary>
    public required string CollectedBy { get; init; }

    /// <summary>Of what it is a look at all or at some, such as "all 14 repositories".</summary>
    public string? Population { get; init; }

    /// <summary>Whether it looks at the whole population; null when nobody said.</summary>
    public bool? Complete { get; init; }

    /// <summary>Who may see it.</summary>
    [AddedLater("\"Internal\"")]
    public EvidenceClass Classification { get; init; }

    /// <summary>Clauses it shows at work.</summary>
    [AddedLater("\"[]\"")]
    public List<string> Clauses { get; set; } = [];

    /// <summary>Where it came from when it was kept.</summary>
    [AddedLater("\"Unknown\"")]
    public EvidenceOrigin Origin { get; init; }

    /// <summary>The kind of evidence that it was given as; null where its form decides.</summary>
    [AddedLater("null")]
    public EvidenceForm? ShownAs { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? WithdrawnBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Lets it show further clauses.</summary>
    public void Serve(IEnumerable<string> clauses) => Clauses = [.. Clauses.Union(clauses)];

    /// <summary>Takes it back; it stays readable.</summary>
    public void Withdraw(string because, DateTime at)
    {
        if (WithdrawnAt is not null)
            throw new RuleBroken("evidence.withdraw.once", $"{Ref} is already withdrawn.");
        (WithdrawnAt, WithdrawnBecause) = (at, because);
    }
}
