using System.Linq.Expressions;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Digests;

/// <summary>Whether an organisation has digests that are to be prepared or sent.</summary>
public static class DigestsWaiting
{
    /// <summary>Asks it now.</summary>
    public static Expression<Func<Organization, bool>> Now(MoatDb db)
    {
        var isTime = DigestRecipients.IsTime(db.Now);
        var (getting, waiting) = (db.Set<Person>().Where(DigestRecipients.Of(db)), Due(db));
        return o =>
            (isTime && getting.Any(p => p.OrganizationId == o.Id)) || waiting.Any(m => m.OrganizationId == o.Id);
    }

    /// <summary>Today's digests whose time has come.</summary>
    internal static IQueryable<MailDelivery> Due(MoatDb db)
    {
        var (now, today) = (db.Now, db.Today);
        return db.Set<MailDelivery>().Where(m => m.State == MailState.Waiting && m.NextAt <= now && m.On == today);
    }
}
