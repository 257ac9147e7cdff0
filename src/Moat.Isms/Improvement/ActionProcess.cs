using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Improvement;

/// <summary>Corrective actions (10.2): done by their owner, verified by somebody else after a set day.</summary>
[Process(Name, Summary)]
public sealed class ActionProcess(
    MoatDb db,
    CurrentCaller caller,
    ActionDesk desk,
    AlteredRecords altered,
    EvidenceKeeper keeper,
    EffectChecks checks
)
{
    internal const string Name = "actions";
    internal const string Summary =
        "Corrective actions: done by their owner, verified by somebody else after a set day, with what they altered (10.2).";
    private static readonly Pager<CorrectiveAction> Pages = new(new SortKey<CorrectiveAction>("due", a => a.DueOn));

    /// <summary>Corrective actions. Members see their own.</summary>
    [Query("list", Permission.Work, "List corrective actions; members see their own")]
    public Task<Page<CorrectiveActionRow>> List(ListActions input, CancellationToken ct)
    {
        var query = db.Set<CorrectiveAction>().AsQueryable();
        var me = caller.Value.PersonId;
        if (input.State is { } state)
            query = query.Where(a => a.State == state);
        if (input.Mine || !caller.Value.May(Permission.ReadIsms))
            query = query.Where(a => a.OwnerId == me);
        return Pages.Page(db, query, input, desk.Rows(), ct);
    }

    /// <summary>One action with what it altered and the evidence of its effect. Members read their own.</summary>
    [Query(
        "get",
        Permission.Work,
        "Read a corrective action, what it altered and what shows its effect; members read their own"
    )]
    public async Task<CorrectiveActionView> Get(OneRecord input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input.Ref, ct);
        var mine = a.OwnerId == caller.Value.PersonId;
        if (!mine && !caller.Value.May(Permission.ReadIsms))
            throw new NotFound(input.Ref);
        var mayVerify =
            a.State == ActionState.Done
            && caller.Value.May(Permission.EditImprovements)
            && caller.Value.PersonId is { } me
            && me != a.OwnerId
            && me != a.DoneById;
        var row = await db.Set<CorrectiveAction>().Where(x => x.Id == a.Id).Select(desk.Rows()).FirstAsync(ct);
        return new CorrectiveActionView(
            row,
            a.EffectSeenBy,
            a.Outcome,
            a.Verification,
            mine,
            mayVerify,
            await altered.Linked(a.Id, LinkTypes.Updates, outgoing: true, ct),
            await altered.Linked(a.Id, LinkTypes.Verifies, outgoing: false, ct),
            await checks.Of(a, ct)
        );
    }

    /// <summary>Moves dates or gives it to somebody else.</summary>
    [Operation(
        "edit",
        Permission.EditImprovements,
        "Give a planned corrective action to somebody else, or move its dates with the reason"
    )]
    public async Task<Done> Edit(EditAction input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        if (a.State is not (ActionState.Planned or ActionState.Done))
            throw new RuleBroken(
                "actions.edit.open",
                $"{a.Ref} is {a.State.Words().ToLowerInvariant()}; nothing about it changes any more."
            );
        if (input.Owner is not null)
            a.GiveTo((await db.One<Person>(input.Owner, ct)).Id);
        a.Move(input.DueOn, input.VerifyFrom, input.Reason);
        await desk.Follow(a, ct);
        return new Done(a);
    }

    /// <summary>
    /// It is done. Its owner says so, or a person who handles improvements; who it was decides who may verify it.
    /// </summary>
    [
        PeopleOnly,
        Operation(
            "complete",
            Permission.Work,
            "Say what was done and which records it altered; the owner's own, or any for who handles improvements"
        )
    ]
    public async Task<Done> Complete(CompleteAction input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        if (a.OwnerId != caller.Value.PersonId && !caller.Value.May(Permission.EditImprovements))
            throw new NotFound(input.Ref);
        a.Complete(input.Outcome, db.Today, caller.Value);
        await altered.Note(a, input.Updates, ct);
        await desk.Follow(a, ct);
        return new Done(a);
    }

    /// <summary>
    /// Whether it works: seen by somebody else than who did it, not before the set day, with evidence.
    /// </summary>
    [
        ProvenInPack,
        ByPerson,
        Operation(
            "verify",
            Permission.EditImprovements,
            "Say whether an action works: somebody else than who did it, not before the set day, with evidence (10.2 d)"
        )
    ]
    public async Task<Done> Verify(VerifyAction input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        if (input.Effective && input.Evidence is null && input.File is null)
            throw new InputInvalid("evidence", "Name the evidence that shows it, or add a file.");
        if (input.Evidence is not null && input.File is not null)
            throw new InputInvalid("file", "Either a file or evidence that is kept already.");
        a.Verify(input.Effective, input.Seen, db.Today, caller.Value);
        var evidence =
            input.Evidence is { } kept ? await db.One<EvidenceItem>(kept, ct)
            : input.File is { } file ? await Keep(a, file, ct)
            : null;
        if (evidence?.WithdrawnAt is not null)
            throw new InputInvalid("evidence", $"{evidence.Ref} is withdrawn.");
        if (evidence is not null)
            await db.Connect(evidence, LinkTypes.Verifies, a, ct);
        await desk.Follow(a, ct);
        return new Done(a);
    }

    /// <summary>It is not needed any more.</summary>
    [Operation("drop", Permission.EditImprovements, "Drop a planned action, with the reason")]
    public async Task<Done> Drop(DropAction input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        a.Drop(input.Reason, db.Today, caller.Value);
        await desk.Follow(a, ct);
        return new Done(a);
    }

    /// <summary>Notes further records that it altered.</summary>
    [Operation(
        "link-update",
        Permission.EditImprovements,
        "Note which documents, controls, checks, risks or courses an action altered"
    )]
    public async Task<Done> Update(LinkUpdate input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input.Ref, ct);
        await altered.Note(a, input.Updates, ct);
        return new Done(a);
    }

    /// <summary>Names a check whose outcome shows whether the action works.</summary>
    [Operation(
        "name-check",
        Permission.EditImprovements,
        "Name a check whose outcome on a resource shows whether an action works (10.2 d)"
    )]
    public async Task<Done> NameCheck(NameCheck input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        await checks.Name(a, input.Check, input.Resource, ct);
        return new Done(a);
    }

    /// <summary>Takes a named check back.</summary>
    [Operation("take-back-check", Permission.EditImprovements, "Take back that a check shows whether an action works")]
    public async Task<Done> TakeBackCheck(TakeBackCheck input, CancellationToken ct)
    {
        var a = await db.One<CorrectiveAction>(input, ct);
        await checks.TakeBack(a, input.Check, ct);
        return new Done(a);
    }

    private Task<EvidenceItem> Keep(CorrectiveAction action, GivenFile file, CancellationToken ct) =>
        keeper.Keep(
            new EvidenceContent(
                $"Effect of {action.Ref}: {action.Title}".Cut(300),
                EvidenceKind.File,
                file.Content,
                FileName: file.Name
            ),
            new EffectFrame
            {
                Clauses = ["10.2"],
                PeriodFrom = action.DoneOn!.Value,
                PeriodTo = db.Today,
            },
            ct
        );

    private sealed record EffectFrame : EvidenceFrame;
}
