using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>A real Prometheus and a real Alertmanager watch a small inference service that stops for a while.</summary>
[TakesLong]
public sealed class MonitoringTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task When_the_inference_service_stops_the_objective_falls_below_its_target_and_the_alert_arrives()
    {
        await using var acme = await Acme.Found(listens: true);
        var token = (
            await acme.Do<MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = "alertmanager", ["role"] = "agent" }
            )
        ).Token;
        await using var inference = await WatchedService.Start($"{acme.Url}/api/v1/acme/hooks/alertmanager", token);

        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Prometheus",
                ["kind"] = "prometheus",
                ["settings"] = new JsonArray($"url={inference.Prometheus}"),
            }
        );
        await Until(async () =>
        {
            await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
            await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
            var check = await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "target-up" });
            return check.Resources is [{ Outcome: CheckOutcome.Passing }];
        });
        await Until(async () => await Measured(acme) == ObjectiveState.OnTrack);

        inference.Stop();
        await Until(async () =>
            (await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["kind"] = "prometheus.alert" })).Total
            == 1
        );
        var alert = (
            await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "alert-resolved" })
        ).Resources.Single();
        Assert.Equal(("InferenceDown", CheckOutcome.Failing), (alert.Name, alert.Outcome));
        await Until(async () => await Measured(acme) == ObjectiveState.AtRisk);
        await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
        await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
        Assert.Equal(
            CheckOutcome.Failing,
            (await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "target-up" }))
                .Resources.Single()
                .Outcome
        );
    }

    [Fact]
    public async Task Recorded_webhooks_of_the_corpus_become_alerts_that_end()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        async Task<string> Post(string file) =>
            await (
                await client.PostAsync(
                    "/api/v1/acme/hooks/alertmanager",
                    new StringContent(
                        await File.ReadAllTextAsync(
                            Corpus.Of($"prometheus/recorded.webhook.{file}.ModelDriftPSIHigh.json")
                        ),
                        Encoding.UTF8,
                        "application/json"
                    )
                )
            ).Content.ReadAsStringAsync();
        var first = await Post("01.firing");
        Assert.True(first.Contains("\"discovered\":1", StringComparison.Ordinal), first);
        await Post("03.resolved");
        Assert.Equal(
            CheckOutcome.Passing,
            (await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "alert-resolved" }))
                .Resources.Single()
                .Outcome
        );
    }

    [Theory]
    [InlineData("""{"version":"3","alerts":[]}""", "version")]
    [InlineData("""{"version":"4","alerts":[]}""", "alerts")]
    [InlineData(
        """{"version":"4","alerts":[{"status":"firing","startsAt":"2026-01-01T00:00:00Z"}]}""",
        "alerts[0].fingerprint"
    )]
    [InlineData(
        """{"version":"4","alerts":[{"status":"odd","fingerprint":"a","startsAt":"2026-01-01T00:00:00Z"}]}""",
        "alerts[0].status"
    )]
    [InlineData(
        """{"version":"4","alerts":[{"status":"firing","fingerprint":"a","startsAt":"soon"}]}""",
        "alerts[0].startsAt"
    )]
    [InlineData("""[]""", "body")]
    [InlineData("""{""", "body")]
    public async Task A_wrong_webhook_is_named(string body, string field)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        using var response = await client.PostAsync(
            "/api/v1/acme/hooks/alertmanager",
            new StringContent(body, Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", "Alertmanager left 2 alerts out of its message")]
    [InlineData("1", "Alertmanager left 1 alert out of its message")]
    [InlineData("0", null)]
    [InlineData("\"two\"", null)]
    public void Alerts_that_were_left_out_are_told_as_one(string truncated, string? title) =>
        Assert.Equal(
            title,
            Moat.Server.Doors.AlertmanagerMessage.LeftOut(
                JsonNode.Parse($"{{\"groupKey\":\"g\",\"truncatedAlerts\":{truncated}}}")!.AsObject()
            )?.Title
        );

    [Fact]
    public void An_alert_that_ended_before_it_began_has_no_known_end()
    {
        var message =
            """{"version":"4","alerts":[{"status":"resolved","fingerprint":"f","startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"}]}""";
        var fact = JsonNode.Parse(
            Moat.Server.Doors.AlertmanagerMessage.Read(JsonNode.Parse(message)!.AsObject())[0].Data.GetRawText()
        )!;
        Assert.Null(fact["endsAt"]);
        Assert.Contains("before it began", (string)fact["unknown"]!["endsAt"]!, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> Client(Acme acme)
    {
        var token = (
            await acme.Do<MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = "alertmanager", ["role"] = "agent" }
            )
        ).Token;
        return new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
    }

    /// <summary>A fresh objective of 99.9 % availability, measured by the server's own round.</summary>
    private static async Task<ObjectiveState> Measured(Acme acme)
    {
        var goal = await acme.Do<Done>(
            "objectives.create",
            new JsonObject
            {
                ["title"] = "The inference API answers 99.9 % of the time",
                ["metric"] = "Share of scrapes that were answered",
                ["unit"] = "%",
                ["target"] = 99.9,
                ["comparator"] = "at-least",
                ["period"] = "month",
                ["measuredBy"] = "Prometheus",
                ["plan"] = "A second region",
                ["takenFrom"] = "prometheus",
                ["askedAt"] = "SRC-1",
                ["query"] = "avg(avg_over_time(up{job=\"inference\"}[1h])) * 100",
            }
        );
        await acme.Services.GetRequiredService<DailyRound>().RunOnce(CancellationToken.None);
        return (await acme.Do<ObjectiveHistory>("objectives.get", new JsonObject { ["ref"] = goal.Ref }))
            .Objective
            .State;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Patience)
                Assert.Fail($"It did not become so within {Patience.TotalSeconds} seconds.");
            await Task.Delay(300);
        }
    }
}
