using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Moat.Hosting.Mail;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Storage;
using SmtpResponse = SmtpServer.Protocol.SmtpResponse;

namespace Moat.Tests;

/// <summary>A real SMTP server on the loopback.</summary>
internal sealed class Relay : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port = FreePort();
    private X509Certificate2? _certificate;
    private Task _running = Task.CompletedTask;

    public ConcurrentQueue<MimeMessage> Messages { get; } = [];

    public SmtpResponse Answer { get; set; } = SmtpResponse.Ok;

    /// <summary>Whether somebody signed in over TLS; null while nobody did.</summary>
    public bool? SignedInOverTls { get; private set; }

    public MailOptions Options =>
        new()
        {
            Host = _certificate is null ? "127.0.0.1" : "localhost",
            Port = _port,
            Protection = _certificate is null ? MailProtection.None : MailProtection.StartTls,
            From = "Moat <moat@acme.test>",
        };

    public static Relay Start(X509Certificate2? certificate = null, string? user = null, string? password = null)
    {
        var relay = new Relay { _certificate = certificate };
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(relay);
        services.Add(
            new DelegatingUserAuthenticator(
                (session, name, word) =>
                {
                    if (name != user || word != password)
                        return false;
                    relay.SignedInOverTls = session.Pipe.IsSecure;
                    return true;
                }
            )
        );
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(e =>
            {
                e.Endpoint(new IPEndPoint(IPAddress.Loopback, relay._port));
                if (certificate is not null)
                    e.Certificate(certificate).AuthenticationRequired(true).AllowUnsecureAuthentication(false);
            })
            .Build();
        relay._running = new SmtpServer.SmtpServer(options, services).StartAsync(relay._stop.Token);
        return relay;
    }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        System.Buffers.ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (Answer != SmtpResponse.Ok)
            return Answer;
        await using var stream = new MemoryStream();
        foreach (var part in buffer)
            await stream.WriteAsync(part, cancellationToken);
        stream.Position = 0;
        Messages.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it stops.
        }
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
