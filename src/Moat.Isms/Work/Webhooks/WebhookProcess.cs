using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Seams;

namespace Moat.Isms.Work.Webhooks;

/// <summary>Addresses outside that are told when something happens here.</summary>
[Process(Name, Summary)]
public sealed class WebhookProcess(
    MoatDb db,
    CurrentCaller caller,
    ISecretKeeper secrets,
    IOutbound outbound,
    EventWriter writer
)
{
    internal const string Name = "webhooks";
    internal const string Summary =
        "Addresses outside that are told, signed, when something happens here; what could not be delivered stays visible.";
    private const int MostShown = 200;
    private const int MostHooks = 50;

    /// <summary>What a webhook can be told of.</summary>
    [Query("events", Permission.ReadIsms, "What webhooks can be told of")]
    public Task<IReadOnlyList<WebhookEvent>> Events(Nothing input, CancellationToken ct) => Task.FromResult(Known());

    /// <summary>The webhooks, without their secrets.</summary>
    [Query("list", Permission.ReadIsms, "List webhooks with what waits and what was given up")]
    public async Task<IReadOnlyList<WebhookRow>> List(Nothing input, CancellationToken ct)
    {
        var deliveries = db.Set<WebhookDelivery>();
        return await db.Set<Webhook>()
            .Where(h => h.RemovedAt == null)
            .OrderBy(h => h.Number)
            .Take(MostShown)
            .Select(h => new WebhookRow(
                "HOOK-" + h.Number,
                h.Version,
                h.Name,
                h.Url,
                h.Events,
                h.SecretMadeAt,
                h.PausedAt,
                h.PausedBecause,
                deliveries.Count(d => d.HookId == h.Id && d.State == DeliveryState.Waiting),
                deliveries.Count(d => d.HookId == h.Id && d.State == DeliveryState.Dead),
                deliveries.Where(d => d.HookId == h.Id && d.State == DeliveryState.Delivered).Max(d => d.LastAt)
            ))
            .ToListAsync(ct);
    }

    /// <summary>The messages of a webhook, the latest first.</summary>
    [Query("deliveries", Permission.ReadIsms, "List the messages of a webhook with how sending went")]
    public async Task<IReadOnlyList<DeliveryRow>> Deliveries(ListDeliveries input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        var messages = db.Set<WebhookDelivery>().Where(d => d.HookId == hook.Id);
        if (input.State is { } state)
            messages = messages.Where(d => d.State == state);
        return await messages
            .OrderByDescending(d => d.CreatedAt)
            .ThenByDescending(d => d.Id)
            .Take(MostShown)
            .Select(d => new DeliveryRow(
                d.Id,
                d.Event,
                d.Subject,
                d.CreatedAt,
                d.State,
                d.Attempts,
                d.LastAt,
                d.NextAt,
                d.Result
            ))
            .ToListAsync(ct);
    }

    /// <summary>Enters a webhook. It is told of what happens from now on.</summary>
    [Operation(
        "create",
        Permission.ManageCollectors,
        "Enter a webhook; the secret that its messages are signed with is shown once"
    )]
    public async Task<MadeWebhook> Create(CreateWebhook input, CancellationToken ct)
    {
        if (await db.Set<Webhook>().CountAsync(h => h.RemovedAt == null, ct) >= MostHooks)
            throw new RuleBroken("webhooks.create.most", $"There are {MostHooks} webhooks already. Remove one first.");
        var hook = await db.Enter(
            new Webhook
            {
                Name = input.Name,
                Url = Checked(input.Url),
                Events = Checked(input.Events),
                SecretMadeAt = db.Now,
            },
            ct
        );
        var secret = Renew(hook);
        db.Add(
            new WebhookCursor
            {
                OrganizationId = caller.OrganizationId,
                HookId = hook.Id,
                Next = await Size(ct),
            }
        );
        return new MadeWebhook(hook, secret);
    }

    /// <summary>Changes a webhook, pauses it or lets it go on.</summary>
    [Operation(
        "edit",
        Permission.ManageCollectors,
        "Change a webhook, pause it or let it go on; what happens during a pause is not sent later"
    )]
    public async Task<Done> Edit(EditWebhook input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        hook.Name = input.Name ?? hook.Name;
        if (input.Url is not null)
            hook.Url = Checked(input.Url);
        if (input.Events is not null)
            hook.Events = Checked(input.Events);
        if (input.Paused == true)
            hook.PausedAt ??= db.Now;
        if (input.Paused == false && hook.PausedAt is not null)
        {
            (hook.PausedAt, hook.PausedBecause) = (null, null);
            (await db.Set<WebhookCursor>().FirstAsync(c => c.HookId == hook.Id, ct)).Next = await Size(ct);
        }
        return new Done(hook);
    }

    /// <summary>Makes a new secret; the old one ends at once.</summary>
    [Operation(
        "renew-secret",
        Permission.ManageCollectors,
        "Make a new secret for a webhook; it is shown once, and the old one ends at once"
    )]
    public async Task<MadeWebhook> RenewSecret(ChangeRecord input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        hook.SecretMadeAt = db.Now;
        return new MadeWebhook(hook, Renew(hook));
    }

    /// <summary>Sends a trial message.</summary>
    [Operation("try", Permission.ManageCollectors, "Send a trial message to a webhook")]
    public async Task<Done> Try(ChangeRecord input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        if (!hook.Runs)
            throw new RuleBroken("webhooks.try.paused", $"{hook.Ref} is paused. Let it go on first.");
        db.Add(
            writer.Write(hook, new FoundEvent(WebhookEvents.Trial, hook.Ref, hook.Name), "webhooks.try", 0, 0, db.Now)
        );
        return new Done(hook);
    }

    /// <summary>Sends again what was given up, or one message.</summary>
    [Operation("resend", Permission.ManageCollectors, "Send a message again, or all that were given up")]
    public async Task<Tally> Resend(ResendDelivery input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        if (!hook.Runs)
            throw new RuleBroken("webhooks.resend.paused", $"{hook.Ref} is paused. Let it go on first.");
        var again = await db.Set<WebhookDelivery>()
            .Where(d =>
                d.HookId == hook.Id && (input.Delivery == null ? d.State == DeliveryState.Dead : d.Id == input.Delivery)
            )
            .Take(1000)
            .ToListAsync(ct);
        if (input.Delivery is not null && again.Count == 0)
            throw new NotFound("message");
        foreach (var message in again)
            message.SendAgain(db.Now);
        return new Tally(again.Count, []);
    }

    /// <summary>Removes a webhook, with its secret and all that waited.</summary>
    [Operation("remove", Permission.ManageCollectors, "Remove a webhook with its secret and what waited for it")]
    public async Task<Done> Remove(ChangeRecord input, CancellationToken ct)
    {
        var hook = await Hook(input, ct);
        (hook.RemovedAt, hook.Secret) = (db.Now, null);
        db.RemoveRange(
            await db.Set<WebhookDelivery>()
                .Where(d => d.HookId == hook.Id && d.State == DeliveryState.Waiting)
                .ToListAsync(ct)
        );
        db.RemoveRange(await db.Set<WebhookCursor>().Where(c => c.HookId == hook.Id).ToListAsync(ct));
        return new Done(hook);
    }

    private async Task<Webhook> Hook(OneRecord input, CancellationToken ct)
    {
        var hook = input is ChangeRecord change
            ? await db.One<Webhook>(change, ct)
            : await db.One<Webhook>(input.Ref, ct);
        return hook.RemovedAt is null ? hook : throw new NotFound(input.Ref);
    }

    private string Renew(Webhook hook)
    {
        var secret = WebhookSignature.NewSecret();
        hook.Secret = secrets.Protect(caller.OrganizationId, secret);
        return secret;
    }

    private async Task<long> Size(CancellationToken ct) =>
        await db.Set<JournalHead>().Select(h => (long?)h.Size).FirstOrDefaultAsync(ct) ?? 0;

    private string Checked(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.UserInfo.Length > 0
        )
            throw new InputInvalid(
                "url",
                "Write an address such as https://chat.example/hooks/moat, without a user or password in it."
            );
        return outbound.Refuses(address) is { } why ? throw new InputInvalid("url", why) : address.AbsoluteUri;
    }

    private IReadOnlyList<WebhookEvent> Known()
    {
        var kinds = db.Model.GetEntityTypes().Select(t => t.ClrType.Name).ToHashSet();
        return [.. WebhookEvents.All.Where(e => kinds.Contains(e.Kind))];
    }

    private List<string> Checked(List<string> events)
    {
        var known = Known().Select(e => e.Type).ToList();
        if (events.FirstOrDefault(e => !known.Contains(e)) is { } unknown)
            throw new InputInvalid("events", $"There is no event {unknown}. There are: {string.Join(", ", known)}.");
        return [.. events.Distinct()];
    }
}
