using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Moat.Isms.Evidence.Collectors;
using Polly;
using Polly.Retry;

namespace Moat.Collectors.Http;

/// <summary>
/// The way out of every collector: guarded against the server's own network, without redirects to elsewhere, bounded in
/// size and time, patient with sources that are busy for a moment (429, 5xx, Retry-After), and never with a secret in
/// the clear.
/// </summary>
public sealed class SourceHttp : IDisposable
{
    private const int LargestAnswer = 32 * 1024 * 1024;
    private const int MostRetries = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private readonly OutboundGuard _guard;
    private readonly SocketsHttpHandler _sockets;
    private readonly HttpMessageHandler _patient;

    /// <summary>Goes out through the guard.</summary>
    public SourceHttp(OutboundGuard guard, TimeSpan? firstPause = null)
    {
        _guard = guard;
        _sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = guard.Connect,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            // A proxy would look up the name itself, and the guard would see the proxy's address only.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
        };
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = MostRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstPause ?? TimeSpan.FromSeconds(1),
            ShouldRetryAfterHeader = true,
            MaxDelay = LongestPause,
            ShouldHandle = IsBusy,
        };
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(retry)
            .AddTimeout(TimeSpan.FromSeconds(30))
            .Build();
        var bounded = new BoundedAnswers(LargestAnswer) { InnerHandler = _sockets };
        _patient = new ShelteredSecrets(this)
        {
            InnerHandler = new ResilienceHandler(pipeline) { InnerHandler = bounded },
        };
    }

    /// <summary>
    /// A client that goes out through the guard, for libraries that bring their own requests; <paramref name="reader"/>
    /// sees each answer first.
    /// </summary>
    public HttpClient Client(DelegatingHandler? reader = null)
    {
        if (reader is not null)
            reader.InnerHandler = _patient;
        return Client(reader ?? _patient);
    }

    private static HttpClient Client(HttpMessageHandler handler) =>
        new(handler, disposeHandler: false)
        {
            Timeout = TimeSpan.FromMinutes(3),
            MaxResponseContentBufferSize = LargestAnswer,
        };

    /// <summary>
    /// Asks for JSON. A source that cannot be reached throws <see cref="CollectorFailed"/>; any status is an answer.
    /// </summary>
    public static async Task<SourceAnswer> Get(
        HttpClient client,
        string address,
        CancellationToken ct,
        Action<HttpRequestMessage>? with = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(client, request, with, ct);
    }

    /// <summary>
    /// Asks for a file and answers its bytes as they came. A source that cannot be reached, or has no such file, throws
    /// <see cref="CollectorFailed"/>.
    /// </summary>
    public static async Task<byte[]> GetFile(
        HttpClient client,
        string address,
        CancellationToken ct,
        Action<HttpRequestMessage>? with = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(
            client,
            request,
            with,
            (response, bytes) =>
                response.IsSuccessStatusCode
                    ? bytes
                    : throw new CollectorFailed($"The address answers {(int)response.StatusCode}."),
            ct
        );
    }

    /// <summary>The address of a source as it is set. Throws <see cref="CollectorFailed"/> when it is none.</summary>
    public static Uri Address(CollectorAccess access) =>
        Uri.TryCreate(access.Need("url"), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new CollectorFailed($"'{access.Need("url")}' is no address. Write one that begins with https://.");

    /// <summary>An address below that of a source, such as <c>api/v1/rules</c>.</summary>
    public static string Below(CollectorAccess access, string path) =>
        $"{Address(access).AbsoluteUri.TrimEnd('/')}/{path}";

    /// <summary>
    /// The address, when a secret may be sent there: over TLS, or to a host that the operator named. Throws
    /// <see cref="CollectorFailed"/>.
    /// </summary>
    public Uri Sheltered(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || _guard.IsNamed(address.Host)
            ? address
            : throw new CollectorFailed(
                $"Only addresses that begin with https:// are read: a secret does not travel in the clear. The operator can allow it with --allow-host {address.Host}."
            );

    /// <summary>Posts JSON and reads the answer.</summary>
    public static async Task<SourceAnswer> Post(
        HttpClient client,
        string address,
        JsonNode body,
        CancellationToken ct,
        Action<HttpRequestMessage>? with = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        return await Send(client, request, with, ct);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _patient.Dispose();
        _sockets.Dispose();
    }

    /// <summary>
    /// What is not implemented (501) will not be in a second either, and who says to come back in an hour is not waited
    /// for.
    /// </summary>
    private static ValueTask<bool> IsBusy(RetryPredicateArguments<HttpResponseMessage> args)
    {
        var answer = args.Outcome.Result;
        var soon =
            answer?.StatusCode != HttpStatusCode.NotImplemented && !(answer?.Headers.RetryAfter?.Delta > LongestPause);
        return ValueTask.FromResult(soon && HttpClientResiliencePredicates.IsTransient(args.Outcome));
    }

    private static Task<SourceAnswer> Send(
        HttpClient client,
        HttpRequestMessage request,
        Action<HttpRequestMessage>? with,
        CancellationToken ct
    ) =>
        Send(
            client,
            request,
            with,
            (response, bytes) =>
                new SourceAnswer(response.StatusCode, Parse(request, response, bytes), response.Headers),
            ct
        );

    private static async Task<T> Send<T>(
        HttpClient client,
        HttpRequestMessage request,
        Action<HttpRequestMessage>? with,
        Func<HttpResponseMessage, byte[], T> read,
        CancellationToken ct
    )
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
        catch (Exception e)
            when (e is Polly.Timeout.TimeoutRejectedException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CollectorFailed($"{request.RequestUri?.Host} did not answer in time.");
        }
    }

    private static JsonNode? Parse(HttpRequestMessage request, HttpResponseMessage response, byte[] bytes)
    {
        if (bytes.Length == 0 || response.StatusCode == HttpStatusCode.NotModified)
            return null;
        try
        {
            return JsonNode.Parse(bytes, documentOptions: Strict);
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new CollectorFailed(
                $"{request.RequestUri?.Host} answered {request.RequestUri?.AbsolutePath} with something that is not JSON."
            );
        }
    }

    /// <summary>Looks at every request that leaves, whoever made it and whatever page it followed.</summary>
    private sealed class ShelteredSecrets(SourceHttp http) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.Headers.Authorization is not null || request.Headers.Contains("Authorization"))
                http.Sheltered(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
