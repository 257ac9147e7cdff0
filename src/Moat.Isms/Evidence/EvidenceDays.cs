using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Evidence;

/// <summary>Evidence that ends. It has no owner of its own: that of the control it shows.</summary>
internal sealed class EvidenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var items =
            from item in db.Set<EvidenceItem>()
            where item.WithdrawnAt == null && item.ValidUntil >= span.From && item.ValidUntil <= span.To
            let owner = db
                .Links.Where(l => l.FromId == item.Id && l.Type == LinkTypes.Evidences)
                .Join(db.Set<Control>(), l => l.ToId, c => c.Id, (_, c) => c)
                .OrderBy(c => c.Number)
                .Select(c => c.OwnerId)
                .FirstOrDefault()
            select new { Item = item, Owner = owner };
        if (span.Person is { } person)
            items = items.Where(i => i.Owner == person);
        return await items
            .OrderBy(i => i.Item.ValidUntil)
            .ThenBy(i => i.Item.Number)
            .Take(span.Most)
            .Select(i => new CalendarEntry(
                i.Item.ValidUntil,
                "evidence ends",
                "EVD-" + i.Item.Number,
                i.Item.Title,
                db.Set<Person>().Where(p => p.Id == i.Owner).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
