using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Changes;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Improvement;

/// <summary>Lessons: what incidents, exercises, audits and reviews taught, and what became of each.</summary>
[Process(Name, Summary)]
public sealed class LessonProcess(
    MoatDb db,
    CurrentCaller caller,
    ImprovementDesk desk,
    ActionDesk actions,
    AlteredRecords altered,
    RecordFinder records
)
{
    internal const string Name = "lessons";
    internal const string Summary =
        "What incidents, exercises, audits and reviews taught, and what became of each: an action, an improvement, a change, or nothing for a reason (10.1).";
    private static readonly Pager<Lesson> Pages = new();

    /// <summary>A page of the lessons.</summary>
    [Query("list", Permission.ReadIsms, "List lessons and what became of them")]
    public Task<Page<LessonRow>> List(ListLessons input, CancellationToken ct)
    {
        var query = db.Set<Lesson>().AsQueryable();
        if (input.End is { } end)
            query = query.Where(l => l.End == end);
        return Pages.Page(db, query, input with { Sort = input.Sort ?? "-number" }, Rows(), ct);
    }

    /// <summary>One lesson with everything that it led to.</summary>
    [Query("get", Permission.ReadIsms, "Read a lesson, what taught it and everything that it led to")]
    public async Task<LessonView> Get(OneRecord input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input.Ref, ct);
        var sources = await altered.Linked(l.Id, LinkTypes.LessonOf, outgoing: true, ct);
        Related[] ledTo =
        [
            .. await altered.Linked(l.Id, LinkTypes.LearnedFrom, outgoing: false, ct),
            .. await altered.Linked(l.Id, LinkTypes.CausedBy, outgoing: false, ct),
        ];
        return new LessonView(
            await db.Set<Lesson>().Where(x => x.Id == l.Id).Select(Rows()).FirstAsync(ct),
            sources is [var source, ..] ? source.Title : l.SourceRef,
            [.. ledTo.DistinctBy(r => r.Ref)]
        );
    }

    /// <summary>Enters a lesson.</summary>
    [Operation("create", Permission.EditImprovements, "Enter a lesson with the record that taught it")]
    public async Task<Done> Create(CreateLesson input, CancellationToken ct) =>
        new(
            await desk.Learn(
                await records.One(input.Source, ct),
                input.Title,
                input.Text,
                await db.OwnerId(input.Owner, ct) ?? caller.Value.PersonId,
                ct
            )
        );

    /// <summary>Changes its words or owner.</summary>
    [Operation("edit", Permission.EditImprovements, "Change a lesson's words or owner")]
    public async Task<Done> Edit(EditLesson input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input, ct);
        l.Title = input.Title ?? l.Title;
        l.Text = input.Text ?? l.Text;
        if (input.Owner is not null)
            l.OwnerId = await db.OwnerId(input.Owner, ct);
        return new Done(l);
    }

    /// <summary>Plans an action that the lesson asks for.</summary>
    [Operation("plan-action", Permission.EditImprovements, "Plan a corrective action that a lesson asks for")]
    public async Task<Done> PlanAction(PlanCorrectiveAction input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input.Ref, ct);
        var action = await actions.Plan(l, input, ct);
        await Become(l, LessonEnd.Action, action, ct);
        return new Done(action);
    }

    /// <summary>Proposes an improvement that the lesson asks for.</summary>
    [Operation("propose-improvement", Permission.EditImprovements, "Propose an improvement that a lesson asks for")]
    public async Task<Done> Improve(ImproveFromLesson input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input.Ref, ct);
        var improvement = await desk.Propose(
            l,
            input.Title,
            input.ExpectedEffect,
            await db.OwnerId(input.Owner, ct),
            input.DueOn,
            ct
        );
        await Become(l, LessonEnd.Improvement, improvement, ct);
        return new Done(improvement);
    }

    /// <summary>Names an action, an improvement or a change that exists already as what the lesson became.</summary>
    [Operation(
        "name-outcome",
        Permission.EditImprovements,
        "Name the action, improvement or planned change that a lesson led to"
    )]
    public async Task<Done> NameOutcome(NameOutcome input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input.Ref, ct);
        var record = await records.One(input.Became, ct);
        LessonEnd end = record switch
        {
            CorrectiveAction => LessonEnd.Action,
            Improvement => LessonEnd.Improvement,
            IsmsChange => LessonEnd.Change,
            _ => throw new InputInvalid(
                "became",
                "A lesson becomes an action, an improvement or a planned change, such as ACT-4, IMP-2 or CHG-3."
            ),
        };
        await db.Connect(record, LinkTypes.LearnedFrom, l, ct);
        await Become(l, end, record, ct);
        return new Done(l);
    }

    /// <summary>Decides that nothing follows.</summary>
    [Operation("dismiss", Permission.EditImprovements, "Decide that nothing follows from a lesson, for a named reason")]
    public async Task<Done> Dismiss(DismissLesson input, CancellationToken ct)
    {
        var l = await db.One<Lesson>(input, ct);
        l.Dismiss(input.Reason, db.Today, caller.Value.Name);
        await desk.Settle(l, ImprovementDesk.Decision, "Nothing follows, for a reason.", ct);
        return new Done(l);
    }

    private async Task Become(Lesson lesson, LessonEnd end, Referenced record, CancellationToken ct)
    {
        lesson.Become(end, record, db.Today, caller.Value.Name);
        await desk.Settle(lesson, ImprovementDesk.Decision, $"It became {record.Ref}.", ct);
    }

    private Expression<Func<Lesson, LessonRow>> Rows()
    {
        var people = db.Set<Person>();
        return l => new LessonRow(
            "LES-" + l.Number,
            l.Version,
            l.Title,
            l.Text,
            l.SourceRef,
            people.Where(p => p.Id == l.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
            people.Where(p => p.Id == l.OwnerId).Select(p => p.Name).FirstOrDefault(),
            l.LearnedOn,
            l.End,
            l.BecameRef,
            l.Reason,
            l.DecidedBy,
            l.DecidedOn
        );
    }
}
