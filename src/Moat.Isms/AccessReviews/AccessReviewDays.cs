using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.AccessReviews;

/// <summary>Access reviews that are not decided yet.</summary>
internal sealed class AccessReviewDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var reviews = db.Set<AccessReview>()
            .Where(r => r.State == AccessReviewState.Open && r.DueOn >= span.From && r.DueOn <= span.To);
        if (span.Person is { } person)
            reviews = reviews.Where(r => r.ReviewerId == person);
        return await reviews
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Number)
            .Take(span.Most)
            .Select(r => new CalendarEntry(
                r.DueOn,
                "access review",
                "ARV-" + r.Number,
                r.Title,
                db.Set<Person>().Where(p => p.Id == r.ReviewerId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
