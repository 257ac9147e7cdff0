using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// GitHub's webhooks: signed over the raw body, once for each delivery, and nothing but a reason to read the source.
/// </summary>
public sealed class GitHubHookTests
{
    [Fact]
    public async Task A_signed_webhook_makes_the_source_due_and_nobody_else_can()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "GitHub",
                ["kind"] = "github",
                ["settings"] = new JsonArray("organization=acme", "url=http://127.0.0.1:9"),
            }
        );
        var hook = await acme.Do<MadeHook>("collectors.make-hook", new JsonObject { ["ref"] = "SRC-1" });
        Assert.DoesNotContain(
            hook.Secret,
            System.Text.Json.JsonSerializer.Serialize(await acme.Do<JournalPage>("journal.list", [])),
            StringComparison.Ordinal
        );
        await acme.DoBySystem("collectors.begin", new JsonObject { ["source"] = "SRC-1" });

        Assert.Equal(HttpStatusCode.NotFound, await Send(client, hook.Path, "{}", "wrong secret", "1"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await Send(client, hook.Path.Replace("SRC-1", "SRC-2", StringComparison.Ordinal), "{}", hook.Secret, "1")
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            await Send(client, hook.Path.Replace("/acme/", "/other/", StringComparison.Ordinal), "{}", hook.Secret, "1")
        );
        Assert.Equal(HttpStatusCode.BadRequest, await Send(client, hook.Path, "payload=x", hook.Secret, "1"));
        var before = (await acme.Do<CollectorView>("collectors.get", new JsonObject { ["ref"] = "SRC-1" })).NextRunAt;
        Assert.Equal(
            HttpStatusCode.Accepted,
            await Send(client, hook.Path, """{"action":"publicized"}""", hook.Secret, "2")
        );
        var due = (await acme.Do<CollectorView>("collectors.get", new JsonObject { ["ref"] = "SRC-1" })).NextRunAt;
        Assert.True(due < before);
        await acme.Do("collectors.edit", new JsonObject { ["ref"] = "SRC-1", ["paused"] = true });
        Assert.Equal(
            HttpStatusCode.Accepted,
            await Send(client, hook.Path, """{"action":"publicized"}""", hook.Secret, "2")
        );

        var again = await acme.Do<MadeHook>("collectors.make-hook", new JsonObject { ["ref"] = "SRC-1" });
        Assert.Equal(HttpStatusCode.NotFound, await Send(client, hook.Path, "{}", hook.Secret, "3"));
        Assert.Equal(HttpStatusCode.Accepted, await Send(client, hook.Path, "{}", again.Secret, "3"));
    }

    /// <summary>
    /// Every webhook of the corpus. What happened is not taken from it: whatever it tells, the source is read at once,
    /// and once for a delivery.
    /// </summary>
    private static readonly string[] Deliveries =
    [
        "branch_protection_rule.created",
        "branch_protection_rule.deleted",
        "branch_protection_rule.edited",
        "code_scanning_alert.created",
        "code_scanning_alert.fixed",
        "dependabot_alert.created",
        "member.added",
        "organization.member_added",
        "push",
        "repository.created",
        "repository.publicized",
        "secret_scanning_alert.reopened",
        "security_advisory.published",
        "workflow_run.completed",
    ];

    [Fact]
    public async Task Every_webhook_of_the_corpus_makes_the_source_due_once()
    {
        Assert.Equal(
            Deliveries.Select(d => $"{d}.payload.json"),
            Corpus.Files("github-webhooks", "*").Select(f => Path.GetFileName(f)!)
        );
        await using var acme = await Acme.Found(listens: true);
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "GitHub",
                ["kind"] = "github",
                ["settings"] = new JsonArray("organization=acme", "url=http://127.0.0.1:9"),
            }
        );
        var hook = await acme.Do<MadeHook>("collectors.make-hook", new JsonObject { ["ref"] = "SRC-1" });
        async Task<bool> IsDue() =>
            (await acme.Do<CollectorView>("collectors.get", new JsonObject { ["ref"] = "SRC-1" })).NextRunAt
            <= TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var delivery in Deliveries)
        {
            // A run that began takes the source's turn away.
            await acme.DoBySystem("collectors.begin", new JsonObject { ["source"] = "SRC-1" });
            Assert.False(await IsDue());
            var body = await File.ReadAllTextAsync(Corpus.Of($"github-webhooks/{delivery}.payload.json"));
            Assert.Equal(HttpStatusCode.Accepted, await Send(client, hook.Path, body, hook.Secret, delivery));
            Assert.True(await IsDue(), delivery);
            await acme.DoBySystem("collectors.begin", new JsonObject { ["source"] = "SRC-1" });
            Assert.Equal(HttpStatusCode.Accepted, await Send(client, hook.Path, body, hook.Secret, delivery));
            Assert.False(await IsDue(), delivery);
            // Nobody signs the number: what somebody overheard and sends again under another one is still the same.
            Assert.Equal(
                HttpStatusCode.Accepted,
                await Send(client, hook.Path, body, hook.Secret, $"{delivery} again")
            );
            Assert.False(await IsDue(), delivery);
            await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
        }
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_never_kept_for_a_key()
    {
        await using var acme = await Acme.Found(listens: true);
        var token = (
            await acme.Do<Moat.Isms.People.MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = "pipeline", ["role"] = "isms-manager" }
            )
        ).Token;
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "GitHub",
                ["kind"] = "github",
                ["settings"] = new JsonArray("organization=acme"),
            }
        );
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/acme/collectors/SRC-1/make-hook")
        {
            Headers = { Authorization = new("Bearer", token) },
        };
        request.Headers.Add("Idempotency-Key", "one");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("never kept", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_github_sources_take_webhooks()
    {
        await using var acme = await Acme.Found();
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Models",
                ["kind"] = "mlflow",
                ["settings"] = new JsonArray("url=https://x.test"),
            }
        );
        Assert.Equal(
            "collectors.make-hook.kind",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    acme.Do("collectors.make-hook", new JsonObject { ["ref"] = "SRC-1" })
                )
            ).RuleId
        );
    }

    private static async Task<HttpStatusCode> Send(
        HttpClient client,
        string path,
        string body,
        string secret,
        string delivery
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(
            "X-Hub-Signature-256",
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))}"
        );
        request.Headers.Add("X-GitHub-Delivery", delivery);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
