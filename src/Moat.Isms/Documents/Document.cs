using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>What a document is for.</summary>
public enum DocumentKind
{
    /// <summary>What is wanted and allowed.</summary>
    Policy,

    /// <summary>How something is done, step by step.</summary>
    Procedure,

    /// <summary>What will be done, when, by whom.</summary>
    Plan,

    /// <summary>What is declared to others.</summary>
    Statement,

    /// <summary>What was found or done.</summary>
    Record,

    /// <summary>Written by somebody else and controlled here (7.5.3).</summary>
    External,
}

/// <summary>Who may read it.</summary>
public enum DocumentClass
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Everybody who works here.</summary>
    Internal,

    /// <summary>Those it concerns.</summary>
    Confidential,

    /// <summary>Those named.</summary>
    Restricted,
}

/// <summary>
/// Documented information of the ISMS (clause 7.5): what it is, who keeps it, who has to know it. Its text stands in
/// its versions.
/// </summary>
[RecordKind(
    "DOC",
    "documents",
    Page = "documents/{ref}",
    Shows = "7.5.1 7.5.3/2",
    Everyones = true,
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class Document : Proposable
{
    /// <summary>Template it came from, or its own word.</summary>
    public required string Key { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; set; }

    /// <summary>Policy, procedure, plan, statement, record or external.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Who may read it.</summary>
    public required DocumentClass Classification { get; set; }

    /// <summary>Who keeps it current.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Days between reviews, 30 to 1095.</summary>
    public required int ReviewDays { get; set; }

    /// <summary>When it is to be reviewed next; null before it is published.</summary>
    public DateOnly? NextReviewOn { get; private set; }

    /// <summary>
    /// Who acknowledges it: everyone, <c>role:</c> with a role's key, or <c>department:</c> with a name.
    /// </summary>
    public required List<string> Audience { get; set; }

    /// <summary>Who receives it beyond those who work with it, in words.</summary>
    public string? Distribution { get; set; }

    /// <summary>Clauses that it documents.</summary>
    public required List<string> Clauses { get; set; }

    /// <summary>Controls that it documents.</summary>
    public required List<string> Controls { get; set; }

    /// <summary>Where an external document is found.</summary>
    public string? Address { get; init; }

    /// <summary>SHA-256 of an external document that is kept as a file.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>Name of that file.</summary>
    public string? FileName { get; init; }

    /// <summary>When it was last reviewed without a change.</summary>
    public DateOnly? ReviewedOn { get; private set; }

    /// <summary>When it was taken out of force.</summary>
    public DateTime? RetiredAt { get; private set; }

    /// <summary>Why.</summary>
    public string? RetiredBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords =>
        $"{Title} {Key} {string.Join(' ', Clauses)} {string.Join(' ', Controls)}";

    /// <summary>Begins a review cycle.</summary>
    public void ReviewAgain(DateOnly today)
    {
        ReviewedOn = today;
        NextReviewOn = today.AddDays(ReviewDays);
    }

    /// <summary>Takes it out of force; it stays readable.</summary>
    public void Retire(string because, DateTime at)
    {
        if (RetiredAt is not null)
            throw new RuleBroken("documents.retire.once", $"{Ref} is already retired.");
        (RetiredAt, RetiredBecause, NextReviewOn) = (at, because, null);
    }

    /// <summary>Refuses a change of what is out of force.</summary>
    public void MustBeInForce()
    {
        if (RetiredAt is not null)
            throw new RuleBroken("documents.retired", $"{Ref} is retired. Write a new document instead.");
    }
}
