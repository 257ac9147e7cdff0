using System.Globalization;
using System.Net;
using System.Text;
using Moat.Collectors.Http;
using Moat.Isms.Work.Webhooks;

namespace Moat.Hosting.Webhooks;

/// <summary>How sending went.</summary>
public sealed record SentWebhook(bool Delivered, string Says, bool Gone = false);

/// <summary>
/// Posts messages, signed as Standard Webhooks has it: HMAC-SHA256 over id, time and body. It goes out through the same
/// guard as collectors, follows no redirect and reads nothing of the answer but its status.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly GuardedOutbound _outbound;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    /// <summary>Goes out through the guard.</summary>
    public WebhookSender(OutboundGuard guard, TimeProvider clock)
    {
        (_outbound, _clock) = (new GuardedOutbound(guard), clock);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = guard.Connect,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };
        _http = new HttpClient(sockets) { Timeout = TimeSpan.FromSeconds(15) };
    }

    /// <summary>Sends a message.</summary>
    public async Task<SentWebhook> Send(Outgoing message, CancellationToken ct)
    {
        var address = new Uri(message.Url);
        if (_outbound.Refuses(address) is { } why)
            return new SentWebhook(false, why);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Payload)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/cloudevents+json; charset=utf-8");
        Sign(request, message);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var says = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
            return new SentWebhook(answer.IsSuccessStatusCode, says, answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (HttpRequestException e)
        {
            return new SentWebhook(false, $"{address.Host} cannot be reached: {e.Message}");
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SentWebhook(
                false,
                $"{address.Host} did not answer within {_http.Timeout.TotalSeconds} seconds."
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private void Sign(HttpRequestMessage request, Outgoing message)
    {
        // The id stays the same when a message is sent again, so that the other side can know it; the time does not.
        var (id, time) = (
            $"msg_{message.Delivery:N}",
            _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        );
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add(
            "webhook-signature",
            WebhookSignature.Of(message.Secret, id, time, Encoding.UTF8.GetBytes(message.Payload))
        );
        request.Headers.UserAgent.ParseAdd("Moat");
    }
}
