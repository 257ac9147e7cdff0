using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Where a corrective action stands.</summary>
public enum ActionState
{
    /// <summary>Somebody has to do it by a date.</summary>
    Planned,

    /// <summary>Done; whether it works is not known yet.</summary>
    Done,

    /// <summary>Somebody else saw that it works.</summary>
    Effective,

    /// <summary>Somebody else saw that it does not.</summary>
    Ineffective,

    /// <summary>Not needed any more, for a reason.</summary>
    Dropped,
}

/// <summary>
/// What removes a cause (10.2 c): it has an owner, a date, and an effect that somebody else verifies after a set time.
/// </summary>
[RecordKind("ACT", "actions", Page = "actions/{ref}", Shows = "10.2/2", Column = ThreadColumn.LessonsAndActions)]
public sealed class CorrectiveAction : Referenced
{
    /// <summary>What is done, in a line.</summary>
    public required string Title { get; set; }

    /// <summary>How one will see that it works.</summary>
    public required string EffectSeenBy { get; set; }

    /// <summary>The nonconformity whose cause it removes; null when a lesson asked for it.</summary>
    public Guid? NonconformityId { get; init; }

    /// <summary>The round of the nonconformity that it belongs to.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The lesson it came from.</summary>
    public Guid? LessonId { get; init; }

    /// <summary>Who does it. MUST NOT change once it is done, or whoever owned it could verify it.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>The first day on which its effect can be seen.</summary>
    public required DateOnly VerifyFrom { get; set; }

    /// <summary>Where it stands.</summary>
    public ActionState State { get; private set; }

    /// <summary>What was done.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The day it was done.</summary>
    public DateOnly? DoneOn { get; private set; }

    /// <summary>Who said so.</summary>
    public string? DoneBy { get; private set; }

    /// <summary>The person behind that, who MUST NOT verify it.</summary>
    public Guid? DoneById { get; private set; }

    /// <summary>What was seen of its effect.</summary>
    public string? Verification { get; private set; }

    /// <summary>The day somebody looked.</summary>
    public DateOnly? VerifiedOn { get; private set; }

    /// <summary>Who looked.</summary>
    public string? VerifiedBy { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Somebody else does it.</summary>
    public void GiveTo(Guid owner)
    {
        if (owner == OwnerId)
            return;
        if (State != ActionState.Planned)
            throw new RuleBroken(
                "actions.edit.owner",
                $"{Ref} is done. Its owner stays, so that somebody else sees whether it works."
            );
        OwnerId = owner;
    }

    /// <summary>
    /// Moves its dates. That its effect is looked at earlier needs a reason, like that it takes longer.
    /// </summary>
    public void Move(DateOnly? dueOn, DateOnly? verifyFrom, string? because)
    {
        if (State != ActionState.Planned && dueOn is { } day && day != DueOn)
            throw new RuleBroken(
                "actions.edit.due",
                $"{Ref} is done. Only the day from which its effect can be seen still moves."
            );
        var due = dueOn ?? DueOn;
        var from = verifyFrom ?? (VerifyFrom < due ? due : VerifyFrom);
        if (from < due)
            throw new InputInvalid("verifyFrom", "An effect cannot be seen before the action is due.");
        if (due > DueOn && string.IsNullOrWhiteSpace(because))
            throw new InputInvalid("reason", "Say why it takes longer.");
        if (from < VerifyFrom && string.IsNullOrWhiteSpace(because))
            throw new InputInvalid("reason", "Say why its effect can be seen earlier than was set.");
        (DueOn, VerifyFrom) = (due, from);
    }

    /// <summary>It is done. A person says so, because whoever did it MUST NOT verify it.</summary>
    public void Complete(string outcome, DateOnly on, Caller by)
    {
        MustBe(ActionState.Planned, "complete");
        if (by.PersonId is null)
            throw new RuleBroken(
                "actions.complete.person",
                $"Only a person says that {Ref} is done. A program can add evidence of what was done."
            );
        (State, Outcome, DoneOn, DoneBy, DoneById) = (ActionState.Done, outcome, on, by.Name, by.PersonId);
    }

    /// <summary>Somebody looked whether it works.</summary>
    public void Verify(bool effective, string seen, DateOnly on, Caller by)
    {
        MustBe(ActionState.Done, "verify");
        if (by.PersonId == DoneById || by.PersonId == OwnerId)
            throw new RuleBroken(
                "actions.verify.other",
                $"Whoever did {Ref} cannot verify that it works. Ask somebody else."
            );
        if (on < VerifyFrom)
            throw new RuleBroken(
                "actions.verify.early",
                FormattableString.Invariant(
                    $"The effect of {Ref} can be seen from {VerifyFrom:yyyy-MM-dd} on. Until then a good sign is only a good start."
                )
            );
        (State, Verification, VerifiedOn, VerifiedBy) = (
            effective ? ActionState.Effective : ActionState.Ineffective,
            seen,
            on,
            by.Name
        );
    }

    /// <summary>It is not needed any more.</summary>
    public void Drop(string reason, DateOnly on, Caller by)
    {
        MustBe(ActionState.Planned, "drop");
        (State, Outcome, DoneOn, DoneBy) = (ActionState.Dropped, reason, on, by.Name);
    }

    private void MustBe(ActionState state, string verb)
    {
        if (State != state)
            throw new RuleBroken(
                $"actions.{verb}.{state.ToString().ToLowerInvariant()}",
                $"{Ref} is {State.Words().ToLowerInvariant()}; only one that is {state.Words().ToLowerInvariant()} can be taken further here."
            );
    }
}
