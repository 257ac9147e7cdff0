using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Reviews;

/// <summary>Management reviews that are scheduled.</summary>
internal sealed class ReviewDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var reviews = db.Set<ManagementReview>()
            .Where(r =>
                (r.State == ReviewState.Scheduled || r.State == ReviewState.Prepared)
                && r.ScheduledOn >= span.From
                && r.ScheduledOn <= span.To
            );
        if (span.Person is { } person)
            reviews = reviews.Where(r => r.ChairId == person);
        return await reviews
            .OrderBy(r => r.ScheduledOn)
            .ThenBy(r => r.Number)
            .Take(span.Most)
            .Select(r => new CalendarEntry(
                r.ScheduledOn,
                "management review",
                "MREV-" + r.Number,
                r.Title,
                db.Set<Person>().Where(p => p.Id == r.ChairId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
