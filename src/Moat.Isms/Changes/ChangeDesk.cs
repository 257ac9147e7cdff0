using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Changes;

/// <summary>Follows a change: what it touches, where it came from, what it taught, and whose turn it is.</summary>
public sealed class ChangeDesk(
    MoatDb db,
    CurrentCaller caller,
    WorkList work,
    RecordFinder records,
    ConsequenceFinder finder,
    ImprovementDesk improvements
)
{
    private const int DaysToDecide = 14;
    private const int DaysUntilLookBack = 60;

    /// <summary>What it probably touches.</summary>
    public Task<Consequences> Consequences(IsmsChange change, CancellationToken ct) => finder.Of(change, ct);

    /// <summary>Connects it with what it touches.</summary>
    public async Task Affects(IsmsChange change, IReadOnlyCollection<string> references, CancellationToken ct)
    {
        foreach (var record in references.Count == 0 ? [] : await records.All(references, ct))
            await db.Connect(change, LinkTypes.Affects, record, ct);
    }

    /// <summary>
    /// Connects it with what asked for it: a review decided it, a lesson or another record taught it.
    /// </summary>
    public async Task Because(IsmsChange change, string reference, CancellationToken ct)
    {
        var cause = await records.One(reference, ct);
        var decided = RecordKind.Of(cause.GetType()).Prefix == "MREV";
        await db.Connect(change, decided ? LinkTypes.DecidedIn : LinkTypes.LearnedFrom, cause, ct);
        if (cause is not Lesson lesson)
            return;
        lesson.Become(LessonEnd.Change, change, db.Today, caller.Value.Name);
        await improvements.Settle(lesson, ImprovementDesk.Decision, $"It became {change.Ref}.", ct);
    }

    /// <summary>Keeps what it taught.</summary>
    public Task Learn(IsmsChange change, string lesson, CancellationToken ct) =>
        improvements.Learn(
            change,
            lesson,
            $"{change.Ref} {change.Title}: {change.Outcome} Side effects: {change.SideEffects}",
            change.OwnerId,
            ct
        );

    /// <summary>Keeps the one task that its state asks for.</summary>
    public async Task Follow(IsmsChange change, CancellationToken ct)
    {
        await Task(
            change,
            "weigh-change",
            change is { State: ChangeState.Planned, ConfirmedOn: null },
            $"See what {change.Ref} touches: {change.Title}",
            "A change is approved when somebody looked at its consequences (6.3 a).",
            change.OwnerId,
            Soon(change),
            ct
        );
        await Task(
            change,
            "approve-change",
            change is { State: ChangeState.Planned, ConfirmedOn: not null },
            $"Approve {change.Ref}: {change.Title}",
            "It begins when somebody else than its owner approved it (6.3).",
            null,
            Soon(change),
            ct
        );
        await Task(
            change,
            "change",
            change.State == ChangeState.Approved,
            $"Carry out {change.Ref}: {change.Title}",
            $"What must hold meanwhile: {change.MustHold}",
            change.OwnerId,
            change.DueOn ?? db.Today,
            ct
        );
        await Task(
            change,
            "review-change",
            change.State == ChangeState.Happened,
            $"Look back at {change.Ref}: {change.Title}",
            change.Planned
                ? "Did it reach its purpose, and what else did it do (6.3)?"
                : "It was not planned: what did it do, and what was done about that (8.1)?",
            change.OwnerId,
            db.Today.AddDays(change.Planned ? DaysUntilLookBack : DaysToDecide),
            ct
        );
    }

    // What begins soon is decided before.
    private DateOnly Soon(IsmsChange change) =>
        change.StartsOn < db.Today.AddDays(DaysToDecide) && change.StartsOn > db.Today
            ? change.StartsOn
            : db.Today.AddDays(DaysToDecide);

    private Task Task(
        IsmsChange change,
        string purpose,
        bool due,
        string title,
        string why,
        Guid? owner,
        DateOnly on,
        CancellationToken ct
    ) =>
        due
            ? work.Ensure(change, purpose, title.Cut(300), why.Cut(1000), owner, on, ct)
            : work.Settle(change, purpose, $"{change.State.Words()}.", ct);
}
