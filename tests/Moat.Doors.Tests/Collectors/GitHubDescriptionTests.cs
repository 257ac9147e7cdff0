using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moat.Collectors.GitHub;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// GitHub as its own OpenAPI description says it answers, served by a mock server that knows nothing but that
/// description.
/// </summary>
[TakesLong]
public sealed class GitHubDescriptionTests
{
    // The first has GitHub's examples, the others what the schemas allow: every member that may be left out or be null.
    private const int Rounds = 4;

    [Fact]
    public async Task Every_request_is_described_and_every_described_answer_is_read()
    {
        var port = NodeProgram.FreePort();
        using var cloud = GitHubDescription.Of("api.github.com");
        using var mock = await NodeProgram.Start(
            "@stoplight/prism-cli/dist/index.js",
            "Prism is listening",
            "mock",
            "--host",
            "127.0.0.1",
            "--port",
            $"{port}",
            GitHubDescription.FileOf("api.github.com")
        );
        using var github = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await using var relay = await RecordedSource.Start();
        var round = 0;
        relay.On(_ => true, http => Relay(github, http, dynamic: round > 0));
        for (; round < Rounds; round++)
        {
            var facts = await RecordedSource.Everything(
                new GitHubCollector(RecordedSource.Http(), TimeProvider.System),
                relay.Access(settings: ("organization", "acme"))
            );
            Assert.Empty(facts.OfType<NotRead>());
            var repository = facts.OfType<CollectedFact>().First(f => f.Kind == "github.repository").Content;
            var organization = facts.OfType<CollectedFact>().Single(f => f.Kind == "github.organization").Content;
            Assert.Empty(
                Missing(organization, "owners", "principals", "withoutSecondFactor", "defaultRepositoryPermission")
            );
            Assert.Empty(
                Missing(
                    repository,
                    "visibility",
                    "protection",
                    "codeOwners",
                    "principals",
                    "teams",
                    "admins",
                    "outsiders",
                    "secretScanning",
                    "dependabot",
                    "codeScanning",
                    "actions"
                )
            );
            foreach (var fact in facts.OfType<CollectedFact>())
            foreach (var check in KnowledgeBase.Shipped.Checks.Where(c => c.Resource == fact.Kind))
                check.Rule.Evaluate(new FactContent(fact.Content.ToJsonString()));
        }
        await SignInAsApp(relay);

        Assert.True(relay.Requests.Distinct().Count() > 15);
        Assert.Empty(relay.Requests.Distinct().Select(cloud.Wrong).OfType<string>());
        using var server = GitHubDescription.Of("ghes-3.19");
        Assert.Empty(relay.Requests.Distinct().Select(server.Wrong).OfType<string>());
        Assert.NotNull(cloud.Wrong("GET /orgs/acme/members?filter=nonsense"));
        Assert.NotNull(cloud.Wrong("GET /orgs/acme?bogus=1"));
        Assert.NotNull(cloud.Wrong("GET /no/such"));
    }

    private static IEnumerable<string> Missing(JsonObject fact, params string[] names) =>
        names
            .Where(n => fact[n] is null && fact["unknown"]?[n] is null)
            .Concat(names.Where(n => fact["unknown"]?[n] is not null).Select(n => $"{n}: {fact["unknown"]![n]}"));

    private static async Task SignInAsApp(RecordedSource relay)
    {
        using var rsa = RSA.Create(2048);
        await new GitHubCollector(RecordedSource.Http(), TimeProvider.System).Test(
            relay.Access(rsa.ExportPkcs8PrivateKeyPem(), ("organization", "acme"), ("app", "1"), ("installation", "2")),
            CancellationToken.None
        );
    }

    private static async Task Relay(HttpClient github, HttpContext http, bool dynamic)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            $"{http.Request.Path}{http.Request.QueryString}"
        );
        // The collector asks for application/vnd.github+json as GitHub's guide says; the description calls the same
        // answers application/json.
        foreach (var name in new[] { "Authorization", "X-GitHub-Api-Version" })
            if (http.Request.Headers.TryGetValue(name, out var values))
                request.Headers.TryAddWithoutValidation(name, values.ToString());
        // Names come from the example always, because the next requests are made of them.
        if (dynamic && !request.RequestUri!.OriginalString.StartsWith("/orgs/acme", StringComparison.Ordinal))
            request.Headers.Add("Prefer", "dynamic=true");
        if (http.Request.Method == "POST")
        {
            request.Content = new StringContent(await new StreamReader(http.Request.Body).ReadToEndAsync());
            request.Content.Headers.ContentType = new("application/json");
        }
        using var answer = await github.SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = $"{answer.Content.Headers.ContentType}";
        // The examples' next pages lead to the real GitHub, where tests do not go.
        await answer.Content.CopyToAsync(http.Response.Body);
    }
}
