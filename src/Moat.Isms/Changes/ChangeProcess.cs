using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Changes;

/// <summary>
/// Changes of the ISMS (6.3, 8.1): planned with their consequences, or unplanned and reviewed; and what really
/// happened.
/// </summary>
[Process(Name, Summary)]
public sealed class ChangeProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    ChangeDesk desk,
    AlteredRecords altered
)
{
    internal const string Name = "changes";
    internal const string Summary =
        "Changes of the ISMS: purpose, what they touch, approval, and afterwards what really happened; unplanned ones are reviewed as well (6.3, 8.1).";
    private static readonly Pager<IsmsChange> Pages = new(new SortKey<IsmsChange>("starts", c => c.StartsOn));

    /// <summary>A page of the changes.</summary>
    [Query("list", Permission.ReadIsms, "List planned and unplanned changes of the ISMS")]
    public Task<Page<ChangeRow>> List(ListChanges input, CancellationToken ct)
    {
        var query = db.Set<IsmsChange>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(c => c.State == state);
        if (input.Planned is { } planned)
            query = query.Where(c => c.Planned == planned);
        return Pages.Page(db, query, input with { Sort = input.Sort ?? "-starts" }, Rows(), ct);
    }

    /// <summary>One change with everything that is known of it.</summary>
    [Query("get", Permission.ReadIsms, "Read a change: purpose, what it touches, approval, what really happened")]
    public async Task<ChangeView> Get(OneRecord input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input.Ref, ct);
        var titles = knowledge.Processes.ToDictionary(p => p.Id, p => p.Title);
        return new ChangeView
        {
            Row = await db.Set<IsmsChange>().Where(x => x.Id == c.Id).Select(Rows()).FirstAsync(ct),
            Purpose = c.Purpose,
            MustHold = c.MustHold,
            Resources = c.Resources,
            Responsibilities = c.Responsibilities,
            Consequences = c.Consequences,
            Processes = [.. c.Processes.Select(p => new TouchedProcess(p, titles.GetValueOrDefault(p, p), ""))],
            ConfirmedBy = c.ConfirmedBy,
            ConfirmedOn = c.ConfirmedOn,
            ApprovedBy = c.ApprovedBy,
            ApprovedOn = c.ApprovedOn,
            Outcome = c.Outcome,
            SideEffects = c.SideEffects,
            Mitigation = c.Mitigation,
            ReviewedBy = c.ReviewedBy,
            Affects = await altered.Linked(c.Id, LinkTypes.Affects, outgoing: true, ct),
            Updates = await altered.Linked(c.Id, LinkTypes.Updates, outgoing: true, ct),
            Lessons = await altered.Linked(c.Id, LinkTypes.LessonOf, outgoing: false, ct),
            MayApprove = caller.Value.May(Permission.PlanChanges) && caller.Value.PersonId is { } me && me != c.OwnerId,
        };
    }

    /// <summary>What it probably touches.</summary>
    [Query(
        "consequences",
        Permission.ReadIsms,
        "Compute what a change probably touches, from the process map and from what its assets are connected with"
    )]
    public async Task<Consequences> Consequences(OneRecord input, CancellationToken ct) =>
        await desk.Consequences(await db.One<IsmsChange>(input.Ref, ct), ct);

    /// <summary>Plans a change.</summary>
    [Operation("create", Permission.PlanChanges, "Plan a change of the ISMS with purpose, owner and dates (6.3)")]
    public async Task<Done> Create(PlanChange input, CancellationToken ct)
    {
        if (input.DueOn < input.StartsOn)
            throw new InputInvalid("dueOn", "It ends before it begins.");
        var change = await db.Enter(
            new IsmsChange
            {
                Title = input.Title,
                Kind = input.Kind,
                Planned = true,
                Purpose = input.Purpose,
                MustHold = input.MustHold,
                Resources = input.Resources,
                Responsibilities = input.Responsibilities,
                OwnerId = (await db.One<Person>(input.Owner, ct)).Id,
                StartsOn = input.StartsOn,
                DueOn = input.DueOn,
            },
            ct
        );
        await desk.Affects(change, input.Affects, ct);
        if (input.Because is { Length: > 0 } because)
            await desk.Because(change, because, ct);
        await desk.Follow(change, ct);
        return new Done(change);
    }

    /// <summary>Keeps a change that happened without a plan.</summary>
    [Operation(
        "record-unplanned",
        Permission.PlanChanges,
        "Keep a change that happened without a plan; it has to be reviewed (8.1)"
    )]
    public async Task<Done> RecordUnplanned(RecordUnplanned input, CancellationToken ct)
    {
        if (input.HappenedOn > db.Today)
            throw new InputInvalid("happenedOn", "This day has not come yet. Plan the change instead.");
        var change = await db.Enter(
            new IsmsChange
            {
                Title = input.Title,
                Kind = input.Kind,
                Planned = false,
                Purpose = input.What,
                OwnerId = (await db.One<Person>(input.Owner, ct)).Id,
                StartsOn = input.HappenedOn,
            },
            ct
        );
        change.Happen(input.HappenedOn, input.Mitigation);
        await desk.Affects(change, input.Affects, ct);
        await desk.Follow(change, ct);
        return new Done(change);
    }

    /// <summary>Changes words, owner or dates before it is approved.</summary>
    [Operation("edit", Permission.PlanChanges, "Change a planned change before it is approved")]
    public async Task<Done> Edit(EditChange input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        c.MustBe("edit", ChangeState.Planned);
        (c.Title, c.Purpose, c.MustHold) = (
            input.Title ?? c.Title,
            input.Purpose ?? c.Purpose,
            input.MustHold ?? c.MustHold
        );
        (c.Resources, c.Responsibilities) = (
            input.Resources ?? c.Resources,
            input.Responsibilities ?? c.Responsibilities
        );
        (c.StartsOn, c.DueOn) = (input.StartsOn ?? c.StartsOn, input.DueOn ?? c.DueOn);
        if (c.DueOn < c.StartsOn)
            throw new InputInvalid("dueOn", "It ends before it begins.");
        if (input.Owner is not null)
            c.OwnerId = (await db.One<Person>(input.Owner, ct)).Id;
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>Confirms what it touches.</summary>
    [Operation(
        "confirm-consequences",
        Permission.PlanChanges,
        "Confirm which processes and records a change touches and what that means (6.3 a)"
    )]
    public async Task<Done> ConfirmConsequences(ConfirmConsequences input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        if (input.Processes.FirstOrDefault(p => knowledge.Processes.All(k => k.Id != p)) is { } unknown)
            throw new InputInvalid("processes", $"There is no process {unknown}.");
        c.Confirm(input.Consequences, input.Processes.Distinct(), db.Today, caller.Value.Name);
        await desk.Affects(c, input.Affects, ct);
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>Approves it: somebody else than who sees it through, once its consequences are confirmed.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "approve",
            Permission.PlanChanges,
            "Approve a planned change whose consequences are confirmed; somebody else than its owner"
        )
    ]
    public async Task<Done> Approve(ApproveChange input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        c.Approve(db.Today, caller.Value);
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>It is carried out.</summary>
    [Operation(
        "complete",
        Permission.PlanChanges,
        "Say that an approved change is carried out, and which records it altered"
    )]
    public async Task<Done> Complete(CompleteChange input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        c.Complete(input.Outcome, db.Today);
        await altered.Note(c, input.Updates, ct);
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>Looks back at what really happened.</summary>
    [Operation(
        "review",
        Permission.PlanChanges,
        "Look back at a change: outcome, side effects, what was done about them, and what it taught"
    )]
    public async Task<Done> Review(ReviewChange input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        c.Review(new LookBack(input.Outcome, input.SideEffects, input.Mitigation), db.Today, caller.Value.Name);
        if (input.Lesson is { } lesson)
            await desk.Learn(c, lesson, ct);
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>It is not carried out.</summary>
    [Operation("drop", Permission.PlanChanges, "Decide not to carry a change out, with the reason")]
    public async Task<Done> Drop(DropChange input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input, ct);
        c.Drop(input.Reason);
        await desk.Follow(c, ct);
        return new Done(c);
    }

    /// <summary>Notes further records that it altered.</summary>
    [Operation(
        "link-update",
        Permission.PlanChanges,
        "Note which documents, controls, checks, risks or courses a change altered"
    )]
    public async Task<Done> Update(LinkUpdate input, CancellationToken ct)
    {
        var c = await db.One<IsmsChange>(input.Ref, ct);
        await altered.Note(c, input.Updates, ct);
        return new Done(c);
    }

    private Expression<Func<IsmsChange, ChangeRow>> Rows()
    {
        var people = db.Set<Person>();
        return c => new ChangeRow(
            "CHG-" + c.Number,
            c.Version,
            c.Title,
            c.Kind,
            c.Planned,
            c.State,
            people.Where(p => p.Id == c.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
            people.Where(p => p.Id == c.OwnerId).Select(p => p.Name).FirstOrDefault(),
            c.StartsOn,
            c.DueOn,
            c.HappenedOn,
            c.ReviewedOn
        );
    }
}
