using Moat.Isms.Kernel;
using Moat.Isms.Work.Absences;

namespace Moat.Isms.Work;

/// <summary>A task to open: what, why, by when, and whose it is when nobody is away.</summary>
public sealed record NewWork(string Purpose, string Title, string Why, Guid? OwnerId, DateOnly DueOn);

/// <summary>Opens and closes tasks on behalf of other processes, inside their operations.</summary>
public sealed class WorkList(MoatDb db, Deputies deputies)
{
    /// <summary>Makes sure that one open task with this purpose stands for the record.</summary>
    public async Task Ensure(
        Referenced subject,
        string purpose,
        string title,
        string why,
        Guid? ownerId,
        DateOnly dueOn,
        CancellationToken ct
    )
    {
        if ((await Standing(subject, purpose, ct)).FirstOrDefault() is not { } known)
        {
            await Open(subject, new NewWork(purpose, title, why, ownerId, dueOn), ct);
            return;
        }
        (known.OwnerId, known.ForId) = await deputies.Of(ownerId, purpose, ct);
        known.Move(dueOn, db.Today);
    }

    /// <summary>
    /// Opens a task unless one with its purpose stands for the record. One that does keeps its date: asking again MUST
    /// NOT make what is late punctual.
    /// </summary>
    public async Task OpenOnce(Referenced subject, NewWork work, CancellationToken ct)
    {
        if ((await Standing(subject, work.Purpose, ct)).FirstOrDefault() is not { } known)
            await Open(subject, work, ct);
        else if (work.OwnerId is not null)
            (known.OwnerId, known.ForId) = await deputies.Of(work.OwnerId, work.Purpose, ct);
    }

    /// <summary>Opens a task; while its owner is away it is the deputy's, for them.</summary>
    public async Task<WorkItem> Open(Referenced subject, NewWork work, CancellationToken ct)
    {
        var (owner, forWhom) = await deputies.Of(work.OwnerId, work.Purpose, ct);
        return await db.Enter(
            new WorkItem
            {
                Title = work.Title,
                Why = work.Why,
                Purpose = work.Purpose,
                SubjectRef = subject.Ref,
                SubjectId = subject.Id,
                OwnerId = owner,
                ForId = forWhom,
                DueOn = work.DueOn,
            },
            ct
        );
    }

    /// <summary>Closes the open tasks of the record with this purpose, because the record now says so.</summary>
    public Task Settle(Referenced subject, string purpose, string outcome, CancellationToken ct) =>
        Close(subject, purpose, WorkState.Done, outcome, ct);

    /// <summary>Drops the open tasks of the record with this purpose: they are not needed any more.</summary>
    public Task Drop(Referenced subject, string purpose, string outcome, CancellationToken ct) =>
        Close(subject, purpose, WorkState.Dropped, outcome, ct);

    private async Task Close(Referenced subject, string purpose, WorkState state, string outcome, CancellationToken ct)
    {
        foreach (var task in await Standing(subject, purpose, ct))
            task.Close(state, outcome, db.Now);
    }

    private Task<List<WorkItem>> Standing(Referenced subject, string purpose, CancellationToken ct) =>
        db.AsOfNow<WorkItem>(t => t.SubjectId == subject.Id && t.Purpose == purpose && t.State == WorkState.Open, ct);
}
