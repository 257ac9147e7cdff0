using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Work;

/// <summary>What was late on a day.</summary>
internal static class OverdueTasks
{
    /// <summary>Tasks that were overdue on the day, whatever became of them since.</summary>
    public static IQueryable<WorkItem> OverdueOn(this IQueryable<WorkItem> tasks, FlowDay day) =>
        tasks.Where(t => t.CreatedAt < day.End && t.DueOn < day.On && (t.ClosedAt == null || t.ClosedAt >= day.End));
}
