using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <summary>A nonconformity as another process raises it.</summary>
public sealed record RaisedNonconformity(
    string Title,
    string Description,
    NonconformityOrigin Origin,
    NonconformityGrade Grade,
    string? Requirement,
    Guid? OwnerId
)
{
    /// <summary>
    /// What makes it the same again, such as the cause of an incident; the same source and title when left out.
    /// </summary>
    public string? SameWhen { get; init; }
}

/// <summary>Lessons, nonconformities and improvements that other processes bring, inside their operations.</summary>
public sealed class ImprovementDesk(MoatDb db, CurrentCaller caller, WorkList work)
{
    internal const string Analysis = "analyse";
    internal const string Decision = "decide";
    private const int DaysToDecide = 14;

    /// <summary>Keeps what a record taught; somebody has to decide what becomes of it.</summary>
    public async Task<Lesson> Learn(Referenced source, string title, string text, Guid? ownerId, CancellationToken ct)
    {
        var lesson = await db.Enter(
            new Lesson
            {
                Title = title.Cut(300),
                Text = text.Cut(4000),
                SourceRef = source.Ref,
                OwnerId = ownerId,
                LearnedOn = db.Today,
            },
            ct
        );
        await db.Connect(lesson, LinkTypes.LessonOf, source, ct);
        await work.Ensure(
            lesson,
            Decision,
            $"Decide what becomes of {lesson.Ref}: {title}".Cut(300),
            $"{source.Ref} taught it. A lesson without an action, an improvement or a reason for neither is lost (10.1).",
            ownerId,
            db.Today.AddDays(DaysToDecide),
            ct
        );
        return lesson;
    }

    /// <summary>
    /// Raises a nonconformity. When the same was raised before, that one is noted again, and opened if it was closed.
    /// </summary>
    public async Task<Nonconformity> Raise(Referenced source, RaisedNonconformity what, CancellationToken ct)
    {
        var same = (what.SameWhen ?? $"{source.Ref} {what.Title}").ToLowerInvariant().Cut(400);
        var found = (await db.AsOfNow<Nonconformity>(n => n.SameWhen == same, ct)).MaxBy(n => n.Number);
        if (found is null)
            found = await Enter(what, source.Ref, same, ct);
        else
            Again(found, source, what);
        await db.Connect(found, LinkTypes.CausedBy, source, ct);
        await AskForCause(found, ct);
        return found;
    }

    /// <summary>It weighs what it weighs now, and what is said about it in other words this time is kept.</summary>
    private void Again(Nonconformity found, Referenced source, RaisedNonconformity what)
    {
        found.Recur(
            $"Seen again: {source.Ref} {source.Caption}{(what.Title == found.Title ? "" : $". {what.Description}")}",
            db.Today
        );
        if (what.Grade > found.Grade)
            found.Grade = what.Grade;
    }

    /// <summary>Proposes an improvement that a record taught.</summary>
    public async Task<Improvement> Propose(
        Referenced source,
        string title,
        string expectedEffect,
        Guid? ownerId,
        DateOnly? dueOn,
        CancellationToken ct
    )
    {
        var improvement = await db.Enter(
            new Improvement
            {
                Title = title.Cut(300),
                ExpectedEffect = expectedEffect.Cut(2000),
                SourceRef = source.Ref,
                ProposedBy = caller.Value.Name,
                ProposedOn = db.Today,
                OwnerId = ownerId,
                DueOn = dueOn,
            },
            ct
        );
        if (ownerId is { } owner && dueOn is { } due)
            improvement.Plan(owner, due);
        await db.Connect(improvement, LinkTypes.LearnedFrom, source, ct);
        await Follow(improvement, ct);
        return improvement;
    }

    internal async Task<Nonconformity> Enter(
        RaisedNonconformity what,
        string? sourceRef,
        string same,
        CancellationToken ct
    ) =>
        await db.Enter(
            new Nonconformity
            {
                Title = what.Title.Cut(300),
                Description = what.Description.Cut(4000),
                Origin = what.Origin,
                Grade = what.Grade,
                Requirement = what.Requirement?.Cut(300),
                OwnerId = what.OwnerId,
                SourceRef = sourceRef,
                SameWhen = same,
                RaisedOn = db.Today,
            },
            ct
        );

    /// <summary>As long as the cause is not known, somebody has to find it.</summary>
    internal async Task AskForCause(Nonconformity nonconformity, CancellationToken ct)
    {
        if (nonconformity.State != NonconformityState.Raised)
            return;
        await work.Ensure(
            nonconformity,
            Analysis,
            $"Find the cause of {nonconformity.Ref}: {nonconformity.Title}".Cut(300),
            "Mending what was seen leaves the cause in place, and perhaps the same fault elsewhere (10.2).",
            nonconformity.OwnerId,
            db.Today.AddDays(nonconformity.Grade == NonconformityGrade.Major ? DaysToDecide / 2 : DaysToDecide),
            ct
        );
    }

    /// <summary>Closes a task, because its record now says so.</summary>
    internal Task Settle(Referenced record, string purpose, string outcome, CancellationToken ct) =>
        work.Settle(record, purpose, outcome, ct);

    /// <summary>Somebody has to look at what an improvement brought.</summary>
    internal Task AskToEvaluate(Improvement improvement, string purpose, DateOnly dueOn, CancellationToken ct) =>
        work.Ensure(
            improvement,
            purpose,
            $"What did {improvement.Ref} bring? {improvement.Title}".Cut(300),
            $"Expected was: {improvement.ExpectedEffect}".Cut(1000),
            improvement.OwnerId,
            dueOn,
            ct
        );

    /// <summary>Keeps the tasks of an improvement as its state asks.</summary>
    internal async Task Follow(Improvement improvement, CancellationToken ct)
    {
        if (improvement.State == ImprovementState.Proposed)
            await work.Ensure(
                improvement,
                Decision,
                $"Decide about {improvement.Ref}: {improvement.Title}".Cut(300),
                "An idea that nobody answers is the last one its author had (10.1).",
                improvement.OwnerId,
                db.Today.AddDays(DaysToDecide),
                ct
            );
        else
            await work.Settle(improvement, Decision, $"It is {improvement.State.Words().ToLowerInvariant()}.", ct);
        if (improvement.State == ImprovementState.Planned)
            await work.Ensure(
                improvement,
                "improve",
                $"{improvement.Ref}: {improvement.Title}".Cut(300),
                $"Expected: {improvement.ExpectedEffect}".Cut(1000),
                improvement.OwnerId,
                improvement.DueOn!.Value,
                ct
            );
        else
            await work.Settle(improvement, "improve", $"It is {improvement.State.Words().ToLowerInvariant()}.", ct);
    }
}
