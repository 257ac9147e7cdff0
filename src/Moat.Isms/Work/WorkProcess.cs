using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work;

/// <summary>Which tasks to list.</summary>
public sealed record ListWork : ListInput
{
    /// <summary>open, done or dropped; open ones when left out.</summary>
    public WorkState? State { get; init; }

    /// <summary>Only those of the caller.</summary>
    public bool Mine { get; init; }
}

/// <summary>A task in a list.</summary>
public sealed record WorkRow(
    string Ref, int Version, string Title, string Why, string SubjectRef, string Purpose, string? Owner, DateOnly DueOn, WorkState State, string? Outcome);

/// <summary>A task closed by hand.</summary>
public sealed record CompleteWork : ChangeRecord
{
    /// <summary>What was done.</summary>
    [MinLength(3), MaxLength(2000)] public required string Outcome { get; init; }

    /// <summary>Whether it is dropped instead: not needed any more.</summary>
    public bool Drop { get; init; }
}

/// <summary>Somebody else does it, or by another date.</summary>
public sealed record AssignWork : ChangeRecord
{
    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)] public string? Owner { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>All that is due, and for whom.</summary>
[Process("tasks", "What is due, for whom, because of which record.")]
public sealed class WorkProcess(MoatDb db, CurrentCaller caller)
{
    private static readonly Pager<WorkItem> Pages = new(("due", t => t.DueOn.Year * 10000 + t.DueOn.Month * 100 + t.DueOn.Day));

    /// <summary>Tasks. Members see their own.</summary>
    [Query("list", Permission.Work, "List tasks; members see their own")]
    public Task<Page<WorkRow>> List(ListWork input, CancellationToken ct)
    {
        var state = input.State ?? WorkState.Open;
        var query = db.Set<WorkItem>().Where(t => t.State == state);
        var me = caller.Value.PersonId;
        if (input.Mine || !caller.Value.May(Permission.ReadIsms))
            query = caller.Value.IsManager ? query.Where(t => t.OwnerId == me || t.OwnerId == null) : query.Where(t => t.OwnerId == me);
        var people = db.Set<Person>();
        return Pages.Page(
            db, query, input,
            t => new WorkRow(
                "TASK-" + t.Number, t.Version, t.Title, t.Why, t.SubjectRef, t.Purpose,
                people.Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(), t.DueOn, t.State, t.Outcome),
            ct);
    }

    /// <summary>Closes a task that no record closes by itself. One's own, or any as a manager.</summary>
    [Operation("complete", Permission.Work, "Close a task that no record closes by itself")]
    public async Task<Done> Complete(CompleteWork input, CancellationToken ct)
    {
        var task = await db.One<WorkItem>(input, ct);
        if (!caller.Value.IsManager && task.OwnerId != caller.Value.PersonId) throw new NotFound(input.Ref);
        if (!WorkItem.ByHand.Contains(task.Purpose) && !input.Drop)
            throw new RuleBroken("tasks.complete.by-record", $"This task closes by itself when {task.SubjectRef} says so. Open {task.SubjectRef}.");
        task.Close(input.Drop ? WorkState.Dropped : WorkState.Done, input.Outcome, db.Now);
        return new Done(task);
    }

    /// <summary>Gives a task to somebody, or moves its date.</summary>
    [Operation("assign", Permission.EditPeople, "Give a task to somebody or move its date")]
    public async Task<Done> Assign(AssignWork input, CancellationToken ct)
    {
        var task = await db.One<WorkItem>(input, ct);
        if (input.Owner is not null) task.OwnerId = (await db.One<Person>(input.Owner, ct)).Id;
        task.DueOn = input.DueOn ?? task.DueOn;
        return new Done(task);
    }
}
