using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Moat.Isms.Evidence.Collectors;
using Polly;
using Polly.Retry;

namespace Moat.Collectors.Http;

/// <summary>What a source answered: its status, its JSON when it sent some, and where the next page is.</summary>
public sealed record SourceAnswer(HttpStatusCode Status, JsonNode? Json, HttpResponseHeaders Headers)
{
    /// <summary>Whether it is a success.</summary>
    public bool Ok => (int)Status is >= 200 and < 300;

    /// <summary>The address of the next page (RFC 8288), or null.</summary>
    public string? Next => Headers.TryGetValues("Link", out var links) ? links.SelectMany(l => l.Split(',')).Where(l => l.Contains("rel=\"next\"", StringComparison.Ordinal))
        .Select(l => l.Split(';')[0].Trim().Trim('<', '>')).FirstOrDefault() : null;

    /// <summary>The objects of a list.</summary>
    public IEnumerable<JsonObject> Objects => (Json as JsonArray)?.OfType<JsonObject>() ?? [];
}

/// <summary>
/// The way out of every collector: guarded against the server's own network, without redirects to elsewhere, bounded in size and time,
/// and patient with sources that are busy (429, 5xx, Retry-After).
/// </summary>
public sealed class SourceHttp : IDisposable
{
    private const int LargestAnswer = 32 * 1024 * 1024;
    private const int MostRetries = 3;
    private readonly SocketsHttpHandler _sockets;
    private readonly HttpMessageHandler _patient;

    /// <summary>Goes out through the guard.</summary>
    public SourceHttp(OutboundGuard guard, TimeSpan? firstPause = null)
    {
        _sockets = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectCallback = guard.Connect, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AutomaticDecompression = DecompressionMethods.All };
        var retry = new HttpRetryStrategyOptions { MaxRetryAttempts = MostRetries, BackoffType = DelayBackoffType.Exponential, UseJitter = true, Delay = firstPause ?? TimeSpan.FromSeconds(1), ShouldRetryAfterHeader = true, MaxDelay = TimeSpan.FromSeconds(60), ShouldHandle = IsBusy };
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(retry).AddTimeout(TimeSpan.FromSeconds(30)).Build();
        _patient = new ResilienceHandler(pipeline) { InnerHandler = _sockets };
    }

    /// <summary>A client that goes out through the guard, for libraries that bring their own requests; <paramref name="reader"/> sees each answer first.</summary>
    public HttpClient Client(DelegatingHandler? reader = null)
    {
        if (reader is not null) reader.InnerHandler = _patient;
        return Client(reader ?? _patient);
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler, disposeHandler: false) { Timeout = TimeSpan.FromMinutes(3), MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>Asks for JSON. A source that cannot be reached throws <see cref="CollectorFailed"/>; any status is an answer.</summary>
    public static async Task<SourceAnswer> Get(HttpClient client, string address, CancellationToken ct, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(client, request, with, ct);
    }

    /// <summary>Asks for a file and answers its bytes as they came. A source that cannot be reached, or has no such file, throws <see cref="CollectorFailed"/>.</summary>
    public static async Task<byte[]> GetFile(HttpClient client, string address, CancellationToken ct, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(client, request, with, (response, bytes) => response.IsSuccessStatusCode ? bytes : throw new CollectorFailed($"The address answers {(int)response.StatusCode}."), ct);
    }

    /// <summary>A secret does not travel in the clear: only addresses that begin with https:// are read, and the loopback.</summary>
    public static string Sheltered(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.IsLoopback)
        ? address : throw new CollectorFailed("Only addresses that begin with https:// are read: a secret does not travel in the clear.");

    /// <summary>Posts JSON and reads the answer.</summary>
    public static async Task<SourceAnswer> Post(HttpClient client, string address, JsonNode body, CancellationToken ct, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        return await Send(client, request, with, ct);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _patient.Dispose();
        _sockets.Dispose();
    }

    /// <summary>What is not implemented (501) will not be in a second either.</summary>
    private static ValueTask<bool> IsBusy(RetryPredicateArguments<HttpResponseMessage> args) =>
        ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(args.Outcome) && args.Outcome.Result?.StatusCode != HttpStatusCode.NotImplemented);

    private static Task<SourceAnswer> Send(HttpClient client, HttpRequestMessage request, Action<HttpRequestMessage>? with, CancellationToken ct) =>
        Send(client, request, with, (response, bytes) => new SourceAnswer(response.StatusCode, Parse(request, response, bytes), response.Headers), ct);

    private static async Task<T> Send<T>(HttpClient client, HttpRequestMessage request, Action<HttpRequestMessage>? with, Func<HttpResponseMessage, byte[], T> read, CancellationToken ct)
    {
        with?.Invoke(request);
        try
        {
            using var response = await client.SendAsync(request, ct);
            return read(response, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (HttpRequestException e)
        {
            throw new CollectorFailed($"{request.RequestUri?.Host} cannot be reached: {e.Message}");
        }
        catch (Exception e) when (e is Polly.Timeout.TimeoutRejectedException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CollectorFailed($"{request.RequestUri?.Host} did not answer in time.");
        }
    }

    private static JsonNode? Parse(HttpRequestMessage request, HttpResponseMessage response, byte[] bytes)
    {
        if (bytes.Length == 0 || response.StatusCode == HttpStatusCode.NotModified) return null;
        try
        {
            return JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new CollectorFailed($"{request.RequestUri?.Host} answered {request.RequestUri?.AbsolutePath} with something that is not JSON.");
        }
    }
}

/// <summary>Reads JSON without trusting its form.</summary>
internal static class Lenient
{
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static long? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static JsonObject? Object(this JsonNode? node) => node as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The value, or null together with the reason why it is not known.</summary>
    public static void Unknown(this JsonObject fact, string name, string why)
    {
        fact[name] = null;
        if (fact["unknown"] is not JsonObject reasons) fact["unknown"] = reasons = [];
        reasons[name] = why;
    }

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];
}
