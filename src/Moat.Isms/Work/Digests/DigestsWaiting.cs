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
        var (now, today, isTime) = (db.Now, db.Today, DigestRecipients.IsTime(db.Now));
        var getting = db.Set<Person>().Where(DigestRecipients.Of(db));
        return o =>
            (isTime && getting.Any(p => p.OrganizationId == o.Id))
            || db.Set<MailDelivery>()
                .Any(m => m.OrganizationId == o.Id && m.State == MailState.Waiting && m.NextAt <= now && m.On == today);
    }
}
