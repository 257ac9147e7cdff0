using Moat.Isms.Kernel;
using Moat.Isms.Work.Webhooks;

namespace Moat.Hosting.Webhooks;

/// <summary>Tells webhooks: writes their messages from the journal and sends those whose time has come.</summary>
public sealed partial class WebhookRunner(InstallationWork work, WebhookSender sender, ILogger<WebhookRunner> log)
{
    private const int AtOnce = 4;
    private const int MostRounds = 50;

    /// <summary>Tells every organisation's webhooks what there is to tell now.</summary>
    public async Task RunOnce(CancellationToken ct)
    {
        foreach (var organization in await work.Waiting(WebhooksWaiting.Now, ct))
        {
            try
            {
                for (var round = 0; round < MostRounds && await Some(organization, ct); round++) { }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One organisation's trouble is not another's; the next round tries again.
                Failed(organization.Slug, e.Message);
            }
        }
    }

    private async Task<bool> Some(Organization organization, CancellationToken ct)
    {
        var state = await work.Run<WebhookOutbox, Nothing, OutboxState>(organization, p => p.State, new Nothing(), ct);
        if (state.Unread)
            await work.Run<WebhookOutbox, Nothing, Tally>(organization, p => p.Fill, new Nothing(), ct);
        if (state.Due)
        {
            var batch = (
                await work.Run<WebhookOutbox, Nothing, OutgoingBatch>(organization, p => p.Take, new Nothing(), ct)
            ).Messages;
            await Parallel.ForEachAsync(
                batch,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (message, stop) => await Send(organization, message, stop)
            );
        }
        return state.Unread || state.Due;
    }

    private async Task Send(Organization organization, Outgoing message, CancellationToken ct)
    {
        var sent = await sender.Send(message, ct);
        await work.Run<WebhookOutbox, TellDelivery, Tally>(
            organization,
            p => p.Tell,
            new TellDelivery
            {
                Delivery = message.Delivery,
                Delivered = sent.Delivered,
                Result = sent.Says.Cut(1000),
                Gone = sent.Gone,
            },
            ct
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks of {Organization} were not told: {Why}")]
    private partial void Failed(string organization, string why);
}
