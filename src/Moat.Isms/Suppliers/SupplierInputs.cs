using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Suppliers;

/// <summary>Which suppliers to list.</summary>
public sealed record ListSuppliers : ListInput
{
    /// <summary>low, medium, high or critical.</summary>
    public SupplierTier? Tier { get; init; }

    /// <summary>proposed, adopted or rejected.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Whether relations that ended are shown as well.</summary>
    public bool Ended { get; init; }
}

/// <summary>What is known of a supplier; what is left out stays.</summary>
public record SupplierFields : ChangeRecord
{
    /// <summary>Who answers for the relation, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Which data, models or weights it gets.</summary>
    [MaxLength(2000)]
    public string? Gets { get; init; }

    /// <summary>The highest class of what it gets, 1 to 4.</summary>
    [Range(1, 4)]
    public int? DataClass { get; init; }

    /// <summary>Whether the product stops without it.</summary>
    public bool? StopsUs { get; init; }

    /// <summary>The contract: number, date, notice period.</summary>
    [MaxLength(1000)]
    public string? Contract { get; init; }

    /// <summary>Until when it runs.</summary>
    public DateOnly? ContractEndsOn { get; init; }

    /// <summary>The data-processing agreement, or why none is needed.</summary>
    [MaxLength(1000)]
    public string? DataAgreement { get; init; }

    /// <summary>In which countries data are processed.</summary>
    [MaxLength(500)]
    public string? Countries { get; init; }

    /// <summary>Its own suppliers that see our data.</summary>
    [MaxLength(4000)]
    public string? Subprocessors { get; init; }

    /// <summary>Whether it trains its models on our data: unknown, no, opt-in-only or yes.</summary>
    public TrainsOnOurData? TrainsOnOurData { get; init; }

    /// <summary>How we leave: what we take with us, where to, how long it takes.</summary>
    [MaxLength(4000)]
    public string? ExitPlan { get; init; }

    /// <summary>Assets that depend on it, such as AST-4.</summary>
    [MaxLength(100)]
    public List<string>? Assets { get; init; }

    /// <summary>When the relation ended.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>A supplier.</summary>
public sealed record CreateSupplier
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>What it does for us.</summary>
    [MinLength(3), MaxLength(1000)]
    public required string Service { get; init; }

    /// <summary>Which data, models or weights it gets.</summary>
    [MaxLength(2000)]
    public string? Gets { get; init; }

    /// <summary>The highest class of what it gets, 1 to 4.</summary>
    [Range(1, 4)]
    public required int DataClass { get; init; }

    /// <summary>Whether the product stops without it.</summary>
    public bool StopsUs { get; init; }

    /// <summary>Who answers for the relation.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>Changes to a supplier; a changed proposal is adopted.</summary>
public sealed record EditSupplier : SupplierFields
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>What it does for us.</summary>
    [MinLength(3), MaxLength(1000)]
    public string? Service { get; init; }
}

/// <summary>What an assessment came to.</summary>
public sealed record AssessSupplier : ChangeRecord
{
    /// <summary>The judgement: what was looked at, what is accepted, what must change by when.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Judgement { get; init; }
}

/// <summary>A certificate or report.</summary>
public sealed record AddSupplierCertificate : OneRecord
{
    /// <summary>What it is, such as SOC 2 Type II.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>Who gave it.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Issuer { get; init; }

    /// <summary>First day it covers.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day it covers.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What it covers, and what not.</summary>
    [MinLength(3), MaxLength(2000)]
    public required string Scope { get; init; }

    /// <summary>Exceptions it reports, and what they mean for us.</summary>
    [MaxLength(4000)]
    public string? Exceptions { get; init; }

    /// <summary>The controls that it shows for the part that the supplier runs, such as A.7.2.</summary>
    [MaxLength(93)]
    public List<string> Controls { get; init; } = [];

    /// <summary>The certificate or report.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>To whom the questions go.</summary>
public sealed record AskSupplier : OneRecord
{
    /// <summary>E-mail of the contact, for the record; the link is handed over by you.</summary>
    [EmailAddress, MaxLength(254)]
    public required string SentTo { get; init; }

    /// <summary>Days until the link expires.</summary>
    [Range(1, 60)]
    public int Days { get; init; } = 14;
}

/// <summary>What a supplier answers through its link.</summary>
public sealed record AnswerSupplierQuestions
{
    /// <summary>The link's secret.</summary>
    [MaxLength(200)]
    public required string Secret { get; init; }

    /// <summary>Who answers.</summary>
    [MinLength(3), MaxLength(200)]
    public required string By { get; init; }

    /// <summary>The answers, as <c>question=words</c>.</summary>
    [MinLength(1), MaxLength(40)]
    public required List<string> Answers { get; init; }
}

/// <summary>A supplier in the register.</summary>
public sealed record SupplierRow(
    string Ref,
    int Version,
    string Name,
    string Service,
    SupplierTier Tier,
    int DataClass,
    TrainsOnOurData TrainsOnOurData,
    string? Owner,
    DateOnly? AssessedOn,
    DateOnly? NextAssessmentOn,
    DateOnly? ContractEndsOn,
    DateOnly? EndedOn,
    Standing Standing,
    string? WhyProposed
);

/// <summary>A certificate.</summary>
public sealed record CertificateView(
    string Ref,
    string Title,
    string Issuer,
    DateOnly From,
    DateOnly Until,
    string Scope,
    string? Exceptions,
    string? FileName,
    string? FileSha256
);

/// <summary>A question and its answer.</summary>
public sealed record AnsweredQuestion(string Id, string Ask, string? Answer);

/// <summary>A questionnaire.</summary>
public sealed record QuestionnaireView(
    string Ref,
    string SentTo,
    DateTime SentAt,
    DateTime ExpiresAt,
    string? AnsweredBy,
    DateTime? AnsweredAt,
    IReadOnlyList<AnsweredQuestion> Questions
);

/// <summary>A supplier with everything that belongs to it.</summary>
public sealed record SupplierView(
    SupplierRow Row,
    string? OwnerRef,
    string? Gets,
    bool StopsUs,
    string? Contract,
    string? DataAgreement,
    string? Countries,
    string? Subprocessors,
    string? ExitPlan,
    string? Judgement,
    int CycleDays,
    IReadOnlyList<Related> Assets,
    IReadOnlyList<CertificateView> Certificates,
    IReadOnlyList<QuestionnaireView> Questionnaires
);

/// <summary>The link that a supplier fills a questionnaire through, shown once.</summary>
public sealed record MadeQuestionnaire(string Link, DateTime ExpiresAt) : IHoldsSecret;
