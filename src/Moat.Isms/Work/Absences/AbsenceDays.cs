using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Work.Absences;

/// <summary>Who is away.</summary>
internal sealed class AbsenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var absences = db.Set<Absence>().Where(a => a.EndedAt == null && a.From <= span.To && a.Until >= span.From);
        if (span.Person is { } person)
            absences = absences.Where(a => a.PersonId == person || a.DeputyId == person);
        var people = db.Set<Person>();
        var found = await absences
            .OrderBy(a => a.From)
            .ThenBy(a => a.Number)
            .Take(span.Most)
            .Select(a => new
            {
                a.Number,
                a.From,
                a.Until,
                Person = people.Where(p => p.Id == a.PersonId).Select(p => p.Name).FirstOrDefault(),
                Deputy = people.Where(p => p.Id == a.DeputyId).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. found.Select(a => new CalendarEntry(
                a.From < span.From ? span.From : a.From,
                "away",
                $"ABS-{a.Number}",
                $"{a.Person} is away, {a.Deputy} stands in",
                a.Person,
                a.Until
            )),
        ];
    }
}
