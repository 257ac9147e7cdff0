using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Absences;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Work;

/// <summary>All that is due, and for whom.</summary>
[Process("tasks", "What is due, for whom, because of which record.")]
public sealed class WorkProcess(MoatDb db, CurrentCaller caller, CadenceBook cadences, WorkPurposes purposes)
{
    /// <summary>How many days a task may be overdue before it stands on the manager's list as well.</summary>
    public const int EscalatedAfterDays = 7;

    // One round of the day touches at most so many; the next one goes on.
    private const int MostAtOnce = 500;
    private const int DaysOfAWeek = 7;
    private static readonly Pager<WorkItem> Pages = new(new SortKey<WorkItem>("due", t => t.DueOn));

    /// <summary>Tasks. Members see their own.</summary>
    [Query("list", Permission.Work, "List tasks; members see their own")]
    public async Task<Page<WorkRow>> List(ListWork input, CancellationToken ct)
    {
        var state = input.State ?? WorkState.Open;
        var query = Visible(input.Mine).Where(t => t.State == state);
        if (input.Due is { } band)
            query = Within(query, band);
        if (input.Owner is { } owner && await db.OwnerId(owner, ct) is { } ownerId)
            query = query.Where(t => t.OwnerId == ownerId);
        var people = db.Set<Person>();
        var today = db.Today;
        var away = db.Set<Absence>().Where(a => a.BegunAt != null && a.EndedAt == null && a.Until >= today);
        return await Pages.Page(
            db,
            query,
            input,
            t => new WorkRow(
                "TASK-" + t.Number,
                t.Version,
                t.Title,
                t.Why,
                t.SubjectRef,
                t.Purpose,
                people.Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(),
                t.DueOn,
                t.State,
                t.Outcome
            )
            {
                For = people.Where(p => p.Id == t.ForId).Select(p => p.Name).FirstOrDefault(),
                EscalatedTo = people.Where(p => p.Id == t.EscalatedToId).Select(p => p.Name).FirstOrDefault(),
                OwnerAwayUntil = away.Where(a => a.PersonId == t.OwnerId).Max(a => (DateOnly?)a.Until),
            },
            ct
        );
    }

    /// <summary>How many open tasks there are, by how soon they are due.</summary>
    [Query(
        "counts",
        Permission.Work,
        "How many open tasks are overdue, due within a week, and later; members count their own"
    )]
    public async Task<WorkCounts> Counts(CountWork input, CancellationToken ct)
    {
        var (today, week) = (db.Today, db.Today.AddDays(DaysOfAWeek));
        var bands = await Visible(input.Mine)
            .Where(t => t.State == WorkState.Open)
            .GroupBy(t =>
                t.DueOn < today ? 0
                : t.DueOn <= week ? 1
                : 2
            )
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new WorkCounts(bands.GetValueOrDefault(0), bands.GetValueOrDefault(1), bands.GetValueOrDefault(2));
    }

    /// <summary>Closes a task that no record closes by itself. One's own, or any as a manager.</summary>
    [Operation("complete", Permission.Work, "Close a task that no record closes by itself")]
    public async Task<Done> Complete(CompleteWork input, CancellationToken ct)
    {
        var task = await db.One<WorkItem>(input, ct);
        if (!caller.Value.IsManager && task.OwnerId != caller.Value.PersonId)
            throw new NotFound(input.Ref);
        if (!purposes.IsByHand(task.Purpose) && !input.Drop)
            throw new RuleBroken(
                "tasks.complete.by-record",
                $"This task closes by itself when {task.SubjectRef} says so. Open {task.SubjectRef}."
            );
        if (task.Purpose == Cadence.ByHand && input.Drop)
            throw new RuleBroken(
                "tasks.complete.cadence",
                $"A cadence comes round whether its task is dropped or not. Do it, or let a manager retire {task.SubjectRef}."
            );
        if (task.Purpose == Cadence.ByHand)
            await cadences.Meet(
                await db.One<Cadence>(task.SubjectRef, ct),
                $"{task.Ref}: {input.Outcome}",
                db.Today,
                ct
            );
        if (task.State == WorkState.Open)
            task.Close(input.Drop ? WorkState.Dropped : WorkState.Done, input.Outcome, db.Now);
        return new Done(task);
    }

    /// <summary>Gives a task to somebody, or moves its date.</summary>
    [Operation("assign", Permission.EditPeople, "Give a task to somebody or move its date")]
    public async Task<Done> Assign(AssignWork input, CancellationToken ct)
    {
        var task = await db.One<WorkItem>(input, ct);
        if (input.Owner is not null)
            (task.OwnerId, task.ForId) = ((await db.One<Person>(input.Owner, ct)).Id, null);
        if (input.DueOn is { } due)
            task.Move(due, db.Today);
        return new Done(task);
    }

    /// <summary>
    /// Notes tasks whose date has passed, and puts those that are overdue for a week on the manager's list as well.
    /// Done every day by the server itself.
    /// </summary>
    [
        Daily(DailyTurn.Tasks),
        Operation(
            "keep-current",
            Permission.EditPeople,
            "Note what is overdue, and put what is overdue for a week on the manager's list as well"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var (today, longAgo) = (db.Today, db.Today.AddDays(-EscalatedAfterDays));
        var open = db.Set<WorkItem>().Where(t => t.State == WorkState.Open);
        var late = await open.Where(t => t.DueOn < today && t.OverdueSince == null)
            .OrderBy(t => t.DueOn)
            .Take(MostAtOnce)
            .ToListAsync(ct);
        foreach (var task in late)
            task.NoteOverdue(today);
        var escalating = await (
            from task in open
            where task.DueOn < longAgo && task.EscalatedToId == null
            join owner in db.Set<Person>() on task.OwnerId equals owner.Id
            join manager in db.Set<Person>() on owner.ManagerId equals manager.Id
            where manager.LeftOn == null || manager.LeftOn >= today
            orderby task.DueOn
            select new { Task = task, Manager = manager.Id }
        )
            .Take(MostAtOnce)
            .ToListAsync(ct);
        foreach (var found in escalating)
            found.Task.Escalate(found.Manager);
        return new Tally(late.Count + escalating.Count, []);
    }

    private IQueryable<WorkItem> Visible(bool mine)
    {
        var (tasks, me) = (db.Set<WorkItem>().AsQueryable(), caller.Value.PersonId);
        if (!mine && caller.Value.May(Permission.ReadIsms))
            return tasks;
        return caller.Value.IsManager
            ? tasks.Where(t => t.OwnerId == me || t.EscalatedToId == me || t.OwnerId == null)
            : tasks.Where(t => t.OwnerId == me || (t.EscalatedToId == me && me != null));
    }

    private IQueryable<WorkItem> Within(IQueryable<WorkItem> query, DueBand band)
    {
        var (today, week) = (db.Today, db.Today.AddDays(DaysOfAWeek));
        return band switch
        {
            DueBand.Overdue => query.Where(t => t.DueOn < today),
            DueBand.Week => query.Where(t => t.DueOn >= today && t.DueOn <= week),
            _ => query.Where(t => t.DueOn > week),
        };
    }
}
