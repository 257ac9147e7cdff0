using Moat.Isms.Kernel;

namespace Moat.Isms.Suppliers;

/// <summary>How much a supplier could cost the company.</summary>
public enum SupplierTier
{
    /// <summary>Gets nothing that matters and can be replaced in a day.</summary>
    Low,

    /// <summary>Gets internal data, or replacing it takes weeks.</summary>
    Medium,

    /// <summary>Gets data or models of class 3, or the product stops without it.</summary>
    High,

    /// <summary>Holds crown jewels, or the company stops without it.</summary>
    Critical,
}

/// <summary>Whether a supplier trains its own models on what it gets.</summary>
public enum TrainsOnOurData
{
    /// <summary>Nobody looked.</summary>
    Unknown,

    /// <summary>Contract and setting say no.</summary>
    No,

    /// <summary>Only with an opt-in that we did not give.</summary>
    OptInOnly,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>Somebody the company depends on or gives data to (A.5.19-A.5.23).</summary>
[RecordKind("SUP", "suppliers", Page = "suppliers/{ref}", Shows = "8.1", Column = ThreadColumn.RisksAndControls)]
public sealed class Supplier : Proposable
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>What it does for us.</summary>
    public required string Service { get; set; }

    /// <summary>Who answers for the relation.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Which data, models or weights it gets.</summary>
    public string? Gets { get; set; }

    /// <summary>The highest class of what it gets, 1 to 4; 0 while nobody said.</summary>
    public int DataClass { get; set; }

    /// <summary>Whether the product stops without it.</summary>
    public bool StopsUs { get; set; }

    /// <summary>Low, medium, high or critical; follows from what it gets and whether it stops us.</summary>
    public SupplierTier Tier { get; private set; }

    /// <summary>The contract: number, date, notice period.</summary>
    public string? Contract { get; set; }

    /// <summary>Until when it runs.</summary>
    public DateOnly? ContractEndsOn { get; set; }

    /// <summary>The data-processing agreement, or why none is needed.</summary>
    public string? DataAgreement { get; set; }

    /// <summary>In which countries data are processed.</summary>
    public string? Countries { get; set; }

    /// <summary>Its own suppliers that see our data.</summary>
    public string? Subprocessors { get; set; }

    /// <summary>Whether it trains on our data.</summary>
    public TrainsOnOurData TrainsOnOurData { get; set; }

    /// <summary>How we leave: what we take with us, where to, how long it takes.</summary>
    public string? ExitPlan { get; set; }

    /// <summary>When it was last assessed.</summary>
    public DateOnly? AssessedOn { get; private set; }

    /// <summary>When it is to be assessed next.</summary>
    public DateOnly? NextAssessmentOn { get; private set; }

    /// <summary>The judgement of the last assessment.</summary>
    public string? Judgement { get; private set; }

    /// <summary>When the relation ended.</summary>
    public DateOnly? EndedOn { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {Service} {Countries}";

    /// <summary>Days between two assessments of a supplier of this tier.</summary>
    public int CycleDays =>
        Tier switch
        {
            SupplierTier.Critical => 180,
            SupplierTier.High => 365,
            SupplierTier.Medium => 730,
            _ => 1095,
        };

    /// <summary>Ranks it by what could be lost through it (A.5.19).</summary>
    public void Rank() =>
        Tier = (DataClass, StopsUs) switch
        {
            (>= 4, _) or (3, true) => SupplierTier.Critical,
            (3, _) or (_, true) => SupplierTier.High,
            (2, _) => SupplierTier.Medium,
            _ => SupplierTier.Low,
        };

    /// <summary>Keeps what an assessment came to.</summary>
    public void Assess(string judgement, DateOnly on)
    {
        (Judgement, AssessedOn) = (judgement, on);
        NextAssessmentOn = on.AddDays(CycleDays);
    }
}

/// <summary>A certificate or report of a supplier: evidence with a period and exceptions.</summary>
[RecordKind("CERT", "suppliers", One = "certificate", Many = "certificates", Column = ThreadColumn.RisksAndControls)]
public sealed class SupplierCertificate : Referenced
{
    /// <summary>The supplier.</summary>
    public required Guid SupplierId { get; init; }

    /// <summary>What it is, such as SOC 2 Type II or ISO/IEC 27001.</summary>
    public required string Title { get; init; }

    /// <summary>Who gave it.</summary>
    public required string Issuer { get; init; }

    /// <summary>First day it covers.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day it covers.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What it covers, and what not.</summary>
    public required string Scope { get; init; }

    /// <summary>Exceptions it reports, and what they mean for us.</summary>
    public string? Exceptions { get; init; }

    /// <summary>Name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of it, hex.</summary>
    public string? FileSha256 { get; init; }

    /// <inheritdoc />
    public override string Caption => Title;
}

/// <summary>A questionnaire that a supplier fills through an expiring link.</summary>
[RecordKind("ASK", "suppliers", PartOfAnother = true, Column = ThreadColumn.RisksAndControls)]
public sealed class SupplierQuestionnaire : Referenced
{
    /// <summary>The supplier.</summary>
    public required Guid SupplierId { get; init; }

    /// <summary>The supplier's name when it was asked.</summary>
    public required string SupplierName { get; init; }

    /// <summary>To whom it was sent.</summary>
    public required string SentTo { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Until when the link works.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Ids of the questions.</summary>
    public required List<string> Questions { get; init; }

    /// <summary>The answers, as <c>question=words</c>.</summary>
    public List<string> Answers { get; private set; } = [];

    /// <summary>Who answered, as they say.</summary>
    public string? AnsweredBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Questionnaire to {SupplierName}";

    /// <summary>Keeps the answers; once.</summary>
    public void Answer(List<string> answers, string by, DateTime at)
    {
        if (AnsweredAt is not null)
            throw new RuleBroken(
                "suppliers.answer.once",
                "These questions are already answered. Ask your contact for a new link to change them."
            );
        if (at > ExpiresAt)
            throw new RuleBroken("suppliers.answer.expired", "This link has expired. Ask your contact for a new one.");
        (Answers, AnsweredBy, AnsweredAt) = (answers, by, at);
    }
}
