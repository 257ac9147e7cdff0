using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Seams;

namespace Moat.Isms.Work.Webhooks;

/// <summary>
/// What the server itself does so that webhooks are told: reads the journal on from where each webhook stands, writes
/// messages in the same transaction as that place, and keeps how sending went. So nothing is lost when a server stops,
/// and nothing is written twice.
/// </summary>
[Process(WebhookProcess.Name, WebhookProcess.Summary)]
public sealed class WebhookOutbox(MoatDb db, CurrentCaller caller, ISecretKeeper secrets, EventWriter writer)
{
    private const int EntriesAtOnce = 200;
    private const int Batch = 20;
    private const int DaysKept = 30;

    /// <summary>Whether there is anything to do.</summary>
    [Query("outbox", Permission.System, "Whether webhooks have anything to be told")]
    public async Task<OutboxState> State(Nothing input, CancellationToken ct)
    {
        var running = db.Set<Webhook>().Running();
        var unread = await db.Set<WebhookCursor>()
            .AnyAsync(c => running.Any(h => h.Id == c.HookId) && db.Set<JournalHead>().Any(j => j.Size > c.Next), ct);
        return new OutboxState(
            unread,
            await db.Set<WebhookDelivery>().Due(db.Now).AnyAsync(d => running.Any(h => h.Id == d.HookId), ct)
        );
    }

    /// <summary>
    /// Reads the journal on and writes messages; answers how many. Forgets what was delivered a month ago.
    /// </summary>
    [Operation("fill", Permission.System, "Write what the journal tells to the outbox of webhooks")]
    public async Task<Tally> Fill(Nothing input, CancellationToken ct)
    {
        var hooks = await db.Set<Webhook>().AsNoTracking().Running().ToDictionaryAsync(h => h.Id, ct);
        var cursors = await db.Set<WebhookCursor>().Where(c => hooks.Keys.Contains(c.HookId)).ToListAsync(ct);
        if (cursors.Count == 0)
            return new Tally(0, []);
        var first = cursors.Min(c => c.Next);
        var entries = await db
            .Journal.AsNoTracking()
            .Where(e => e.Sequence >= first)
            .OrderBy(e => e.Sequence)
            .Take(EntriesAtOnce)
            .ToListAsync(ct);
        var written = 0;
        foreach (var entry in entries)
        {
            var found = WebhookEvents.In(entry).ToList();
            foreach (var cursor in cursors.Where(c => c.Next <= entry.Sequence))
            {
                written += Write(hooks[cursor.HookId], entry, found);
                cursor.Next = entry.Sequence + 1;
            }
        }
        var old = db.Now.AddDays(-DaysKept);
        db.RemoveRange(
            await db.Set<WebhookDelivery>()
                .Where(d => d.State == DeliveryState.Delivered && d.CreatedAt < old)
                .OrderBy(d => d.CreatedAt)
                .Take(EntriesAtOnce)
                .ToListAsync(ct)
        );
        return new Tally(written, []);
    }

    /// <summary>
    /// Takes messages whose time has come. Whoever takes one has two minutes before another server may.
    /// </summary>
    [Operation("take", Permission.System, "Take messages of webhooks to send now")]
    public async Task<OutgoingBatch> Take(Nothing input, CancellationToken ct)
    {
        var now = db.Now;
        var due = await (
            from message in db.Set<WebhookDelivery>().Due(now)
            join hook in db.Set<Webhook>().Running() on message.HookId equals hook.Id
            where hook.Secret != null
            orderby message.NextAt, message.Sequence
            select new
            {
                message,
                hook.Url,
                hook.Secret,
            }
        )
            .Take(Batch)
            .ToListAsync(ct);
        foreach (var found in due)
            found.message.Take(now);
        return new OutgoingBatch([
            .. due.Select(d => new Outgoing(
                d.message.Id,
                d.Url,
                secrets.Unprotect(caller.OrganizationId, d.Secret!),
                d.message.Payload
            )),
        ]);
    }

    /// <summary>Keeps how sending went.</summary>
    [Operation("tell", Permission.System, "Keep how sending a message to a webhook went")]
    public async Task<Tally> Tell(TellDelivery input, CancellationToken ct)
    {
        // The webhook may have been removed meanwhile, and its messages with it.
        if (await db.Set<WebhookDelivery>().FirstOrDefaultAsync(d => d.Id == input.Delivery, ct) is not { } message)
            return new Tally(0, []);
        message.Tried(input.Delivered, input.Result, db.Now);
        if (
            input.Gone
            && await db.Set<Webhook>().FirstOrDefaultAsync(h => h.Id == message.HookId && h.PausedAt == null, ct)
                is { } hook
        )
            (hook.PausedAt, hook.PausedBecause) = (
                db.Now,
                "The other side says that this address is gone for good (410)."
            );
        return new Tally(1, []);
    }

    private int Write(Webhook hook, JournalEntry entry, IReadOnlyList<FoundEvent> found)
    {
        var written = 0;
        foreach (var (happened, index) in found.Select((f, i) => (f, i)).Where(f => hook.Events.Contains(f.f.Type)))
        {
            db.Add(writer.Write(hook, happened, entry.Operation, entry.Sequence, index, entry.At));
            written++;
        }
        return written;
    }
}
