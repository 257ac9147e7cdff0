using System.Linq.Expressions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Work.Webhooks;

/// <summary>
/// Whether an organisation has webhooks that are to be told: of entries that they did not read, or by a message whose
/// time has come.
/// </summary>
public static class WebhooksWaiting
{
    /// <summary>Asks it now.</summary>
    public static Expression<Func<Organization, bool>> Now(MoatDb db)
    {
        var now = db.Now;
        return o =>
            db.Set<Webhook>()
                .Any(h =>
                    h.OrganizationId == o.Id
                    && h.PausedAt == null
                    && h.RemovedAt == null
                    && (
                        db.Set<WebhookCursor>()
                            .Any(c =>
                                c.OrganizationId == o.Id
                                && c.HookId == h.Id
                                && db.Set<JournalHead>().Any(j => j.OrganizationId == o.Id && j.Size > c.Next)
                            )
                        || db.Set<WebhookDelivery>()
                            .Any(d =>
                                d.OrganizationId == o.Id
                                && d.HookId == h.Id
                                && d.State == DeliveryState.Waiting
                                && d.NextAt <= now
                            )
                    )
                );
    }
}
