using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>What the ISMS covers and what not (clause 4.3). A change to an approved scope is a new version.</summary>
[RecordKind("SCP", "scope", Shows = "4.3", Column = ThreadColumn.RisksAndControls)]
public sealed class Scope : Proposable
{
    /// <summary>The sentence that stands on the certificate.</summary>
    public required string Statement { get; set; }

    /// <summary>Organisational, technical and physical boundaries.</summary>
    public required string Boundaries { get; set; }

    /// <summary>What is left out, each with its reason and its interface to what is in.</summary>
    public required string Exclusions { get; set; }

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

    /// <summary>When it was approved.</summary>
    public DateTime? ApprovedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Scope version {Number}";

    /// <summary>Throws <see cref="RuleBroken"/> unless it is an adopted draft.</summary>
    public void MustBeApprovable()
    {
        if (Standing != Standing.Adopted)
            throw new RuleBroken(
                "scope.approve.adopted",
                $"The scope is {Standing.Words()}. Only an adopted one is approved: read it, change it and adopt it first."
            );
        if (State != ApprovalState.Draft)
            throw new RuleBroken(
                "scope.approve.draft",
                $"This scope is {(State == ApprovalState.Approved ? "already approved" : "superseded")}."
            );
        OpenText.MustBeClosed("scope.approve.open", "The scope", Statement, Boundaries, Exclusions);
    }

    /// <summary>Puts it in force. Only an adopted draft can be approved.</summary>
    public void Approve(string by, bool alone, DateTime at)
    {
        MustBeApprovable();
        (State, ApprovedBy, ApprovedAt, ApprovedAlone) = (ApprovalState.Approved, by, at, alone);
    }

    /// <summary>A later version took its place.</summary>
    public void Supersede() => State = ApprovalState.Superseded;
}
