using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>Which documents to list.</summary>
public sealed record ListDocuments : ListInput
{
    /// <summary>policy, procedure, plan, statement, record or external.</summary>
    public DocumentKind? Kind { get; init; }

    /// <summary>proposed, adopted or rejected; all but rejected ones when left out.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Where their latest version stands.</summary>
    public VersionState? State { get; init; }

    /// <summary>Only those that document this clause or control, such as 5.2 or A.8.4.</summary>
    [MaxLength(20)]
    public string? Requirement { get; init; }
}

/// <summary>Which templates to draft from.</summary>
public sealed record DraftDocuments
{
    /// <summary>Ids of templates; all that the company's profile calls for when left out.</summary>
    [MaxLength(100)]
    public List<string>? Templates { get; init; }
}

/// <summary>A document of the company's own.</summary>
public sealed record CreateDocument
{
    /// <summary>Its title.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>policy, procedure, plan, statement or record.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Its text: Markdown, with fields such as {{company.name}} where records shall fill it.</summary>
    [MinLength(20), MaxLength(200_000)]
    public required string Source { get; init; }

    /// <summary>public, internal, confidential or restricted.</summary>
    public DocumentClass Classification { get; init; } = DocumentClass.Internal;

    /// <summary>Who keeps it current, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Days between reviews.</summary>
    [Range(30, 1095)]
    public int ReviewDays { get; init; } = 365;

    /// <summary>Clauses and controls that it documents, such as 5.2 or A.8.4.</summary>
    [MaxLength(60)]
    public List<string>? Requirements { get; init; }
}

/// <summary>A document that somebody else wrote.</summary>
public sealed record AddExternalDocument
{
    /// <summary>Its title.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>What it is, which edition, and why it is kept.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Note { get; init; }

    /// <summary>Where it is found; an https address.</summary>
    [MaxLength(1000), RegularExpression("https://.+", ErrorMessage = "An https address is needed.")]
    public string? Address { get; init; }

    /// <summary>The document itself.</summary>
    public GivenFile? File { get; init; }

    /// <summary>public, internal, confidential or restricted.</summary>
    public DocumentClass Classification { get; init; } = DocumentClass.Internal;

    /// <summary>Who sees to it that the edition is the current one.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Days between looks at whether it is current.</summary>
    [Range(30, 1095)]
    public int ReviewDays { get; init; } = 365;

    /// <summary>Clauses and controls that it documents.</summary>
    [MaxLength(60)]
    public List<string>? Requirements { get; init; }
}

/// <summary>Who keeps a document, who may read it and who has to know it; what is left out stays.</summary>
public sealed record DescribeDocument : ChangeRecord
{
    /// <summary>Its title.</summary>
    [MinLength(3), MaxLength(200)]
    public string? Title { get; init; }

    /// <summary>Who keeps it current, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>public, internal, confidential or restricted.</summary>
    public DocumentClass? Classification { get; init; }

    /// <summary>Days between reviews.</summary>
    [Range(30, 1095)]
    public int? ReviewDays { get; init; }

    /// <summary>
    /// Who acknowledges it: everyone, role:isms-manager or department:Platform. An empty list for nobody.
    /// </summary>
    [MaxLength(30)]
    public List<string>? Audience { get; init; }

    /// <summary>Who receives it beyond them.</summary>
    [MaxLength(1000)]
    public string? Distribution { get; init; }
}

/// <summary>A new text for the version that is being written.</summary>
public sealed record WriteDocument : ChangeRecord
{
    /// <summary>Markdown, with fields such as {{company.name}}.</summary>
    [MinLength(20), MaxLength(200_000)]
    public required string Source { get; init; }
}

/// <summary>An answer to a decision point.</summary>
public sealed record DecideInDocument : ChangeRecord
{
    /// <summary>The decision point.</summary>
    [MaxLength(80)]
    public required string Point { get; init; }

    /// <summary>The option; empty takes the decision back.</summary>
    [MaxLength(80)]
    public string? Option { get; init; }
}

/// <summary>A new version.</summary>
public sealed record ReviseDocument : ChangeRecord
{
    /// <summary>What changes and why.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <summary>Whether it changes what people have to do, so that they are asked to acknowledge it again.</summary>
    public bool Major { get; init; }

    /// <summary>The record that caused it, such as INC-3 or RISK-2.</summary>
    [MaxLength(80)]
    public string? Because { get; init; }
}

/// <summary>Who is to review the version.</summary>
public sealed record SubmitDocument : ChangeRecord
{
    /// <summary>The reviewers, such as PER-2.</summary>
    [MinLength(1), MaxLength(20)]
    public required List<string> Reviewers { get; init; }

    /// <summary>By when their word is asked for.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>A reviewer's word.</summary>
public sealed record ReviewDocument : BesideRecord
{
    /// <summary>approves or asks-for-changes.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What must change, or what was noticed.</summary>
    [MaxLength(4000)]
    public string? Note { get; init; }
}

/// <summary>A confirmation of exactly the text that was read.</summary>
public sealed record AcknowledgeDocument : OneRecord
{
    /// <summary>SHA-256 of the text that was read; refused when another one is in force by now.</summary>
    [MaxLength(64)]
    public string? Sha256 { get; init; }
}

/// <summary>A remark, or other words for a paragraph.</summary>
public sealed record RemarkOnDocument : OneRecord
{
    /// <summary>The remark.</summary>
    [MinLength(3), MaxLength(4000)]
    public required string Remark { get; init; }

    /// <summary>The paragraph it is about, word for word.</summary>
    [MaxLength(8000)]
    public string? Paragraph { get; init; }

    /// <summary>The words proposed instead.</summary>
    [MaxLength(8000)]
    public string? Instead { get; init; }
}

/// <summary>The author's answer to a remark.</summary>
public sealed record AnswerRemark : ChangeRecord
{
    /// <summary>taken, declined or settled.</summary>
    public required RemarkState State { get; init; }

    /// <summary>The answer.</summary>
    [MaxLength(2000)]
    public string? Answer { get; init; }
}

/// <summary>An approval of exactly the text that was reviewed.</summary>
public sealed record ApproveDocument : ChangeRecord
{
    /// <summary>SHA-256 of the text that is approved; refused when it is not the current one.</summary>
    [MaxLength(64)]
    public string? Sha256 { get; init; }
}

/// <summary>Puts the approved version in force.</summary>
public sealed record PublishDocument : ChangeRecord
{
    /// <summary>Ids of courses that those it concerns take again because of it, such as data-scientists.</summary>
    [MaxLength(20)]
    public List<string> Courses { get; init; } = [];
}

/// <summary>Takes a document out of force.</summary>
public sealed record RetireDocument : ChangeRecord
{
    /// <summary>Why, and what takes its place.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A review that found nothing to change.</summary>
public sealed record ConfirmDocument : ChangeRecord
{
    /// <summary>What was looked at.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Two versions of a document.</summary>
public sealed record CompareDocument : OneRecord
{
    /// <summary>The earlier one, such as 1.0.</summary>
    [MaxLength(20)]
    public required string From { get; init; }

    /// <summary>The later one, such as 2.0; today's records when left out.</summary>
    [MaxLength(20)]
    public string? To { get; init; }
}
