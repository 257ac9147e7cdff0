using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Calendar;

/// <summary>Open tasks, but for those whose record stands on the same day itself.</summary>
internal sealed class TaskDays(MoatDb db, WorkPurposes purposes) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var standThemselves = purposes.OnCalendarThemselves;
        var tasks = db.Set<WorkItem>()
            .Where(t =>
                t.State == WorkState.Open
                && t.DueOn >= span.From
                && t.DueOn <= span.To
                && !standThemselves.Contains(t.Purpose)
            );
        if (span.Person is { } person)
            tasks = tasks.Where(t => t.OwnerId == person);
        return await tasks
            .OrderBy(t => t.DueOn)
            .ThenBy(t => t.Number)
            .Take(span.Most)
            .Select(t => new CalendarEntry(
                t.DueOn,
                "task",
                "TASK-" + t.Number,
                t.Title,
                db.Set<Person>().Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
