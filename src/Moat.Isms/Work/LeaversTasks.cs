using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work;

/// <summary>Tasks of somebody who leaves.</summary>
internal static class LeaversTasks
{
    /// <summary>Drops the person's open tasks of a purpose that nobody else can take over.</summary>
    public static async Task DropTasksOf(this MoatDb db, Person person, string purpose, CancellationToken ct)
    {
        foreach (
            var task in await db.Set<WorkItem>()
                .Where(t => t.OwnerId == person.Id && t.State == WorkState.Open && t.Purpose == purpose)
                .ToListAsync(ct)
        )
            task.Close(WorkState.Dropped, "Left the company.", db.Now);
    }
}
