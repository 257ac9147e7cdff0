using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Reviews;

namespace Moat.Isms.Work.Calendar;

/// <summary>Audits that are planned or run.</summary>
internal sealed class AuditDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var audits = db.Set<Audit>().Where(a => a.State != AuditState.Dropped && a.ClosedAt == null && a.StartsOn <= span.To && a.EndsOn >= span.From);
        if (span.Person is { } person) audits = audits.Where(a => a.LeadId == person);
        return await audits.OrderBy(a => a.StartsOn).ThenBy(a => a.Number).Take(span.Most).Select(a => new CalendarEntry(
            a.StartsOn < span.From ? span.From : a.StartsOn, "audit", "AUD-" + a.Number, a.Title, db.Set<Person>().Where(p => p.Id == a.LeadId).Select(p => p.Name).FirstOrDefault(), a.EndsOn)).ToListAsync(ct);
    }
}

/// <summary>Requests of auditors that wait for an answer.</summary>
internal sealed class RequestDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var requests = db.Set<AuditRequest>().Where(r => (r.State == RequestState.Asked || r.State == RequestState.Returned) && r.DueOn >= span.From && r.DueOn <= span.To);
        if (span.Person is { } person) requests = requests.Where(r => r.AssigneeId == person);
        return await requests.OrderBy(r => r.DueOn).ThenBy(r => r.Number).Take(span.Most).Select(r => new CalendarEntry(
            r.DueOn, "auditor's request", "REQ-" + r.Number, r.Wanted, db.Set<Person>().Where(p => p.Id == r.AssigneeId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Management reviews that are scheduled.</summary>
internal sealed class ReviewDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        var reviews = db.Set<ManagementReview>().Where(r => (r.State == ReviewState.Scheduled || r.State == ReviewState.Prepared) && r.ScheduledOn >= span.From && r.ScheduledOn <= span.To);
        if (span.Person is { } person) reviews = reviews.Where(r => r.ChairId == person);
        return await reviews.OrderBy(r => r.ScheduledOn).ThenBy(r => r.Number).Take(span.Most).Select(r => new CalendarEntry(
            r.ScheduledOn, "management review", "MREV-" + r.Number, r.Title, db.Set<Person>().Where(p => p.Id == r.ChairId).Select(p => p.Name).FirstOrDefault(), null)).ToListAsync(ct);
    }
}

/// <summary>Notices to authorities, customers and people that an incident calls for. The response team's tasks name who sends them.</summary>
internal sealed class NoticeDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        if (span.Person is not null) return [];
        var (from, to) = (span.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), span.To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var found = await (from notice in db.Set<DutyNotice>()
                           where notice.SentAt == null && notice.DueAt >= @from && notice.DueAt < to
                           join duty in db.Set<NotificationDuty>() on notice.NotificationId equals duty.Id
                           where duty.State == DutyState.Open
                           orderby notice.DueAt
                           select new { notice.DueAt, duty.Number, duty.Title }).Take(span.Most).ToListAsync(ct);
        return [.. found.Select(n => new CalendarEntry(DateOnly.FromDateTime(n.DueAt), "notice", $"DUTY-{n.Number}", n.Title, null))];
    }
}
