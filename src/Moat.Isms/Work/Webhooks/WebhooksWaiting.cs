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
        var (running, due) = (db.Set<Webhook>().Running(), db.Set<WebhookDelivery>().Due(db.Now));
        return o =>
            running.Any(h =>
                h.OrganizationId == o.Id
                && (
                    db.Set<WebhookCursor>()
                        .Any(c =>
                            c.OrganizationId == o.Id
                            && c.HookId == h.Id
                            && db.Set<JournalHead>().Any(j => j.OrganizationId == o.Id && j.Size > c.Next)
                        ) || due.Any(d => d.OrganizationId == o.Id && d.HookId == h.Id)
                )
            );
    }

    /// <summary>Those that are told of anything.</summary>
    internal static IQueryable<Webhook> Running(this IQueryable<Webhook> hooks) =>
        hooks.Where(h => h.PausedAt == null && h.RemovedAt == null);

    /// <summary>The messages whose time has come.</summary>
    internal static IQueryable<WebhookDelivery> Due(this IQueryable<WebhookDelivery> messages, DateTime now) =>
        messages.Where(m => m.State == DeliveryState.Waiting && m.NextAt <= now);
}
