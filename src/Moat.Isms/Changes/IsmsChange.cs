using Moat.Isms.Kernel;

namespace Moat.Isms.Changes;

/// <summary>What kind of change it is; decides where its consequences are looked for first.</summary>
public enum ChangeKind
{
    /// <summary>A new product line or market.</summary>
    ProductLine,

    /// <summary>Another cloud, GPU provider or place where data are.</summary>
    Cloud,

    /// <summary>A new class of models: first own training, open weights, agents.</summary>
    ModelClass,

    /// <summary>Who does what, and who reports to whom.</summary>
    Reorganisation,

    /// <summary>A tool that the ISMS or its controls depend on.</summary>
    Tool,

    /// <summary>A supplier comes, goes or does something else.</summary>
    Supplier,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Where a change stands.</summary>
public enum ChangeState
{
    /// <summary>Being planned; nobody approved it.</summary>
    Planned,

    /// <summary>Approved; it may be carried out.</summary>
    Approved,

    /// <summary>It happened; nobody looked back yet.</summary>
    Happened,

    /// <summary>Somebody looked at what really happened.</summary>
    Reviewed,

    /// <summary>Not carried out, for a reason.</summary>
    Dropped,
}

/// <summary>
/// A change of the ISMS: planned with its consequences (6.3), or unplanned and reviewed afterwards (8.1).
/// </summary>
[RecordKind("CHG", "changes", Page = "changes/{ref}", Shows = "4.4 6.3 8.1/2", Column = ThreadColumn.LessonsAndActions)]
public sealed class IsmsChange : Referenced
{
    /// <summary>What changes, in a line.</summary>
    public required string Title { get; set; }

    /// <summary>Its kind.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>False for one that happened without a plan.</summary>
    public required bool Planned { get; init; }

    /// <summary>Why; for an unplanned one what happened.</summary>
    public required string Purpose { get; set; }

    /// <summary>What of the ISMS must hold while it happens.</summary>
    public string? MustHold { get; set; }

    /// <summary>Money, people, time.</summary>
    public string? Resources { get; set; }

    /// <summary>Who does which part, and who owns the result afterwards.</summary>
    public string? Responsibilities { get; set; }

    /// <summary>Who sees it through.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The day it begins, or happened.</summary>
    public required DateOnly StartsOn { get; set; }

    /// <summary>By when it is to be done.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Where it stands.</summary>
    public ChangeState State { get; private set; }

    /// <summary>What it means for what it touches.</summary>
    public string? Consequences { get; private set; }

    /// <summary>Processes that it touches.</summary>
    public List<string> Processes { get; private set; } = [];

    /// <summary>Who confirmed the consequences.</summary>
    public string? ConfirmedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? ConfirmedOn { get; private set; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? ApprovedOn { get; private set; }

    /// <summary>When it was done.</summary>
    public DateOnly? HappenedOn { get; private set; }

    /// <summary>What was done, or why it was dropped.</summary>
    public string? Outcome { get; private set; }

    /// <summary>What else happened because of it.</summary>
    public string? SideEffects { get; private set; }

    /// <summary>What was done against harm.</summary>
    public string? Mitigation { get; private set; }

    /// <summary>Who looked back.</summary>
    public string? ReviewedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? ReviewedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Keeps what it means for what it touches. Before it is approved a person looked at that.</summary>
    public void Confirm(string consequences, IEnumerable<string> processes, DateOnly on, string by)
    {
        MustBe("confirm-consequences", ChangeState.Planned, ChangeState.Happened);
        (Consequences, Processes, ConfirmedOn, ConfirmedBy) = (consequences, [.. processes], on, by);
    }

    /// <summary>Lets it be carried out.</summary>
    public void Approve(DateOnly on, Caller by)
    {
        MustBe("approve", ChangeState.Planned);
        if (ConfirmedOn is null)
            throw new RuleBroken(
                "changes.approve.consequences",
                $"Nobody looked yet at what {Ref} touches. Confirm its consequences first."
            );
        if (MustHold is null || Resources is null || Responsibilities is null)
            throw new RuleBroken(
                "changes.approve.whole",
                $"Say first what must hold during {Ref}, with which resources it is done and who does what."
            );
        if (by.PersonId is null || by.PersonId == OwnerId)
            throw new RuleBroken(
                "changes.approve.other",
                $"Whoever sees {Ref} through does not approve it. Ask somebody else."
            );
        (State, ApprovedOn, ApprovedBy) = (ChangeState.Approved, on, by.Name);
    }

    /// <summary>It is done.</summary>
    public void Complete(string outcome, DateOnly on)
    {
        MustBe("complete", ChangeState.Approved);
        (State, Outcome, HappenedOn) = (ChangeState.Happened, outcome, on);
    }

    /// <summary>It happened without a plan.</summary>
    public void Happen(DateOnly on, string? mitigation) =>
        (State, HappenedOn, Mitigation) = (ChangeState.Happened, on, mitigation);

    /// <summary>Somebody looked at what really happened.</summary>
    public void Review(LookBack look, DateOnly on, string by)
    {
        MustBe("review", ChangeState.Happened);
        if (!Planned && (look.Mitigation ?? Mitigation) is null)
            throw new RuleBroken(
                "changes.review.mitigation",
                $"{Ref} was not planned: say what was done against its side effects, or that none was needed and why (8.1)."
            );
        (State, Outcome, SideEffects, Mitigation) = (
            ChangeState.Reviewed,
            look.Outcome,
            look.SideEffects,
            look.Mitigation ?? Mitigation
        );
        (ReviewedOn, ReviewedBy) = (on, by);
    }

    /// <summary>It is not carried out.</summary>
    public void Drop(string reason)
    {
        MustBe("drop", ChangeState.Planned, ChangeState.Approved);
        (State, Outcome) = (ChangeState.Dropped, reason);
    }

    internal void MustBe(string verb, params ChangeState[] states)
    {
        if (!states.Contains(State))
            throw new RuleBroken(
                $"changes.{verb}.state",
                $"{Ref} is {State.Words().ToLowerInvariant()}; this needs one that is {string.Join(" or ", states.Select(s => s.Words().ToLowerInvariant()))}."
            );
    }
}

/// <summary>What a look back at a change found.</summary>
public sealed record LookBack(string Outcome, string SideEffects, string? Mitigation);
