using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Improvement;

/// <summary>
/// Improvements (10.1): ideas with an expected effect, done by somebody, and what was observed afterwards.
/// </summary>
[Process(Name, Summary)]
public sealed class ImprovementProcess(
    MoatDb db,
    CurrentCaller caller,
    ImprovementDesk desk,
    AlteredRecords altered,
    RecordFinder records
)
{
    internal const string Name = "improvements";
    internal const string Summary =
        "Ideas and what came of them: expected effect before, observed effect after (10.1).";
    private const string Evaluation = "evaluate";
    private const int DaysUntilEffect = 60;
    private static readonly Pager<Improvement> Pages = new();

    /// <summary>Improvements. Members see what they proposed or do.</summary>
    [Query("list", Permission.Work, "List improvements; members see what they proposed or do")]
    public Task<Page<ImprovementRow>> List(ListImprovements input, CancellationToken ct)
    {
        var query = Visible();
        if (input.State is { } state)
            query = query.Where(i => i.State == state);
        return Pages.Page(db, query, input with { Sort = input.Sort ?? "-number" }, Rows(), ct);
    }

    /// <summary>One improvement with what it altered. Members read what they proposed or do.</summary>
    [Query("get", Permission.Work, "Read an improvement and what it altered; members read what they proposed or do")]
    public async Task<ImprovementView> Get(OneRecord input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input.Ref, ct);
        if (!await Visible().AnyAsync(x => x.Id == i.Id, ct))
            throw new NotFound(input.Ref);
        return new ImprovementView(
            await db.Set<Improvement>().Where(x => x.Id == i.Id).Select(Rows()).FirstAsync(ct),
            await altered.Linked(i.Id, LinkTypes.Updates, outgoing: true, ct)
        );
    }

    /// <summary>An idea of anybody.</summary>
    [Operation("suggest", Permission.Work, "Suggest an improvement with the effect that you expect; open to everybody")]
    public async Task<Done> Suggest(SuggestImprovement input, CancellationToken ct)
    {
        var source = input.Source is { Length: > 0 } named ? await SourceOf(named, ct) : null;
        if (source is not null)
            return new Done(Mine(await desk.Propose(source, input.Title, input.ExpectedEffect, null, null, ct)));
        var idea = Mine(
            await db.Enter(
                new Improvement
                {
                    Title = input.Title,
                    ExpectedEffect = input.ExpectedEffect,
                    ProposedBy = caller.Value.Name,
                    ProposedOn = db.Today,
                },
                ct
            )
        );
        await desk.Follow(idea, ct);
        return new Done(idea);
    }

    /// <summary>Gives it an owner and a date.</summary>
    [Operation("plan", Permission.EditImprovements, "Give an improvement an owner and a date")]
    public async Task<Done> Plan(PlanImprovement input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input, ct);
        if (input.DueOn < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        i.Plan((await db.One<Person>(input.Owner, ct)).Id, input.DueOn);
        i.ExpectedEffect = input.ExpectedEffect ?? i.ExpectedEffect;
        await desk.Follow(i, ct);
        return new Done(i);
    }

    /// <summary>Decides not to pursue it.</summary>
    [Operation("decline", Permission.EditImprovements, "Decide not to pursue an idea, with the reason")]
    public async Task<Done> Decline(DeclineImprovement input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input, ct);
        i.Decline(input.Reason, db.Today);
        await desk.Follow(i, ct);
        return new Done(i);
    }

    /// <summary>It is done. Its owner says so, or somebody who handles improvements.</summary>
    [Operation(
        "complete",
        Permission.Work,
        "Say what was done and which records it altered; the owner's own, or any for who handles improvements"
    )]
    public async Task<Done> Complete(CompleteImprovement input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input, ct);
        if (i.OwnerId != caller.Value.PersonId && !caller.Value.May(Permission.EditImprovements))
            throw new NotFound(input.Ref);
        i.Complete(input.Outcome, db.Today);
        await altered.Note(i, input.Updates, ct);
        await desk.Follow(i, ct);
        await desk.AskToEvaluate(i, Evaluation, db.Today.AddDays(DaysUntilEffect), ct);
        return new Done(i);
    }

    /// <summary>Says what it brought.</summary>
    [Operation("evaluate", Permission.EditImprovements, "Say what an improvement brought, against what was expected")]
    public async Task<Done> Evaluate(EvaluateImprovement input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input, ct);
        i.Evaluate(input.ObservedEffect, input.AsExpected, db.Today, caller.Value.Name);
        await desk.Settle(i, Evaluation, "Evaluated.", ct);
        return new Done(i);
    }

    /// <summary>Notes further records that it altered.</summary>
    [Operation(
        "link-update",
        Permission.EditImprovements,
        "Note which documents, controls, checks, risks or courses an improvement altered"
    )]
    public async Task<Done> Update(LinkUpdate input, CancellationToken ct)
    {
        var i = await db.One<Improvement>(input.Ref, ct);
        await altered.Note(i, input.Updates, ct);
        return new Done(i);
    }

    private IQueryable<Improvement> Visible()
    {
        var me = caller.Value.PersonId;
        return caller.Value.May(Permission.ReadIsms)
            ? db.Set<Improvement>()
            : db.Set<Improvement>().Where(i => me != null && (i.OwnerId == me || i.ProposedById == me));
    }

    // Whoever may not read the registers cannot learn from here which records there are.
    private async Task<Referenced?> SourceOf(string named, CancellationToken ct) =>
        caller.Value.May(Permission.ReadIsms)
            ? await records.One(named, ct)
            : throw new InputInvalid("source", "Leave this empty and say in your own words what gave the idea.");

    private Improvement Mine(Improvement idea)
    {
        idea.ProposedById = caller.Value.PersonId;
        return idea;
    }

    private Expression<Func<Improvement, ImprovementRow>> Rows()
    {
        var (me, people) = (caller.Value.PersonId, db.Set<Person>());
        return i => new ImprovementRow(
            "IMP-" + i.Number,
            i.Version,
            i.Title,
            i.ExpectedEffect,
            i.SourceRef,
            i.ProposedBy,
            i.ProposedOn,
            people.Where(p => p.Id == i.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
            people.Where(p => p.Id == i.OwnerId).Select(p => p.Name).FirstOrDefault(),
            i.DueOn,
            i.State,
            i.Outcome,
            i.DoneOn,
            i.ObservedEffect,
            i.AsExpected,
            i.EvaluatedBy,
            i.EvaluatedOn,
            me != null && i.OwnerId == me
        );
    }
}
