using MimeKit;
using Moat.Hosting.Mail;

namespace Moat.Cli.Doctor;

/// <summary>
/// The mail server: whether it lets Moat in, encrypted as it was named. A message is sent only when asked for.
/// </summary>
internal static class MailFindings
{
    private const string About = "mail";

    public static async Task<Finding> Of(MailOptions? options, string? recipient, CancellationToken ct)
    {
        if (options is null)
            return recipient is null
                ? Finding.Fine(About, "No mail server is named, so that no digests go out.")
                : Finding.Broken(About, "No mail server is named.", "Name one with --smtp and --mail-from.");
        if (recipient is not null && !MailboxAddress.TryParse(recipient, out _))
            return Finding.Broken(
                About,
                $"'{recipient}' is no address.",
                "Write one such as --mail you@your-company.example."
            );
        var mailer = new Mailer(options);
        var trouble =
            recipient is null ? await mailer.Trouble(ct)
            : (await mailer.Send([Trial(options.From, recipient)], ct)) is [{ Sent: false } refused] ? refused.Says
            : null;
        if (trouble is not null)
            return Finding.Broken(
                About,
                $"{options.Host}:{options.Port}: {trouble}",
                "Check host, port, user and password, and whether the address is smtp:// (STARTTLS), smtps:// or smtp+plain://."
            );
        var how = recipient is null ? "lets Moat in; nothing was sent" : $"took a message to {recipient}";
        return Finding.Fine(About, $"{options.Host}:{options.Port} ({options.Protection}) {how}.");
    }

    private static MimeMessage Trial(string from, string recipient) =>
        new(
            [MailboxAddress.Parse(from)],
            [MailboxAddress.Parse(recipient)],
            "Moat can send mail",
            new TextPart("plain")
            {
                Text = "Somebody ran 'moat doctor --mail' to see whether this installation can send mail. It can.\n",
            }
        );
}
