using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.Incidents.Duties;

/// <summary>
/// Notices to authorities, customers and people that an incident calls for. The response team's tasks name who sends
/// them.
/// </summary>
internal sealed class NoticeDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct)
    {
        if (span.Person is not null)
            return [];
        var (from, to) = (
            span.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            span.To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
        );
        var found = await (
            from notice in db.Set<DutyNotice>()
            where notice.SentAt == null && notice.DueAt >= @from && notice.DueAt < to
            join duty in db.Set<NotificationDuty>() on notice.NotificationId equals duty.Id
            where duty.State == DutyState.Open
            orderby notice.DueAt
            select new
            {
                notice.DueAt,
                duty.Number,
                duty.Title,
            }
        )
            .Take(span.Most)
            .ToListAsync(ct);
        return
        [
            .. found.Select(n => new CalendarEntry(
                DateOnly.FromDateTime(n.DueAt),
                "notice",
                $"DUTY-{n.Number}",
                n.Title,
                null
            )),
        ];
    }
}
