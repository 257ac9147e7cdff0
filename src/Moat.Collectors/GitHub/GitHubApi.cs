using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.GitHub;

/// <summary>
/// GitHub's REST API as one collector's secret may use it: pages followed, rate limits respected, an app's key
/// exchanged for a token.
/// </summary>
internal sealed class GitHubApi : IDisposable
{
    private const int MostPages = 200;
    private readonly RememberedAnswers _remembered;
    private readonly HttpClient _client;
    private readonly string _root;
    private readonly TimeProvider _clock;
    private string? _token;

    private GitHubApi(SourceHttp http, RememberedAnswers remembered, string root, TimeProvider clock)
    {
        (_remembered, _root, _clock) = (remembered, root.TrimEnd('/'), clock);
        _client = http.Client();
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("moat");
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <summary>Signs in with a token, or as the installation of an app when the secret is its private key.</summary>
    public static async Task<GitHubApi> SignIn(
        SourceHttp http,
        RememberedAnswers remembered,
        CollectorAccess access,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var api = new GitHubApi(
            http,
            remembered,
            access.Get("url") is null ? "https://api.github.com" : SourceHttp.Address(access).AbsoluteUri,
            clock
        );
        var secret =
            access.Secret ?? throw new CollectorFailed("There is no token yet. Give one in the source's settings.");
        api._token = secret.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? await api.AsApp(access, secret, ct)
            : secret;
        return api;
    }

    /// <summary>
    /// One resource below the root, such as <c>orgs/acme</c>. What did not change since the last run is not sent again
    /// and costs no rate limit.
    /// </summary>
    public async Task<SourceAnswer> Get(string path, CancellationToken ct) => (await Ask(path, ct)).AsObject();

    /// <summary>The first page of a list.</summary>
    public async Task<SourceAnswer> Page(string path, CancellationToken ct) => (await Ask(path, ct)).AsList();

    /// <summary>Every item of a list over all pages, or the answer that refused it.</summary>
    public async Task<(IReadOnlyList<JsonObject> Items, SourceAnswer Last)> All(string path, CancellationToken ct)
    {
        var items = new List<JsonObject>();
        var next = path;
        SourceAnswer answer;
        var pages = 0;
        do
        {
            answer = await Page(next, ct);
            items.AddRange(answer.Objects);
            next = answer.Next!;
        } while (answer.Ok && next is not null && ++pages < MostPages);
        return (items, answer);
    }

    public void Dispose() => _client.Dispose();

    private async Task<SourceAnswer> Ask(string path, CancellationToken ct)
    {
        var address = path.StartsWith("http", StringComparison.Ordinal) ? Checked(path) : $"{_root}/{path}";
        var known = _remembered.Find(address, _token);
        var answer = await SourceHttp.Get(
            _client,
            address,
            ct,
            request =>
            {
                Authorize(request);
                if (known is not null)
                    request.Headers.TryAddWithoutValidation("If-None-Match", known.Tag);
            }
        );
        if (answer.Status == HttpStatusCode.NotModified && known is not null)
            return known.Answer;
        _remembered.Keep(address, _token, answer);
        if (answer.Status == HttpStatusCode.Unauthorized)
            throw new CollectorFailed("GitHub does not accept the token: it is wrong, expired or revoked.");
        if (GitHubLimits.Until(answer, _clock.GetUtcNow().UtcDateTime) is { } until)
            throw new CollectorFailed(
                $"GitHub's rate limit is used up until {until:d MMM HH:mm} UTC. The next run goes on then.",
                until
            );
        return answer;
    }

    // The token goes to the host that was configured and to no other, whatever a page says.
    private string Checked(string address) =>
        new Uri(address).GetLeftPart(UriPartial.Authority) == new Uri(_root).GetLeftPart(UriPartial.Authority)
            ? address
            : throw new CollectorFailed("The next page of a list is on another host, so it is not followed.");

    private void Authorize(HttpRequestMessage request)
    {
        if (_token is not null)
            request.Headers.Authorization = new("Bearer", _token);
    }

    private async Task<string> AsApp(CollectorAccess access, string privateKey, CancellationToken ct)
    {
        var (app, installation) = (access.Need("app"), access.Need("installation"));
        var answer = await SourceHttp.Post(
            _client,
            $"{_root}/app/installations/{Uri.EscapeDataString(installation)}/access_tokens",
            new JsonObject(),
            ct,
            r => r.Headers.Authorization = new("Bearer", AppToken(app, privateKey))
        );
        return answer.Json.At("token").Text()
            ?? throw new CollectorFailed(
                $"GitHub does not let app {app} in as installation {installation}: {answer.AsObject().Says} {answer.Json.At("message").Text()}"
            );
    }

    /// <summary>A JSON Web Token (RFC 7519) signed with the app's key, good for some minutes.</summary>
    private string AppToken(string app, string privateKey)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(privateKey);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CollectorFailed(
                "The secret looks like a private key but cannot be read. Paste the whole PEM file."
            );
        }
        var now = _clock.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = app,
            IssuedAt = now.AddMinutes(-1),
            Expires = now.AddMinutes(9),
            SigningCredentials = new SigningCredentials(
                // Otherwise the library remembers the key of a source for as long as the server runs.
                new RsaSecurityKey(rsa) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
                SecurityAlgorithms.RsaSha256
            ),
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }
}
