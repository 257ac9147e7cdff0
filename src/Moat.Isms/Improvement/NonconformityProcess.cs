using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Improvement;

/// <summary>
/// Nonconformities (10.2): what is not as it must be, put right, traced to its cause, and closed when the cause is seen
/// to be gone.
/// </summary>
[Process(Name, Summary)]
public sealed class NonconformityProcess(
    MoatDb db,
    CurrentCaller caller,
    ImprovementDesk desk,
    ActionDesk actions,
    RecordFinder records,
    RecurringChecks checks
)
{
    internal const string Name = "nonconformities";
    internal const string Summary =
        "What is not as it must be: corrected, traced to its cause, and closed when somebody else sees that the cause is gone (10.2).";
    private const int MostActions = 500;
    private static readonly Pager<Nonconformity> Pages = new(
        new SortKey<Nonconformity>("state", n => n.State == NonconformityState.Closed ? 1 : 0)
    );

    /// <summary>A page of the nonconformities.</summary>
    [Query("list", Permission.ReadIsms, "List nonconformities with origin, grade, state and open actions")]
    public Task<Page<NonconformityRow>> List(ListNonconformities input, CancellationToken ct)
    {
        var query = db.Set<Nonconformity>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(n => n.State == state);
        if (input.Origin is { } origin)
            query = query.Where(n => n.Origin == origin);
        if (input.Open)
            query = query.Where(n => n.State != NonconformityState.Closed);
        var people = db.Set<Person>();
        var open = db.Set<CorrectiveAction>().Where(a => a.State == ActionState.Planned || a.State == ActionState.Done);
        return Pages.Page(
            db,
            query,
            input with
            {
                Sort = input.Sort ?? "-number",
            },
            n => new NonconformityRow(
                "NC-" + n.Number,
                n.Version,
                n.Title,
                n.Origin,
                n.Grade,
                n.State,
                n.SourceRef,
                people.Where(p => p.Id == n.OwnerId).Select(p => p.Name).FirstOrDefault(),
                n.RaisedOn,
                n.ClosedOn,
                n.Round,
                open.Count(a => a.NonconformityId == n.Id && a.Round == n.Round),
                open.Where(a => a.NonconformityId == n.Id && a.Round == n.Round)
                    .Min(a => (DateOnly?)(a.State == ActionState.Planned ? a.DueOn : a.VerifyFrom))
            ),
            ct
        );
    }

    /// <summary>One nonconformity with everything that was done about it.</summary>
    [Query("get", Permission.ReadIsms, "Read a nonconformity: correction, cause, elsewhere, actions and their effect")]
    public async Task<NonconformityView> Get(OneRecord input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input.Ref, ct);
        var owner = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == n.OwnerId, ct);
        var rows = await db.Set<CorrectiveAction>()
            .Where(a => a.NonconformityId == n.Id)
            .OrderBy(a => a.Number)
            .Take(MostActions)
            .Select(actions.Rows())
            .ToListAsync(ct);
        var open = rows.Where(a => a.Round == n.Round && a.State is ActionState.Planned or ActionState.Done).ToList();
        return new NonconformityView(
            new NonconformityRow(
                n.Ref,
                n.Version,
                n.Title,
                n.Origin,
                n.Grade,
                n.State,
                n.SourceRef,
                owner?.Name,
                n.RaisedOn,
                n.ClosedOn,
                n.Round,
                open.Count,
                open.Min(a => (DateOnly?)(a.State == ActionState.Planned ? a.DueOn : a.VerifyFrom))
            ),
            owner?.Ref,
            n.Description,
            n.Requirement,
            n.Recurrences,
            n.Correction,
            n.CorrectedOn,
            n.CorrectedBy,
            n.Whys,
            n.Cause,
            n.LookedElsewhere,
            n.FoundElsewhere,
            n.AnalysedOn,
            n.AnalysedBy,
            n.ClosedBy,
            n.ClosingNote,
            rows
        );
    }

    /// <summary>
    /// Raises a nonconformity; when the same source raised the same before, that one is noted again or reopened.
    /// </summary>
    [Operation(
        "create",
        Permission.EditImprovements,
        "Raise a nonconformity; the same of the same source is noted again or reopened"
    )]
    public async Task<Done> Create(CreateNonconformity input, CancellationToken ct)
    {
        var what = new RaisedNonconformity(
            input.Title,
            input.Description,
            input.Origin,
            input.Grade,
            input.Requirement,
            await db.OwnerId(input.Owner, ct) ?? caller.Value.PersonId
        );
        if (input.Source is { Length: > 0 } source)
            return new Done(await desk.Raise(await records.One(source, ct), what, ct));
        var raised = await desk.Enter(what, null, input.Title.ToLowerInvariant(), ct);
        await desk.AskForCause(raised, ct);
        return new Done(raised);
    }

    /// <summary>Raises what a task about a check that keeps failing asks about, and closes the task.</summary>
    [Operation(
        "from-task",
        Permission.EditImprovements,
        "Raise the nonconformity that a task about a failing check asks about, and close the task"
    )]
    public async Task<Done> FromTask(RaiseFromTask input, CancellationToken ct)
    {
        var task = await db.One<Work.WorkItem>(input, ct);
        if (task.State != Work.WorkState.Open)
            throw new RuleBroken("nonconformities.from-task.open", $"{task.Ref} is already closed.");
        var (source, what) = await checks.Asked(
            task,
            input.Grade,
            await db.OwnerId(input.Owner, ct) ?? task.OwnerId ?? caller.Value.PersonId,
            ct
        );
        var raised = await desk.Raise(source, what, ct);
        task.Close(Work.WorkState.Done, $"Raised as {raised.Ref}.", db.Now);
        return new Done(raised);
    }

    /// <summary>Changes its words, grade or owner.</summary>
    [Operation("edit", Permission.EditImprovements, "Change a nonconformity's words, grade, requirement or owner")]
    public async Task<Done> Edit(EditNonconformity input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input, ct);
        if (input.Grade is { } grade && grade != n.Grade)
        {
            if (string.IsNullOrWhiteSpace(input.Reason))
                throw new InputInvalid("reason", "Say why it weighs more or less than it did.");
            n.Grade = grade;
        }
        n.Title = input.Title ?? n.Title;
        n.Description = input.Description ?? n.Description;
        n.Requirement = input.Requirement ?? n.Requirement;
        if (input.Owner is not null)
            n.OwnerId = await db.OwnerId(input.Owner, ct);
        await desk.AskForCause(n, ct);
        return new Done(n);
    }

    /// <summary>Keeps what was done at once.</summary>
    [Operation(
        "correct",
        Permission.EditImprovements,
        "Keep what was done at once and about the consequences (10.2 a)"
    )]
    public async Task<Done> Correct(CorrectNonconformity input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input, ct);
        if (input.On > db.Today)
            throw new InputInvalid("on", "This day has not come yet.");
        n.Correct(input.Correction, input.On ?? db.Today, caller.Value.Name);
        return new Done(n);
    }

    /// <summary>Keeps the cause and where else it was looked for.</summary>
    [Operation(
        "analyse",
        Permission.EditImprovements,
        "Keep the cause, by the five whys, and whether it is elsewhere too (10.2 b)"
    )]
    public async Task<Done> Analyse(AnalyseNonconformity input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input, ct);
        n.Analyse(
            new NonconformityAnalysis(
                [.. input.Whys.Where(w => !string.IsNullOrWhiteSpace(w))],
                input.Cause,
                input.LookedElsewhere,
                input.FoundElsewhere
            ),
            db.Today,
            caller.Value.Name
        );
        await desk.Settle(n, ImprovementDesk.Analysis, "The cause is known.", ct);
        await actions.Follow(n, ct);
        return new Done(n);
    }

    /// <summary>Plans an action against the cause.</summary>
    [Operation(
        "plan-action",
        Permission.EditImprovements,
        "Plan an action against the cause, with owner, date and how its effect will be seen (10.2 c)"
    )]
    public async Task<Done> PlanAction(PlanCorrectiveAction input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input.Ref, ct);
        if (n.State == NonconformityState.Closed)
            throw new RuleBroken("nonconformities.plan-action.open", $"{n.Ref} is closed. Reopen it if it recurred.");
        if (n.State == NonconformityState.Raised)
            throw new RuleBroken(
                "nonconformities.plan-action.cause",
                $"Find the cause of {n.Ref} first: an action against an unknown cause is a guess."
            );
        return new Done(await actions.Plan(n, input, ct));
    }

    /// <summary>Closes a minor one that needs no action. Others close when every action is seen to work.</summary>
    [
        ProvenInPack,
        Operation(
            "close",
            Permission.EditImprovements,
            "Close a minor nonconformity that needs no action, for a reason; others close when their actions are verified"
        )
    ]
    public async Task<Done> Close(CloseNonconformity input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input, ct);
        if (n.State == NonconformityState.Closed)
            throw new RuleBroken("nonconformities.close.open", $"{n.Ref} is already closed.");
        if (n.Grade == NonconformityGrade.Major)
            throw new RuleBroken(
                "nonconformities.close.major",
                $"{n.Ref} is major: it closes when an action against its cause is seen to work."
            );
        n.MustBeCorrected();
        if (n.State != NonconformityState.Analysed)
            throw new RuleBroken(
                "nonconformities.close.analysed",
                n.State == NonconformityState.Raised
                    ? $"Find the cause of {n.Ref} first."
                    : $"{n.Ref} has actions: it closes when they are seen to work."
            );
        n.Close(input.Reason, db.Today, caller.Value.Name);
        return new Done(n);
    }

    /// <summary>Reopens one that was seen again.</summary>
    [Operation(
        "reopen",
        Permission.EditImprovements,
        "Reopen a nonconformity that was seen again; its cause has to be found anew"
    )]
    public async Task<Done> Reopen(ReopenNonconformity input, CancellationToken ct)
    {
        var n = await db.One<Nonconformity>(input, ct);
        if (n.State != NonconformityState.Closed)
            throw new RuleBroken("nonconformities.reopen.closed", $"{n.Ref} is still open.");
        n.Recur(input.Reason, db.Today);
        if (input.Source is { Length: > 0 } source)
            await db.Connect(n, LinkTypes.CausedBy, await records.One(source, ct), ct);
        await desk.AskForCause(n, ct);
        return new Done(n);
    }
}
