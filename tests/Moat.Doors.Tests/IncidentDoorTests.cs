using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>
/// The ways by which news reaches incident handling: webhooks with a token, and a public address without a name.
/// </summary>
public sealed partial class IncidentDoorTests
{
    [Fact]
    public async Task A_recorded_webhook_becomes_one_alert_to_decide_about_and_its_end_ends_it()
    {
        var (one, end) = (
            Corpus.Of("prometheus/recorded.webhook.01.firing.ModelDriftPSIHigh.json"),
            Corpus.Of("prometheus/recorded.webhook.03.resolved.ModelDriftPSIHigh.json")
        );
        await using var acme = await Acme.Found(listens: true);
        using var client = await Program(acme, "agent");
        var firing = await File.ReadAllTextAsync(one);
        Assert.Equal((1, 0, 0), Counts(await Post(client, "alertmanager", firing)));
        Assert.Equal((0, 0, 1), Counts(await Post(client, "alertmanager", firing)));
        var alert = Assert.Single(await Alerts(acme));
        Assert.Equal(
            (
                "ModelDriftPSIHigh: Population stability index above 0.2 for fraud-detector",
                "warning",
                "PSI is 0.31",
                null
            ),
            (alert.Title, alert.Level, alert.Description, alert.ResolvedAt)
        );
        Assert.Equal((0, 1, 0), Counts(await Post(client, "alertmanager", await File.ReadAllTextAsync(end))));
        Assert.NotNull(Assert.Single(await Alerts(acme)).ResolvedAt);
        Assert.Equal(SignalState.Waiting, (await Alerts(acme))[0].State);
        await Post(
            client,
            "alertmanager",
            await File.ReadAllTextAsync(Corpus.Of("prometheus/alertmanager-webhook-multi.json"))
        );
        Assert.Contains(await Alerts(acme), a => a.Title == "high_memory_load: Server High Memory usage");
    }

    [Fact]
    public async Task Any_source_tells_alerts_as_CloudEvents_and_nothing_else_there()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Program(acme, "agent");
        const string Firing =
            """{"specversion":"1.0","id":"1","source":"https://egress.test","type":"com.acme.alert.firing","subject":"weights-bucket","time":"2026-01-05T03:10:00Z","data":{"title":"40 GB left the weights bucket","severity":"critical","labels":{"asset":"AST-1"}}}""";
        Assert.Equal((1, 0, 0), Counts(await Post(client, "egress-watch", Firing, "application/cloudevents+json")));
        Assert.Equal((0, 0, 1), Counts(await Post(client, "egress-watch", Firing, "application/cloudevents+json")));
        Assert.Equal(
            (0, 1, 0),
            Counts(
                await Post(
                    client,
                    "egress-watch",
                    Firing.Replace(".firing", ".resolved", StringComparison.Ordinal),
                    "application/cloudevents+json"
                )
            )
        );
        var alert = Assert.Single(await Alerts(acme));
        Assert.Equal(
            ("egress-watch https://egress.test", "weights-bucket", "critical"),
            (alert.Source, alert.Fingerprint, alert.Level)
        );
        var fact = Firing
            .Replace("com.acme.alert.firing", "com.acme.dataset", StringComparison.Ordinal)
            .Replace("\"severity\":\"critical\",", "", StringComparison.Ordinal);
        var refused = await Post(client, "egress-watch", fact, "application/cloudevents+json");
        Assert.Contains("events[0].type", refused.ToJsonString(), StringComparison.Ordinal);
        // The same severity in the data makes an alert of any type, also in a batch.
        var batch =
            $"[{fact.Replace("\"title\"", "\"severity\":\"low\",\"title\"", StringComparison.Ordinal).Replace("weights-bucket", "notes", StringComparison.Ordinal)}]";
        Assert.Equal(
            (1, 0, 0),
            Counts(await Post(client, "egress-watch", batch, "application/cloudevents-batch+json"))
        );
        using var member = await Program(acme, "member");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await member.PostAsync(
                    "/api/v1/acme/hooks/egress-watch",
                    new StringContent(Firing, Encoding.UTF8, "application/cloudevents+json")
                )
            ).StatusCode
        );
        using var stranger = new HttpClient { BaseAddress = new Uri(acme.Url) };
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await stranger.PostAsync(
                    "/api/v1/acme/hooks/egress-watch",
                    new StringContent(Firing, Encoding.UTF8, "application/cloudevents+json")
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task Somebody_without_an_account_reports_where_it_is_allowed_and_reads_the_answer_by_a_receipt()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(acme.Url),
        };
        Assert.Contains(
            "does not take reports",
            await browser.GetStringAsync("/report/acme/guess"),
            StringComparison.Ordinal
        );
        var path = (
            await acme.Do<UnnamedAddress>("incidents.allow-unnamed", new JsonObject { ["allow"] = true })
        ).Path!;
        var page = await browser.GetStringAsync(path);
        Assert.Contains("does not take reports", await browser.GetStringAsync(path + "x"), StringComparison.Ordinal);
        Assert.Contains(
            "does not take reports",
            await browser.GetStringAsync(path.Replace("acme", "nowhere", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        using var answer = await browser.PostAsync(
            path,
            Site.Form(page, ("text", "The root key is on a note in the kitchen"))
        );
        var thanks = await answer.Content.ReadAsStringAsync();
        var receipt = Receipt().Match(thanks).Value;
        Assert.True(receipt.Length > 0, thanks);
        Assert.Contains("waits for a decision", await browser.GetStringAsync(receipt), StringComparison.Ordinal);
        var report = Assert.Single((await acme.Do<Page<ReportRow>>("reported-events.list", [])).Items);
        Assert.Equal(("The root key is on a note in the kitchen", null), (report.Text, report.ReportedBy));
        await acme.Do(
            "reported-events.triage",
            new JsonObject
            {
                ["ref"] = "EVT-1",
                ["incident"] = false,
                ["reason"] = "The note is gone and the key is a new one",
            }
        );
        Assert.Contains(
            "The note is gone and the key is a new one",
            await browser.GetStringAsync(receipt),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no report for this address",
            await browser.GetStringAsync("/report-receipt/acme/none"),
            StringComparison.Ordinal
        );
        using var shortOne = await browser.PostAsync(path, Site.Form(page, ("text", "odd")));
        Assert.Equal(HttpStatusCode.BadRequest, shortOne.StatusCode);

        // A flood is stopped.
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
            codes.Add((await browser.PostAsync(path, Site.Form(page, ("text", $"flood number {i}")))).StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, codes);
    }

    private static async Task<JsonNode> Post(
        HttpClient client,
        string source,
        string body,
        string type = "application/json"
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return JsonNode.Parse(
            await (await client.PostAsync($"/api/v1/acme/hooks/{source}", content)).Content.ReadAsStringAsync()
        )!;
    }

    private static (int Opened, int Resolved, int Repeated) Counts(JsonNode answer)
    {
        var counts = answer["alerts"] is JsonObject told ? told : answer;
        return ((int)counts["opened"]!, (int)counts["resolved"]!, (int)counts["repeated"]!);
    }

    private static async Task<IReadOnlyList<AlertRow>> Alerts(Acme acme) =>
        (await acme.Do<Page<AlertRow>>("alerts.list", [])).Items;

    private static async Task<HttpClient> Program(Acme acme, string role)
    {
        var token = (
            await acme.Do<MadeToken>("access.create-token", new JsonObject { ["name"] = role, ["role"] = role })
        ).Token;
        return new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
    }

    [GeneratedRegex("(?<=href=\")/report-receipt/acme/[^\"]+")]
    private static partial Regex Receipt();
}
