using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Work.Cadences;

/// <summary>Cadences, each as often as it comes round within the days.</summary>
internal sealed class CadenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var roles = db.Set<RoleAssignment>();
        var holders =
            from cadence in db.Set<Cadence>()
            where cadence.Standing == Standing.Adopted && cadence.RetiredAt == null && cadence.NextOn <= span.To
            select new
            {
                Cadence = cadence,
                Holder = cadence.OwnerId
                    ?? roles
                        .Where(r => r.Key == cadence.RoleKey && r.PersonId != null)
                        .OrderBy(r => r.Number)
                        .Select(r => r.PersonId)
                        .FirstOrDefault(),
            };
        if (span.Person is { } person)
            holders = holders.Where(h => h.Holder == person);
        var found = await holders
            .OrderBy(h => h.Cadence.NextOn)
            .Take(span.Most)
            .Select(h => new
            {
                h.Cadence.Number,
                h.Cadence.Title,
                h.Cadence.NextOn,
                h.Cadence.EveryMonths,
                Owner = db.Set<Person>().Where(p => p.Id == h.Holder).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. from cadence in found
            from day in Days(cadence.NextOn!.Value, cadence.EveryMonths, span)
            select new CalendarEntry(day, "cadence", $"CAD-{cadence.Number}", cadence.Title, cadence.Owner),
        ];
    }

    private static IEnumerable<DateOnly> Days(DateOnly next, int months, CalendarSpan span)
    {
        for (var time = 0; next.AddMonths(time * months) is var day && day <= span.To; time++)
            if (day >= span.From)
                yield return day;
    }
}
