using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work;

/// <summary>Opens and closes tasks on behalf of other processes, inside their operations.</summary>
public sealed class WorkList(MoatDb db)
{
    /// <summary>Makes sure that one open task with this purpose stands for the record.</summary>
    public async Task Ensure(
        Referenced subject, string purpose, string title, string why, Guid? ownerId, DateOnly dueOn, CancellationToken ct)
    {
        var known = db.Set<WorkItem>().Local.FirstOrDefault(t => Same(t, subject, purpose))
            ?? await db.Set<WorkItem>().FirstOrDefaultAsync(
                t => t.SubjectId == subject.Id && t.Purpose == purpose && t.State == WorkState.Open, ct);
        if (known is not null)
        {
            (known.OwnerId, known.DueOn) = (ownerId, dueOn);
            return;
        }
        await db.Enter(
            new WorkItem
            {
                Title = title,
                Why = why,
                Purpose = purpose,
                SubjectRef = subject.Ref,
                SubjectId = subject.Id,
                OwnerId = ownerId,
                DueOn = dueOn,
            }, ct);
    }

    /// <summary>Closes the open tasks of the record with this purpose, because the record now says so.</summary>
    public async Task Settle(Referenced subject, string purpose, string outcome, CancellationToken ct)
    {
        var open = await db.Set<WorkItem>()
            .Where(t => t.SubjectId == subject.Id && t.Purpose == purpose && t.State == WorkState.Open)
            .ToListAsync(ct);
        foreach (var task in open.Concat(db.Set<WorkItem>().Local.Where(t => Same(t, subject, purpose))).Distinct())
            task.Close(WorkState.Done, outcome, db.Now);
    }

    private static bool Same(WorkItem task, Referenced subject, string purpose) =>
        task.SubjectId == subject.Id && task.Purpose == purpose && task.State == WorkState.Open;
}
