using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Audits;

/// <summary>Audits that are planned or run.</summary>
internal sealed class AuditDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var audits = db.Set<Audit>()
            .Where(a =>
                a.State != AuditState.Dropped && a.ClosedAt == null && a.StartsOn <= span.To && a.EndsOn >= span.From
            );
        if (span.Person is { } person)
            audits = audits.Where(a => a.LeadId == person);
        return await audits
            .OrderBy(a => a.StartsOn)
            .ThenBy(a => a.Number)
            .Take(span.Most)
            .Select(a => new CalendarEntry(
                a.StartsOn < span.From ? span.From : a.StartsOn,
                "audit",
                "AUD-" + a.Number,
                a.Title,
                db.Set<Person>().Where(p => p.Id == a.LeadId).Select(p => p.Name).FirstOrDefault(),
                a.EndsOn
            ))
            .ToListAsync(ct);
    }
}
