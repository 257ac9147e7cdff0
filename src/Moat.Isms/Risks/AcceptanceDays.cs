using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Risks;

/// <summary>Acceptances of risks that end.</summary>
internal sealed class AcceptanceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var risks = db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted && r.AcceptedUntil >= span.From && r.AcceptedUntil <= span.To);
        if (span.Person is { } person)
            risks = risks.Where(r => r.OwnerId == person);
        return await risks
            .OrderBy(r => r.AcceptedUntil)
            .ThenBy(r => r.Number)
            .Take(span.Most)
            .Select(r => new CalendarEntry(
                r.AcceptedUntil!.Value,
                "acceptance ends",
                "RISK-" + r.Number,
                r.Title,
                db.Set<Person>().Where(p => p.Id == r.OwnerId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
