using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Processes;

/// <summary>
/// Puts the map together: the processes of the content, who holds their roles, what is due, and what flowed (clause
/// 4.4).
/// </summary>
public sealed class ProcessMap(MoatDb db, KnowledgeBase knowledge, FlowReading flow, IReadiness readiness)
{
    /// <summary>The map of a period; the last twelve months when none is given.</summary>
    public async Task<ProcessMapView> Of(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var (first, last) = Period(from, to);
        return await db.Unchanged((nameof(ProcessMap), first, last), () => Read(first, last, ct), ct);
    }

    /// <summary>
    /// The days of a period. Throws <see cref="InputInvalid"/> when it ends before it begins or lies in the future.
    /// </summary>
    public (DateOnly From, DateOnly To) Period(DateOnly? from, DateOnly? to)
    {
        var last = to ?? db.Today;
        if (last > db.Today)
            throw new InputInvalid("to", "What flows later is not known yet. Choose today or an earlier day.");
        if (last.Year < 2000)
            throw new InputInvalid("to", "Choose a day of this century.");
        var first = from ?? last.AddYears(-1).AddDays(1);
        return first <= last ? (first, last) : throw new InputInvalid("from", "The period begins after it ends.");
    }

    private async Task<ProcessMapView> Read(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var picture = await flow.Between(from, to, ct);
        var holders = await Holders(ct);
        var tasks = await Tasks(new FlowDay(to), ct);
        var ready = to == db.Today ? (await readiness.Today(ct)).ToDictionary(r => r.Id, r => r.Doi) : [];
        var nodes = knowledge.Processes.Select(p => Node(p, picture, holders, tasks, ready)).ToList();
        var began = await db.Journal.MinAsync(e => (DateTime?)e.At, ct);
        int Count(FlowState state) => picture.Interactions.Count(i => i.State == state);
        return new ProcessMapView(
            from,
            to,
            began is { } at ? DateOnly.FromDateTime(at) : db.Today,
            picture.Flowed,
            Count(FlowState.Alive),
            Count(FlowState.Quiet),
            Count(FlowState.Broken),
            nodes,
            picture.Interactions,
            picture.Breaks
        );
    }

    private ProcessNode Node(
        ProcessEntry process,
        FlowPicture picture,
        Dictionary<string, string> holders,
        List<Due> tasks,
        Dictionary<string, Doi> ready
    )
    {
        var due = tasks.Where(t => RunsOn(process, t)).ToList();
        return new ProcessNode(
            process.Id,
            process.Title,
            process.Label,
            process.Clause,
            process.Page,
            knowledge.RoleById[process.OwnerRole].Title,
            holders.GetValueOrDefault(process.OwnerRole),
            picture.Operations.Where(o => IsRunBy(process, o.Proof["journal:".Length..])).Max(o => o.Last),
            due.Min(t => (DateOnly?)t.Next),
            due.Sum(t => t.Open),
            due.Sum(t => t.Overdue),
            Readiness(process.Clause, ready),
            picture.Interactions.Count(i => i.State == FlowState.Broken && (i.From == process.Id || i.To == process.Id))
        );
    }

    // A clause that only heads others, such as 7.5, is as ready as they are together.
    private static Doi? Readiness(string clause, Dictionary<string, Doi> ready) =>
        ready.GetValueOrDefault(clause)
        ?? (
            ready.Where(r => r.Key.StartsWith(clause + ".", StringComparison.Ordinal)).Select(r => r.Value).ToList()
                is { Count: > 0 } parts
                ? Doi.Sum(parts)
                : null
        );

    private static bool IsRunBy(ProcessEntry process, string operation) =>
        process.Runs.Any(r => r == operation || operation.StartsWith(r + ".", StringComparison.Ordinal));

    // Actions of the treatment plan are tasks of the treatment, not of the register that the risk stands in.
    private static bool RunsOn(ProcessEntry process, Due due) =>
        due.IsAction
            ? process.Runs.Contains("risks.plan-action")
            : RecordKind.All.TryGetValue(due.Kind, out var kind) && process.Runs.Contains(kind.Process);

    private async Task<Dictionary<string, string>> Holders(CancellationToken ct) =>
        (
            await (
                from role in db.Set<RoleAssignment>()
                where role.Standing == Standing.Adopted && role.PersonId != null
                join person in db.Set<Person>() on role.PersonId equals person.Id
                orderby role.Number
                select new { role.Key, person.Name }
            ).ToListAsync(ct)
        )
            .GroupBy(h => h.Key)
            .ToDictionary(g => g.Key, g => g.First().Name);

    private async Task<List<Due>> Tasks(FlowDay day, CancellationToken ct)
    {
        var dash = "-";
        var counted = await (
            from task in db.Set<WorkItem>()
            where task.CreatedAt < day.End && (task.ClosedAt == null || task.ClosedAt >= day.End)
            group task by new
            {
                Kind = task.SubjectRef.Substring(0, task.SubjectRef.IndexOf(dash)),
                IsAction = task.Purpose == TreatmentPlan.Purpose && task.SubjectRef.StartsWith(TreatmentPlan.OfRisk),
            } into g
            select new
            {
                g.Key.Kind,
                g.Key.IsAction,
                Next = g.Min(t => t.DueOn),
                Open = g.Count(),
                Overdue = g.Count(t => t.DueOn < day.On),
            }
        ).ToListAsync(ct);
        return [.. counted.Select(c => new Due(c.Kind, c.IsAction, c.Next, c.Open, c.Overdue))];
    }

    private sealed record Due(string Kind, bool IsAction, DateOnly Next, int Open, int Overdue);
}
