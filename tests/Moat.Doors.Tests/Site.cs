using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Server.Host;
using Moat.Storage;

[assembly: AssemblyFixture(typeof(Moat.Tests.Site))]
[assembly: AssemblyFixture(typeof(Moat.Tests.PostgresSite))]

namespace Moat.Tests;

/// <summary>
/// A served installation with two organisations, and a token and an account for every role of the first.
/// </summary>
public partial class Site : IAsyncLifetime
{
    public const string Password = "a long enough password";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<Role, string> _tokens = [];
    private WebApplication? _app;

    public string Url { get; private set; } = "";

    public string RivalToken { get; private set; } = "";

    public IServiceProvider Services => _app!.Services;

    internal OperationCatalog Catalog => _app!.Services.GetRequiredService<OperationCatalog>();

    public virtual ValueTask InitializeAsync() => Start(null);

    private protected async ValueTask Start(string? postgres)
    {
        _app = MoatServer.Build(
            new ServerOptions
            {
                Storage = new StorageOptions { DataFolder = _folder.Path, Postgres = postgres },
                Url = "http://127.0.0.1:0",
            }
        );
        await _app.StartAsync();
        Url = _app!.Urls.First();
        var owner = await Found("acme", "Ada Acme");
        var rival = await Found("rival", "Rita Rival");
        foreach (var role in Roles.Assignable)
        {
            _tokens[role] = ((MadeToken)await Do(owner, "access.create-token", new { name = $"{role}", role })).Token;
            var link = (
                (MadeInvitation)
                    await Do(
                        owner,
                        "access.invite",
                        new
                        {
                            email = $"{role}@acme.test",
                            name = $"{role} of Acme",
                            role,
                        }
                    )
            ).Link;
            await using var scope = _app!.Services.CreateAsyncScope();
            var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
            var account = await desk.Create($"{role}@acme.test", $"{role} of Acme", Password);
            var organization = await scope
                .ServiceProvider.GetRequiredService<AccessDirectory>()
                .Organization("acme", CancellationToken.None);
            await desk.Join(organization!, link.Split('/')[^1], account, CancellationToken.None);
        }
        RivalToken = (
            (MadeToken)await Do(rival, "access.create-token", new { name = "rival", role = Role.Owner })
        ).Token;
        await Do(owner, "interview.answer", new { answers = Answers.Json, complete = true });
        await Do(owner, "draft.generate", new { });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A client of a program with the token of a role.</summary>
    public HttpClient With(Role role) => With(_tokens[role]);

    public HttpClient With(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(Url),
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser without scripts, in which nobody has signed in.</summary>
    public HttpClient Browser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(Url),
        };

    /// <summary>Fills the sign-in form and sends it.</summary>
    public static async Task<HttpResponseMessage> SignIn(HttpClient browser, string email, string password)
    {
        var page = await browser.GetStringAsync("/sign-in");
        Task<HttpResponseMessage> Try() =>
            browser.PostAsync("/sign-in", Form(page, ("email", email), ("password", password)));
        var answer = await Try();
        // All tests sign in from one address, so that they may have to wait for its next turn as anybody would.
        for (var turn = 0; turn < 3 && answer.StatusCode == HttpStatusCode.TooManyRequests; turn++)
        {
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(20));
            answer = await Try();
        }
        return answer;
    }

    /// <summary>A browser without scripts, signed in with an account.</summary>
    public async Task<HttpClient> SignedIn(string email)
    {
        var client = Browser();
        using var answer = await SignIn(client, email, Password);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? client
            : throw new InvalidOperationException(
                $"{email} cannot sign in: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
    }

    /// <summary>
    /// The form of a page with its hidden fields and some values; of the form that a <c>_handler</c> among them names,
    /// where the page has several.
    /// </summary>
    public static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] values) =>
        new(
            Hidden()
                .Matches(Named(page, values.FirstOrDefault(v => v.Name == "_handler").Value))
                .Select(m =>
                    KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))
                )
                .DistinctBy(p => p.Key)
                .Where(p => values.All(v => v.Name != p.Key))
                .Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)))
        );

    private static string Named(string page, string? handler) =>
        handler is null
            ? page
            : Forms()
                .Matches(page)
                .Select(f => f.Value)
                .FirstOrDefault(f => f.Contains($"name=\"_handler\" value=\"{handler}\"", StringComparison.Ordinal))
                ?? page;

    /// <summary>Calls a tool of the Model Context Protocol.</summary>
    public async Task<JsonNode> Mcp(HttpClient client, string method, JsonObject parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = 1,
                    ["method"] = method,
                    ["params"] = parameters,
                }
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        var line = text.Split('\n').First(l => l.StartsWith("data:", StringComparison.Ordinal) || l.StartsWith('{'));
        return JsonNode.Parse(line.StartsWith("data:", StringComparison.Ordinal) ? line[5..] : line)!;
    }

    internal async Task<object> Do(Caller caller, string operation, object input)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
        var json = System.Text.Json.JsonSerializer.SerializeToNode(input, InputBinder.Json)!.AsObject();
        return await scope
            .ServiceProvider.GetRequiredService<IsmsSession>()
            .Run(Catalog.Find(operation)!, json, CancellationToken.None);
    }

    private async Task<Caller> Found(string slug, string name)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create($"founder@{slug}.test", name, Password);
        await desk.Found(slug, name, account, "ui", CancellationToken.None);
        return (
            await scope
                .ServiceProvider.GetRequiredService<AccessDirectory>()
                .Member(slug, account.Id, name, "ui", CancellationToken.None)
        )! with
        {
            Confirmed = true,
        };
    }

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}

/// <summary>
/// The same on PostgreSQL, where reads really wait for each other, as a user who owns no table. Nothing is served where
/// PostgreSQL is not installed.
/// </summary>
public sealed class PostgresSite : Site
{
    public override async ValueTask InitializeAsync()
    {
        if (PostgresCluster.IsInstalled)
            await Start(await PostgresCluster.NewServedDatabase());
    }

    /// <summary>This site, or the end of the test that needs it.</summary>
    public PostgresSite There()
    {
        Counterpart.Need(PostgresCluster.IsInstalled, "PostgreSQL");
        return this;
    }
}
