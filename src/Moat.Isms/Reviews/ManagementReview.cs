using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>Where a management review stands.</summary>
public enum ReviewState
{
    /// <summary>It has a date and people who are invited.</summary>
    Scheduled,

    /// <summary>Its inputs are assembled and frozen.</summary>
    Prepared,

    /// <summary>It took place; its decisions are under way.</summary>
    Held,

    /// <summary>Its minutes are approved.</summary>
    Approved,
}

/// <summary>
/// A look of top management at the whole ISMS (clause 9.3): inputs frozen from the records, conclusions, decisions,
/// minutes.
/// </summary>
[RecordKind(
    "MREV",
    "reviews",
    Page = "reviews/{ref}",
    Shows = "5.1/2 9.3.1 9.3.2 9.3.3",
    Column = ThreadColumn.EvidenceAndAudits
)]
public sealed class ManagementReview : Referenced
{
    /// <summary>Its name, such as "First half of 2026".</summary>
    public required string Title { get; set; }

    /// <summary>When it is to take place.</summary>
    public required DateOnly ScheduledOn { get; set; }

    /// <summary>Who leads it.</summary>
    public required Guid ChairId { get; set; }

    /// <summary>References of the people who are invited.</summary>
    public required List<string> Invited { get; set; }

    /// <summary>Scheduled, prepared, held or approved.</summary>
    public ReviewState State { get; private set; }

    /// <summary>First day that the inputs look at: the day of the review before, or a year back.</summary>
    public DateOnly? LooksFrom { get; private set; }

    /// <summary>When the inputs were frozen.</summary>
    public DateTime? PreparedAt { get; private set; }

    /// <summary>The inputs as canonical JSON, exactly as they were frozen.</summary>
    [NotJournalled]
    public string? Inputs { get; private set; }

    /// <summary>SHA-256 of that JSON, hex; it stands in the journal.</summary>
    public string? InputsSha256 { get; private set; }

    /// <summary>The evidence that keeps the inputs.</summary>
    public string? EvidenceRef { get; private set; }

    /// <summary>The day it took place.</summary>
    public DateOnly? HeldOn { get; private set; }

    /// <summary>References of the people who took part.</summary>
    public List<string> Attended { get; private set; } = [];

    /// <summary>Whether the ISMS is suitable, adequate and effective, in the words of the meeting.</summary>
    public string? Judgement { get; private set; }

    /// <summary>The document that holds the approved minutes.</summary>
    public string? MinutesRef { get; private set; }

    /// <summary>Who approved them.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ApprovedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Whether it took place.</summary>
    public bool WasHeld => State is ReviewState.Held or ReviewState.Approved;

    /// <summary>Keeps the frozen inputs. Until it is held they may be frozen again, which replaces them.</summary>
    public void Freeze(DateOnly looksFrom, string inputs, string sha256, string evidence, DateTime at)
    {
        if (WasHeld)
            throw new RuleBroken("reviews.prepare.open", $"{Ref} was held on these inputs; they stay as they are.");
        (State, LooksFrom, Inputs, InputsSha256, EvidenceRef, PreparedAt) = (
            ReviewState.Prepared,
            looksFrom,
            inputs,
            sha256,
            evidence,
            at
        );
    }

    /// <summary>Refuses what only a review with frozen inputs and without approved minutes takes.</summary>
    public void MustBeInWork(string rule)
    {
        if (State == ReviewState.Scheduled)
            throw new RuleBroken(
                rule,
                $"{Ref} is not prepared. Freeze its inputs first, so that everybody speaks about the same figures."
            );
        if (State == ReviewState.Approved)
            throw new RuleBroken(
                rule,
                $"The minutes of {Ref} are approved. What came later belongs into the next review."
            );
    }

    /// <summary>Moves it while it is not held.</summary>
    public void Move(DateOnly? to, Guid? chair, List<string>? invited)
    {
        if (WasHeld)
            throw new RuleBroken("reviews.move.open", $"{Ref} took place on {HeldOn:yyyy-MM-dd}.");
        (ScheduledOn, ChairId, Invited) = (to ?? ScheduledOn, chair ?? ChairId, invited ?? Invited);
    }

    /// <summary>Says that it took place.</summary>
    public void Hold(DateOnly on, List<string> attended, string judgement)
    {
        if (State != ReviewState.Prepared)
            throw new RuleBroken(
                "reviews.hold.prepared",
                $"{Ref} is {State.Words()}. Only a review whose inputs are frozen can be held, and once."
            );
        (State, HeldOn, Attended, Judgement) = (ReviewState.Held, on, attended, judgement);
    }

    /// <summary>Keeps the approval of its minutes.</summary>
    public void Approve(string minutes, string by, DateTime at)
    {
        if (State != ReviewState.Held)
            throw new RuleBroken(
                "reviews.approve.held",
                $"{Ref} is {State.Words()}. Minutes are approved once, after the review was held."
            );
        (State, MinutesRef, ApprovedBy, ApprovedAt) = (ReviewState.Approved, minutes, by, at);
    }
}
