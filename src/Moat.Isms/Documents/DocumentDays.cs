using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Documents;

/// <summary>Documents that are due for review.</summary>
internal sealed class DocumentDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var documents = db.Set<Document>()
            .Where(d =>
                d.Standing == Standing.Adopted
                && d.RetiredAt == null
                && d.NextReviewOn >= span.From
                && d.NextReviewOn <= span.To
            );
        if (span.Person is { } person)
            documents = documents.Where(d => d.OwnerId == person);
        return await documents
            .OrderBy(d => d.NextReviewOn)
            .ThenBy(d => d.Number)
            .Take(span.Most)
            .Select(d => new CalendarEntry(
                d.NextReviewOn!.Value,
                "document review",
                "DOC-" + d.Number,
                d.Title,
                db.Set<Person>().Where(p => p.Id == d.OwnerId).Select(p => p.Name).FirstOrDefault(),
                null
            ))
            .ToListAsync(ct);
    }
}
