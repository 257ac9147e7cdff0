using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.People.AccessReviews;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Work.Absences;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Work.Calendar;

/// <summary>Open tasks, but for those whose record stands on the same day itself.</summary>
internal sealed class TaskDays(MoatDb db) : ICalendarSource
{
    private static readonly string[] StandThemselves = [Cadence.ByRecord, Cadence.ByHand, "review-document", "renew"];

    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var tasks = db.Set<WorkItem>().Where(t => t.State == WorkState.Open && t.DueOn >= span.From && t.DueOn <= span.To && !StandThemselves.Contains(t.Purpose));
        if (span.Person is { } person) tasks = tasks.Where(t => t.OwnerId == person);
        return await tasks.OrderBy(t => t.DueOn).ThenBy(t => t.Number).Take(span.Most)
            .Select(t => new CalendarEntry(t.DueOn, "task", "TASK-" + t.Number, t.Title, db.Set<Person>().Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Cadences, each as often as it comes round within the days.</summary>
internal sealed class CadenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var roles = db.Set<RoleAssignment>();
        var holders = from cadence in db.Set<Cadence>()
                      where cadence.Standing == Standing.Adopted && cadence.RetiredAt == null && cadence.NextOn <= span.To
                      select new { Cadence = cadence, Holder = cadence.OwnerId ?? roles.Where(r => r.Key == cadence.RoleKey && r.PersonId != null).OrderBy(r => r.Number).Select(r => r.PersonId).FirstOrDefault() };
        if (span.Person is { } person) holders = holders.Where(h => h.Holder == person);
        var found = await holders.OrderBy(h => h.Cadence.NextOn).Take(span.Most)
            .Select(h => new { h.Cadence.Number, h.Cadence.Title, h.Cadence.NextOn, h.Cadence.EveryMonths, Owner = db.Set<Person>().Where(p => p.Id == h.Holder).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
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
            if (day >= span.From) yield return day;
    }
}

/// <summary>Evidence that ends. It has no owner of its own: that of the control it shows.</summary>
internal sealed class EvidenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var items = from item in db.Set<EvidenceItem>()
                    where item.WithdrawnAt == null && item.ValidUntil >= span.From && item.ValidUntil <= span.To
                    let owner = db.Links.Where(l => l.FromId == item.Id && l.Type == LinkTypes.Evidences)
                        .Join(db.Set<Control>(), l => l.ToId, c => c.Id, (_, c) => c).OrderBy(c => c.Number).Select(c => c.OwnerId).FirstOrDefault()
                    select new { Item = item, Owner = owner };
        if (span.Person is { } person) items = items.Where(i => i.Owner == person);
        return await items.OrderBy(i => i.Item.ValidUntil).ThenBy(i => i.Item.Number).Take(span.Most)
            .Select(i => new CalendarEntry(i.Item.ValidUntil, "evidence ends", "EVD-" + i.Item.Number, i.Item.Title, db.Set<Person>().Where(p => p.Id == i.Owner).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Documents that are due for review.</summary>
internal sealed class DocumentDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var documents = db.Set<Document>().Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null && d.NextReviewOn >= span.From && d.NextReviewOn <= span.To);
        if (span.Person is { } person) documents = documents.Where(d => d.OwnerId == person);
        return await documents.OrderBy(d => d.NextReviewOn).ThenBy(d => d.Number).Take(span.Most)
            .Select(d => new CalendarEntry(d.NextReviewOn!.Value, "document review", "DOC-" + d.Number, d.Title, db.Set<Person>().Where(p => p.Id == d.OwnerId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Objectives that are to be reached.</summary>
internal sealed class ObjectiveDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var goals = db.Set<Objective>().Pursued().Where(o => o.DueOn >= span.From && o.DueOn <= span.To);
        if (span.Person is { } person) goals = goals.Where(o => o.OwnerId == person);
        return await goals.OrderBy(o => o.DueOn).ThenBy(o => o.Number).Take(span.Most)
            .Select(o => new CalendarEntry(o.DueOn!.Value, "objective", "OBJ-" + o.Number, o.Title, db.Set<Person>().Where(p => p.Id == o.OwnerId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Acceptances of risks that end.</summary>
internal sealed class AcceptanceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var risks = db.Set<Risk>().Where(r => r.Standing == Standing.Adopted && r.AcceptedUntil >= span.From && r.AcceptedUntil <= span.To);
        if (span.Person is { } person) risks = risks.Where(r => r.OwnerId == person);
        return await risks.OrderBy(r => r.AcceptedUntil).ThenBy(r => r.Number).Take(span.Most)
            .Select(r => new CalendarEntry(r.AcceptedUntil!.Value, "acceptance ends", "RISK-" + r.Number, r.Title, db.Set<Person>().Where(p => p.Id == r.OwnerId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Access reviews that are not decided yet.</summary>
internal sealed class AccessReviewDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var reviews = db.Set<AccessReview>().Where(r => r.State == AccessReviewState.Open && r.DueOn >= span.From && r.DueOn <= span.To);
        if (span.Person is { } person) reviews = reviews.Where(r => r.ReviewerId == person);
        return await reviews.OrderBy(r => r.DueOn).ThenBy(r => r.Number).Take(span.Most)
            .Select(r => new CalendarEntry(r.DueOn, "access review", "ARV-" + r.Number, r.Title, db.Set<Person>().Where(p => p.Id == r.ReviewerId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Who is away.</summary>
internal sealed class AbsenceDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var absences = db.Set<Absence>().Where(a => a.EndedAt == null && a.From <= span.To && a.Until >= span.From);
        if (span.Person is { } person) absences = absences.Where(a => a.PersonId == person || a.DeputyId == person);
        var people = db.Set<Person>();
        var found = await absences.OrderBy(a => a.From).ThenBy(a => a.Number).Take(span.Most).Select(a => new
        {
            a.Number,
            a.From,
            a.Until,
            Person = people.Where(p => p.Id == a.PersonId).Select(p => p.Name).FirstOrDefault(),
            Deputy = people.Where(p => p.Id == a.DeputyId).Select(p => p.Name).FirstOrDefault(),
        }).ToListAsync(ct);
        return [.. found.Select(a => new CalendarEntry(a.From < span.From ? span.From : a.From, "away", $"ABS-{a.Number}", $"{a.Person} is away, {a.Deputy} stands in", a.Person, a.Until))];
    }
}
