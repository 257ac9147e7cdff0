using Moat.Isms.Kernel;
using Moat.Isms.Work.Digests;
using Moat.Isms.Work.Webhooks;

namespace Moat.Hosting.Mail;

/// <summary>
/// Sends digests when a mail server is named. Which there are is decided by operations; the sending happens outside
/// every transaction.
/// </summary>
public sealed partial class DigestRunner(
    InstallationWork work,
    Mailer mailer,
    PublicAddress address,
    TimeProvider clock,
    ILogger<DigestRunner> log
)
{
    /// <summary>Sends what is to be sent now, in every organisation.</summary>
    public async Task RunOnce(CancellationToken ct)
    {
        if (mailer.Options is not { } options)
            return;
        foreach (var organization in await work.Waiting(DigestsWaiting.Now, ct))
        {
            try
            {
                await work.Run<DigestRounds, Nothing, Tally>(organization, p => p.Prepare, new Nothing(), ct);
                while (await SendSome(organization, options, ct) > 0) { }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One organisation's trouble is not another's; the next round tries again.
                Failed(organization.Slug, e.Message);
            }
        }
    }

    private async Task<int> SendSome(Organization organization, MailOptions options, CancellationToken ct)
    {
        var taken = (
            await work.Run<DigestRounds, Nothing, DigestMails>(organization, p => p.Take, new Nothing(), ct)
        ).Mails;
        if (taken.Count == 0)
            return 0;
        foreach (var empty in taken.Where(m => m.Lines.Count == 0))
            await Tell(
                organization,
                empty,
                MailState.NotNeeded,
                new MailResult(true, "Everything was done before it was sent."),
                ct
            );
        var full = taken.Where(m => m.Lines.Count > 0).ToList();
        var results =
            full.Count == 0
                ? []
                : await mailer.Send(
                    [
                        .. full.Select(m =>
                            DigestLetter.Write(m, organization.Slug, options, address, clock.GetUtcNow())
                        ),
                    ],
                    ct
                );
        foreach (var (mail, result) in full.Zip(results))
        {
            WorkTelemetry.Mailed(result.Sent);
            await Tell(organization, mail, result.Sent ? MailState.Sent : MailState.Failed, result, ct);
        }
        return taken.Count;
    }

    private Task<Tally> Tell(
        Organization organization,
        DigestMail mail,
        MailState state,
        MailResult result,
        CancellationToken ct
    ) =>
        work.Run<DigestRounds, TellDigest, Tally>(
            organization,
            p => p.Tell,
            new TellDigest
            {
                Delivery = mail.Delivery,
                State = state,
                Result = result.Says,
                Final = result.Final,
            },
            ct
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "Digests of {Organization} did not go out: {Why}")]
    private partial void Failed(string organization, string why);
}
