using System.Linq.Expressions;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Absences;

namespace Moat.Isms.Work.Digests;

/// <summary>Who gets a digest today and has none yet, in one organisation or asked for all of them at once.</summary>
public static class DigestRecipients
{
    private const int HourOfTheDay = 6;
    private const int DaysAhead = 7;

    /// <summary>Whether it is a working day and after six in the morning (UTC).</summary>
    public static bool IsTime(DateTime now) =>
        now.Hour >= HourOfTheDay && now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>
    /// People who may come in, are not away and want it, for whom something is due today or new since the last working
    /// day; on Mondays also when something is overdue or due within the week.
    /// </summary>
    public static Expression<Func<Person, bool>> Of(MoatDb db)
    {
        var today = db.Today;
        var monday = today.DayOfWeek == DayOfWeek.Monday;
        var week = today.AddDays(DaysAhead);
        var since = today.AddDays(monday ? -3 : -1).ToDateTime(new TimeOnly(HourOfTheDay, 0), DateTimeKind.Utc);
        return p =>
            (p.LeftOn == null || p.LeftOn >= today)
            && db.Set<WorkItem>()
                .Any(t =>
                    t.OrganizationId == p.OrganizationId
                    && t.OwnerId == p.Id
                    && t.State == WorkState.Open
                    && (t.CreatedAt >= since || t.DueOn == today || (monday && t.DueOn <= week))
                )
            && db.Set<Membership>()
                .Any(m =>
                    m.OrganizationId == p.OrganizationId
                    && m.PersonId == p.Id
                    && m.RevokedAt == null
                    && (m.Until == null || m.Until >= today)
                )
            && !db.Set<Absence>()
                .Any(a =>
                    a.OrganizationId == p.OrganizationId
                    && a.PersonId == p.Id
                    && a.EndedAt == null
                    && a.From <= today
                    && a.Until >= today
                )
            && !db.Set<DigestChoice>().Any(c => c.OrganizationId == p.OrganizationId && c.PersonId == p.Id && !c.Wanted)
            && !db.Set<MailDelivery>()
                .Any(m => m.OrganizationId == p.OrganizationId && m.PersonId == p.Id && m.On == today);
    }
}
