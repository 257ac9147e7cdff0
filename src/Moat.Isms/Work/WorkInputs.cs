using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work;

/// <summary>How soon a task is due.</summary>
public enum DueBand
{
    /// <summary>Its date has passed.</summary>
    Overdue,

    /// <summary>Within seven days.</summary>
    Week,

    /// <summary>Later than that.</summary>
    Later,
}

/// <summary>Which tasks to list.</summary>
public sealed record ListWork : ListInput
{
    /// <summary>open, done or dropped; open ones when left out.</summary>
    public WorkState? State { get; init; }

    /// <summary>Only those of the caller.</summary>
    public bool Mine { get; init; }

    /// <summary>overdue, week or later; all of them when left out.</summary>
    public DueBand? Due { get; init; }

    /// <summary>Only those of this person, such as PER-2; for those who may read the registers.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>A task in a list.</summary>
public sealed record WorkRow(
    string Ref,
    int Version,
    string Title,
    string Why,
    string SubjectRef,
    string Purpose,
    string? Owner,
    DateOnly DueOn,
    WorkState State,
    string? Outcome
)
{
    /// <summary>For whom it is done while that person is away.</summary>
    public string? For { get; init; }

    /// <summary>On whose list it stands as well, because it is long overdue.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>Until when its owner is away, where only the owner can do it.</summary>
    public DateOnly? OwnerAwayUntil { get; init; }
}

/// <summary>How many open tasks there are, by how soon they are due.</summary>
public sealed record WorkCounts(int Overdue, int Week, int Later);

/// <summary>Whose open tasks to count.</summary>
public sealed record CountWork
{
    /// <summary>Only those of the caller.</summary>
    public bool Mine { get; init; }
}

/// <summary>A task closed by hand.</summary>
public sealed record CompleteWork : ChangeRecord
{
    /// <summary>What was done.</summary>
    [MinLength(3), MaxLength(2000)]
    public required string Outcome { get; init; }

    /// <summary>Whether it is dropped instead: not needed any more.</summary>
    public bool Drop { get; init; }
}

/// <summary>Somebody else does it, or by another date.</summary>
public sealed record AssignWork : ChangeRecord
{
    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; init; }
}
