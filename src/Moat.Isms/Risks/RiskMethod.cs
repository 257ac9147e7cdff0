using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>
/// How this company assesses risks (clause 6.1.2 a, b): scales, criteria and appetite. A change to an approved method
/// is a new version.
/// </summary>
[RecordKind("METH", "method", Page = "risks/method", Shows = "6.1.2", Column = ThreadColumn.RisksAndControls)]
public sealed class RiskMethod : Referenced
{
    /// <summary>The appetite while no method is approved.</summary>
    public const int UsualAppetite = 6;

    /// <summary>From where a risk is high while no method is approved.</summary>
    public const int UsualHigh = 15;

    /// <summary>Criteria for accepting risks and for assessing them again, in the company's words.</summary>
    public required string Criteria { get; set; }

    /// <summary>What likelihood 1 to 5 mean here, lowest first.</summary>
    public required List<string> LikelihoodScale { get; set; }

    /// <summary>What impact 1 to 5 mean here, lowest first.</summary>
    public required List<string> ImpactScale { get; set; }

    /// <summary>The highest score that a risk owner may accept without treatment, 1 to 25.</summary>
    public required int Appetite { get; set; }

    /// <summary>The score from which a risk is high, above the appetite.</summary>
    public required int High { get; set; }

    /// <summary>Draft, approved or superseded.</summary>
    public ApprovalState State { get; private set; }

    /// <summary>
    /// The account of who last wrote in it, signed in; all zeros for a program, null before anybody changed the draft.
    /// </summary>
    public Guid? WrittenById { get; set; }

    /// <summary>Approved by who wrote it, because nobody else existed.</summary>
    [AddedLater("false")]
    public bool ApprovedAlone { get; private set; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ApprovedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Risk method version {Number}";

    /// <summary>The one approved version, for queries too.</summary>
    public static IQueryable<RiskMethod> InForce(MoatDb db) =>
        db.Set<RiskMethod>().Where(m => m.State == ApprovalState.Approved).OrderByDescending(m => m.Number);

    /// <summary>Throws <see cref="RuleBroken"/> unless it is a draft.</summary>
    public void MustBeApprovable()
    {
        if (State != ApprovalState.Draft)
            throw new RuleBroken("method.approve.draft", "Only a draft can be approved.");
        OpenText.MustBeClosed("method.approve.open", "The risk method", [Criteria, .. LikelihoodScale, .. ImpactScale]);
    }

    /// <summary>Puts it in force.</summary>
    public void Approve(string by, bool alone, DateTime at)
    {
        MustBeApprovable();
        (State, ApprovedBy, ApprovedAt, ApprovedAlone) = (ApprovalState.Approved, by, at, alone);
    }

    /// <summary>A later version took its place.</summary>
    public void Supersede() => State = ApprovalState.Superseded;
}
