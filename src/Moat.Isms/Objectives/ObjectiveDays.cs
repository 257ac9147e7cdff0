using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Objectives;

/// <summary>Objectives that are to be reached.</summary>
internal sealed class ObjectiveDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var goals = db.Set<Objective>().Pursued().Where(o => o.DueOn >= span.From && o.DueOn <= span.To);
        if (span.Person is { } person)
            goals = goals.Where(o => o.OwnerId == person);
        return await goals
            .OrderBy(o => o.DueOn)
            .ThenBy(o => o.Number)
            .Take(span.Most)
            .Select(o => new CalendarEntry(
                o.DueOn!.Value,
                "objective",
                "OBJ-" + o.Number,
                o.Title,
                db.Set<Person>().Where(p => p.Id == o.OwnerId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
