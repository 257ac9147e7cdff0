using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Moat.Isms.Kernel;

namespace Moat.Hosting.Mail;

/// <summary>How sending a message went.</summary>
/// <param name="Sent">Whether the mail server took it.</param>
/// <param name="Says">What it said.</param>
/// <param name="Final">Whether it refused for good.</param>
public sealed record MailResult(bool Sent, string Says, bool Final = false);

/// <summary>Hands messages to the mail server that the operator named, one connection for a batch.</summary>
public sealed class Mailer(MailOptions? options)
{
    private const int LongestWait = 20_000;
    private const int LongestSaying = 500;

    /// <summary>The mail server, or null when there is none.</summary>
    public MailOptions? Options => options;

    /// <summary>Sends messages in order; answers how each went.</summary>
    public async Task<IReadOnlyList<MailResult>> Send(IReadOnlyList<MimeMessage> messages, CancellationToken ct)
    {
        var results = new List<MailResult>();
        var trouble = await Connected(
            async smtp =>
            {
                foreach (var message in messages)
                    results.Add(await One(smtp, message, ct));
            },
            ct
        );
        // What was not tried is as if the mail server had been away: it is tried again later.
        while (results.Count < messages.Count)
            results.Add(new MailResult(false, trouble ?? ""));
        return results;
    }

    /// <summary>
    /// Connects and signs in as for sending, and hands nothing over; answers what went wrong, or null.
    /// </summary>
    public Task<string?> Trouble(CancellationToken ct) => Connected(_ => Task.CompletedTask, ct);

    private async Task<string?> Connected(Func<SmtpClient, Task> talk, CancellationToken ct)
    {
        if (options is null)
            throw new InvalidOperationException("No mail server is named.");
        string? untrusted = null;
        using var smtp = new SmtpClient { Timeout = LongestWait };
        smtp.ServerCertificateValidationCallback = (_, shown, chain, errors) =>
            (untrusted = MailTrust.Refuses(options, shown, chain, errors)) is null;
        try
        {
            await smtp.ConnectAsync(options.Host, options.Port, Security(options.Protection), ct);
            if (options.User is not null)
                await smtp.AuthenticateAsync(options.User, options.Secret ?? "", ct);
            await talk(smtp);
            await smtp.DisconnectAsync(quit: true, ct);
            return null;
        }
        catch (Exception e) when (IsTrouble(e, ct))
        {
            return (untrusted ?? e.Message).Cut(LongestSaying);
        }
    }

    private static async Task<MailResult> One(SmtpClient smtp, MimeMessage message, CancellationToken ct)
    {
        try
        {
            return new MailResult(true, (await smtp.SendAsync(message, ct)).Cut(LongestSaying));
        }
        catch (SmtpCommandException e)
        {
            // 4xx is "not now", 5xx "never" (RFC 5321, 4.2.1).
            return new MailResult(
                false,
                string.Create(CultureInfo.InvariantCulture, $"{(int)e.StatusCode} {e.Message}").Cut(LongestSaying),
                Final: (int)e.StatusCode >= 500
            );
        }
    }

    private static bool IsTrouble(Exception e, CancellationToken ct) =>
        e
            is SmtpProtocolException
                or SmtpCommandException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or AuthenticationException
                or SslHandshakeException
                or SocketException
                or IOException
                or NotSupportedException
                or TimeoutException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private static SecureSocketOptions Security(MailProtection protection) =>
        protection switch
        {
            MailProtection.Tls => SecureSocketOptions.SslOnConnect,
            MailProtection.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
}
