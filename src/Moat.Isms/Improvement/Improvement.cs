using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Where an improvement stands.</summary>
public enum ImprovementState
{
    /// <summary>An idea that nobody decided about.</summary>
    Proposed,

    /// <summary>Somebody does it by a date.</summary>
    Planned,

    /// <summary>Done; its effect was not looked at yet.</summary>
    Done,

    /// <summary>Somebody looked at what it brought.</summary>
    Evaluated,

    /// <summary>Not pursued, for a named reason.</summary>
    Declined,
}

/// <summary>Something that makes the ISMS better (10.1): expected effect before, observed effect after.</summary>
[RecordKind(
    "IMP",
    "improvements",
    Page = "improvements/{ref}",
    Shows = "6.1.1/2 10.1",
    Column = ThreadColumn.LessonsAndActions
)]
public sealed class Improvement : Referenced
{
    /// <summary>What becomes better, in a line.</summary>
    public required string Title { get; set; }

    /// <summary>What one will see when it works, in numbers where there are any.</summary>
    public required string ExpectedEffect { get; set; }

    /// <summary>The record it came from; null for somebody's idea.</summary>
    public string? SourceRef { get; init; }

    /// <summary>Who had the idea.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>The person behind that name; null when a process proposed it.</summary>
    public Guid? ProposedById { get; set; }

    /// <summary>The day of the idea.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>Who does it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Where it stands.</summary>
    public ImprovementState State { get; private set; }

    /// <summary>What was done, or why it is not pursued.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The day it was done or declined.</summary>
    public DateOnly? DoneOn { get; private set; }

    /// <summary>What was observed afterwards.</summary>
    public string? ObservedEffect { get; private set; }

    /// <summary>Whether it brought what was expected.</summary>
    public bool? AsExpected { get; private set; }

    /// <summary>Who looked.</summary>
    public string? EvaluatedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? EvaluatedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {ProposedBy} {SourceRef}";

    /// <summary>Somebody does it by a date.</summary>
    public void Plan(Guid owner, DateOnly dueOn)
    {
        MustBe("plan", ImprovementState.Proposed, ImprovementState.Planned);
        (State, OwnerId, DueOn) = (ImprovementState.Planned, owner, dueOn);
    }

    /// <summary>It is not pursued.</summary>
    public void Decline(string reason, DateOnly on)
    {
        MustBe("decline", ImprovementState.Proposed, ImprovementState.Planned);
        (State, Outcome, DoneOn) = (ImprovementState.Declined, reason, on);
    }

    /// <summary>It is done.</summary>
    public void Complete(string outcome, DateOnly on)
    {
        MustBe("complete", ImprovementState.Planned);
        (State, Outcome, DoneOn) = (ImprovementState.Done, outcome, on);
    }

    /// <summary>Somebody looked at what it brought.</summary>
    public void Evaluate(string observed, bool asExpected, DateOnly on, string by)
    {
        MustBe("evaluate", ImprovementState.Done);
        (State, ObservedEffect, AsExpected, EvaluatedOn, EvaluatedBy) = (
            ImprovementState.Evaluated,
            observed,
            asExpected,
            on,
            by
        );
    }

    private void MustBe(string verb, params ImprovementState[] states)
    {
        if (!states.Contains(State))
            throw new RuleBroken(
                $"improvements.{verb}.state",
                $"{Ref} is {State.Words().ToLowerInvariant()}; this needs one that is {string.Join(" or ", states.Select(s => s.Words().ToLowerInvariant()))}."
            );
    }
}
