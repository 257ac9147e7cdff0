using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Audits;

/// <summary>Requests of auditors that wait for an answer.</summary>
internal sealed class RequestDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var requests = db.Set<AuditRequest>()
            .Where(r =>
                (r.State == RequestState.Asked || r.State == RequestState.Returned)
                && r.DueOn >= span.From
                && r.DueOn <= span.To
            );
        if (span.Person is { } person)
            requests = requests.Where(r => r.AssigneeId == person);
        return await requests
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Number)
            .Take(span.Most)
            .Select(r => new CalendarEntry(
                r.DueOn,
                "auditor's request",
                "REQ-" + r.Number,
                r.Wanted,
                db.Set<Person>().Where(p => p.Id == r.AssigneeId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
