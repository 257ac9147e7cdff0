using Moat.Isms.Kernel;

namespace Moat.Isms.Work;

/// <summary>Where a task stands.</summary>
public enum WorkState
{
    /// <summary>To do.</summary>
    Open,

    /// <summary>Done, by a person or because the record says so.</summary>
    Done,

    /// <summary>Not needed any more.</summary>
    Dropped,
}

/// <summary>Something that somebody has to do by a date, because of a record.</summary>
[RecordKind("TASK", "tasks", One = "task", Many = "tasks")]
public sealed class WorkItem : Referenced
{
    /// <summary>What to do.</summary>
    public required string Title { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>
    /// What closes it: the same purpose on the same record is one task. How it is treated, <see cref="WorkPurposes"/>
    /// knows.
    /// </summary>
    public required string Purpose { get; init; }

    /// <summary>The reference of the record it comes from.</summary>
    public required string SubjectRef { get; init; }

    /// <summary>That record.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Who has to do it; null while nobody.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>For whom the owner does it while that person is away.</summary>
    public Guid? ForId { get; set; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>The day on which it was noted as overdue.</summary>
    public DateOnly? OverdueSince { get; private set; }

    /// <summary>On whose list it stands as well, because it is long overdue.</summary>
    public Guid? EscalatedToId { get; private set; }

    /// <summary>Open, done or dropped.</summary>
    public WorkState State { get; private set; }

    /// <summary>When it was closed.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>How it ended, in words.</summary>
    public string? Outcome { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Gives it another date. A date that lies ahead ends what being overdue had led to.</summary>
    public void Move(DateOnly dueOn, DateOnly today)
    {
        DueOn = dueOn;
        if (dueOn >= today)
            (OverdueSince, EscalatedToId) = (null, null);
    }

    /// <summary>Notes that its date has passed.</summary>
    public void NoteOverdue(DateOnly today) => OverdueSince ??= today;

    /// <summary>Puts it on somebody else's list as well.</summary>
    public void Escalate(Guid managerId) => EscalatedToId = managerId;

    /// <summary>Closes it.</summary>
    public void Close(WorkState state, string outcome, DateTime at)
    {
        if (State != WorkState.Open)
            throw new RuleBroken("tasks.close.open", $"{Ref} is already closed.");
        (State, Outcome, ClosedAt) = (state, outcome, at);
    }
}
