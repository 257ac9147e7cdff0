using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Knowledge.Checks;
using Moat.Server.Host;

namespace Moat.Tests;

/// <summary>A real Prometheus and a real Alertmanager watch a small inference service that stops for a while.</summary>
public sealed class MonitoringTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task When_the_inference_service_stops_the_objective_falls_below_its_target_and_the_alert_arrives()
    {
        var (prometheus, alertmanager) = (Counterpart.Find("prometheus"), Counterpart.Find("prometheus-alertmanager"));
        Counterpart.Need(prometheus is not null && alertmanager is not null, "Prometheus with Alertmanager");
        await using var acme = await Acme.Found(listens: true);
        await using var inference = await RecordedSource.Start();
        inference.On("/metrics", "inference_requests_total 42\n");
        using var folder = new TemporaryFolder();
        var token = (await acme.Do<MadeToken>("access.create-token", new JsonObject { ["name"] = "alertmanager", ["role"] = "agent" })).Token;
        var (port, alertPort) = (FreePort(), FreePort());
        await File.WriteAllTextAsync(folder.Of("alertmanager.yml"), $"""
            route: {"{"} receiver: moat, group_wait: 100ms, group_interval: 1s, repeat_interval: 1h {"}"}
            receivers: [{"{"} name: moat, webhook_configs: [{"{"} url: "{acme.Url}/api/v1/acme/hooks/alertmanager", send_resolved: true, http_config: {"{"} authorization: {"{"} credentials: "{token}" {"}"} {"}"} {"}"}] {"}"}]
            """);
        await File.WriteAllTextAsync(folder.Of("rules.yml"), """
            groups: [{ name: serving, rules: [{ alert: InferenceDown, expr: "up{job='inference'} == 0", labels: { severity: critical } }] }]
            """);
        await File.WriteAllTextAsync(folder.Of("prometheus.yml"), $$"""
            global: { scrape_interval: 250ms, scrape_timeout: 200ms, evaluation_interval: 250ms }
            rule_files: ["{{folder.Of("rules.yml")}}"]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:{{alertPort}}"] }] }] }
            scrape_configs: [{ job_name: inference, static_configs: [{ targets: ["{{new Uri(inference.Url).Authority}}"] }] }]
            """);
        using var alerts = Run(alertmanager!, $"--config.file={folder.Of("alertmanager.yml")}", $"--storage.path={folder.Of("alerts")}", $"--web.listen-address=127.0.0.1:{alertPort}", "--cluster.listen-address=");
        using var watching = Run(prometheus!, $"--config.file={folder.Of("prometheus.yml")}", $"--storage.tsdb.path={folder.Of("tsdb")}", $"--web.listen-address=127.0.0.1:{port}");

        await acme.Do("collectors.create", new JsonObject { ["name"] = "Prometheus", ["kind"] = "prometheus", ["settings"] = new JsonArray($"url=http://127.0.0.1:{port}") });
        await Until(async () =>
        {
            await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
            await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
            var check = await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "target-up" });
            return check.Resources is [{ Outcome: CheckOutcome.Passing }];
        });
        await Until(async () => await Measured(acme) == ObjectiveState.OnTrack);

        await inference.DisposeAsync();
        await Until(async () => (await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["kind"] = "prometheus.alert" })).Total == 1);
        var alert = (await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "alert-resolved" })).Resources.Single();
        Assert.Equal(("InferenceDown", CheckOutcome.Failing), (alert.Name, alert.Outcome));
        await Until(async () => await Measured(acme) == ObjectiveState.AtRisk);
        await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
        await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
        Assert.Equal(CheckOutcome.Failing, (await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "target-up" })).Resources.Single().Outcome);
    }

    [Fact]
    public async Task Recorded_webhooks_of_the_corpus_become_alerts_that_end()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        async Task<string> Post(string body) => await (await client.PostAsync("/api/v1/acme/hooks/alertmanager", new StringContent(body, Encoding.UTF8, "application/json"))).Content.ReadAsStringAsync();
        var firing = await File.ReadAllTextAsync(Corpus.Of("prometheus/recorded.webhook.01.firing.ModelDriftPSIHigh.json"));
        var first = await Post(firing);
        Assert.True(first.Contains("\"discovered\":1", StringComparison.Ordinal), first);
        Assert.Contains("\"received\":0", await Post(firing), StringComparison.Ordinal);
        await Post(await File.ReadAllTextAsync(Corpus.Of("prometheus/recorded.webhook.03.resolved.ModelDriftPSIHigh.json")));
        Assert.Equal(CheckOutcome.Passing, (await acme.Do<CheckView>("checks.get", new JsonObject { ["ref"] = "alert-resolved" })).Resources.Single().Outcome);
        Assert.Contains("received", await Post(await File.ReadAllTextAsync(Corpus.Of("prometheus/alertmanager-webhook-multi.json"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"3","alerts":[]}""", "version")]
    [InlineData("""{"version":"4","alerts":[]}""", "alerts")]
    [InlineData("""{"version":"4","alerts":[{"status":"firing","startsAt":"2026-01-01T00:00:00Z"}]}""", "alerts[0].fingerprint")]
    [InlineData("""{"version":"4","alerts":[{"status":"odd","fingerprint":"a","startsAt":"2026-01-01T00:00:00Z"}]}""", "alerts[0].status")]
    [InlineData("""{"version":"4","alerts":[{"status":"firing","fingerprint":"a","startsAt":"soon"}]}""", "alerts[0].startsAt")]
    [InlineData("""[]""", "body")]
    [InlineData("""{""", "body")]
    public async Task A_wrong_webhook_is_named(string body, string field)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        using var response = await client.PostAsync("/api/v1/acme/hooks/alertmanager", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> Client(Acme acme)
    {
        var token = (await acme.Do<MadeToken>("access.create-token", new JsonObject { ["name"] = "alertmanager", ["role"] = "agent" })).Token;
        return new HttpClient { BaseAddress = new Uri(acme.Url), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
    }

    /// <summary>A fresh objective of 99.9 % availability, measured by the server's own round.</summary>
    private static async Task<ObjectiveState> Measured(Acme acme)
    {
        var goal = await acme.Do<Done>("objectives.create", new JsonObject
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
        });
        await acme.Services.GetRequiredService<DailyRound>().RunOnce(CancellationToken.None);
        return (await acme.Do<ObjectiveHistory>("objectives.get", new JsonObject { ["ref"] = goal.Ref })).Objective.State;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"It did not become so within {Patience.TotalSeconds} seconds.");
            await Task.Delay(300);
        }
    }

    private static Ended Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new Ended(process);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A program that ends with the test.</summary>
    private sealed class Ended(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
