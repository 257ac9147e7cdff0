using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>Alerts that their source signed as Standard Webhooks has it, over HTTP, without any token.</summary>
public sealed class SignedAlertTests
{
    private const string Firing =
        """{"specversion":"1.0","id":"1","source":"https://egress.test","type":"com.acme.alert.firing","subject":"weights-bucket","time":"2026-01-05T03:10:00Z","data":{"title":"40 GB left the weights bucket","severity":"critical"}}""";

    [Fact]
    public async Task A_signed_alert_is_taken_once_whatever_the_content_type_and_the_journal_names_its_source()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        var made = await Make(acme);
        var (status, answer) = await Send(client, made, Firing, "msg_1");
        Assert.Equal((HttpStatusCode.OK, 1), (status, (int)answer["opened"]!));
        (status, answer) = await Send(client, made, Firing, "msg_1");
        Assert.Equal((HttpStatusCode.OK, 0, 1), (status, (int)answer["opened"]!, (int)answer["repeated"]!));
        (_, answer) = await Send(
            client,
            made,
            $"\n[{Firing.Replace("weights-bucket", "notes", StringComparison.Ordinal)}]",
            "msg_2",
            type: "text/plain"
        );
        Assert.Equal(1, (int)answer["opened"]!);
        var alerts = (await acme.Do<Page<AlertRow>>("alerts.list", [])).Items;
        Assert.Equal(["egress-watch https://egress.test"], alerts.Select(a => a.Source).Distinct());
        var journal = await acme.Do<JournalPage>("journal.list", []);
        Assert.Equal(
            2,
            journal.Items.Count(e =>
                e is { Operation: "alert-sources.receive", Actor: "egress-watch (signed)", Door: "rest" }
            )
        );
        Assert.DoesNotContain(
            made.Secret,
            System.Text.Json.JsonSerializer.Serialize(journal),
            StringComparison.Ordinal
        );

        // What was signed and is no alert is told; headers of CloudEvents, which nobody signed, are not read.
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(client, made, "payload=x", "msg_3")).Status);
        (status, answer) = await Send(
            client,
            made,
            Firing
                .Replace("alert.firing", "dataset", StringComparison.Ordinal)
                .Replace("\"severity\"", "\"size\"", StringComparison.Ordinal),
            "msg_4",
            ("ce-type", "alert")
        );
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("events[0].type", answer.ToJsonString(), StringComparison.Ordinal);
        // A message that was refused was not taken, so it may be sent again.
        Assert.Equal(HttpStatusCode.OK, (await Send(client, made, Firing, "msg_4")).Status);
    }

    [Fact]
    public async Task What_is_not_signed_looks_like_no_address_at_all_and_leaves_no_trace()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        var made = await Make(acme);
        var entries = await acme.Entries();
        foreach (var missing in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
            Assert.Equal(HttpStatusCode.NotFound, (await Send(client, made, Firing, "msg_1", (missing, null))).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Send(client, made, Firing, "msg_1", ("webhook-id", "msg_2"))).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await Send(client, made, Firing, "msg_1", signs: Firing + " ")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Send(client, made, "payload=x", "msg_1", ("webhook-signature", "v1,AAAA"))).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Send(client, made, Firing, "msg_1", path: made.Path + "er")).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await Send(
                    client,
                    made,
                    Firing,
                    "msg_1",
                    path: made.Path.Replace("/acme/", "/other/", StringComparison.Ordinal)
                )
            ).Status
        );
        var (status, answer) = await Send(
            client,
            made,
            Firing,
            "msg_1",
            at: TimeProvider.System.GetUtcNow().AddMinutes(-6)
        );
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "alert-sources.receive.stale"),
            (status, (string)answer["ruleId"]!)
        );
        Assert.Equal(entries, await acme.Entries());
    }

    [Fact]
    public async Task A_token_does_not_stand_in_for_the_signature_of_a_source_that_signs()
    {
        await using var acme = await Acme.Found(listens: true);
        var token = (
            await acme.Do<MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = "pipeline", ["role"] = "agent" }
            )
        ).Token;
        using var client = new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
        using var body = new StringContent(Firing, Encoding.UTF8, "application/cloudevents+json");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/v1/acme/hooks/egress-watch", body)).StatusCode);
        var made = await Make(acme);
        using var refused = await client.PostAsync("/api/v1/acme/hooks/egress-watch", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("alerts.receive.signed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(made.Path, body)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/v1/acme/hooks/another-watch", body)).StatusCode);
    }

    private static Task<MadeAlertSource> Make(Acme acme) =>
        acme.Do<MadeAlertSource>("alert-sources.create", new JsonObject { ["name"] = "egress-watch" });

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Send(
        HttpClient client,
        MadeAlertSource source,
        string body,
        string id,
        (string Name, string? Value)? other = null,
        string? signs = null,
        string? path = null,
        DateTimeOffset? at = null,
        string type = "application/json"
    )
    {
        var time = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(source.Secret["whsec_".Length..]),
            Encoding.UTF8.GetBytes($"{id}.{time}.{signs ?? body}")
        );
        var headers = new Dictionary<string, string?>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = time,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(signature)}",
        };
        if (other is { } changed)
            headers[changed.Name] = changed.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path ?? source.Path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new(type);
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
            request.Headers.Add(name, value);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
