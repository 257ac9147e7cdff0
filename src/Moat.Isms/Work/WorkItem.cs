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
[RecordKind("TASK", "tasks")]
public sealed class WorkItem : Referenced
{
    /// <summary>What to do.</summary>
    public required string Title { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Purposes whose tasks a person closes, because no record says that they are done.</summary>
    public static IReadOnlySet<string> ByHand { get; } = new HashSet<string> { "action", "decision", "gone", "nonconformity" };

    /// <summary>What closes it: the same purpose on the same record is one task. Those of <see cref="ByHand"/> are closed by a person.</summary>
    public required string Purpose { get; init; }

    /// <summary>The reference of the record it comes from.</summary>
    public required string SubjectRef { get; init; }

    /// <summary>That record.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Who has to do it; null while nobody.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>Open, done or dropped.</summary>
    public WorkState State { get; private set; }

    /// <summary>When it was closed.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>How it ended, in words.</summary>
    public string? Outcome { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Closes it.</summary>
    public void Close(WorkState state, string outcome, DateTime at)
    {
        if (State != WorkState.Open) throw new RuleBroken("tasks.close.open", $"{Ref} is already closed.");
        (State, Outcome, ClosedAt) = (state, outcome, at);
    }
}
