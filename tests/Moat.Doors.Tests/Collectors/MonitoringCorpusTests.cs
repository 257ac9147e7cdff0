using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Collectors.Monitoring;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.People;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Every file of the corpus of Prometheus and Alertmanager, with what is made of it. A file that nobody listed here
/// fails.
/// </summary>
public sealed class MonitoringCorpusTests
{
    private const string Folder = "prometheus";
    private static readonly MeasuredSpan Quarter = new(
        DateTime.UnixEpoch,
        DateTime.UnixEpoch.AddHours(1),
        TimeSpan.FromSeconds(5),
        RangeFold.Average
    );

    /// <summary>Answers that become facts, by the path they are asked at.</summary>
    private static readonly Dictionary<string, string> Facts = new()
    {
        ["recorded.alertmanagers.json"] = "alertmanagers",
        ["recorded.rules.json"] = "rules",
        ["recorded.targets.json"] = "targets",
        ["recorded.status.buildinfo.json"] = "status/buildinfo",
    };

    /// <summary>Answers to an objective's query of the moment: a number, or a part of why there is none.</summary>
    private static readonly Dictionary<string, string> Instant = new()
    {
        ["recorded.query.empty.json"] = "no data",
        ["recorded.query.error-parse.400.json"] = "unclosed left parenthesis",
        ["recorded.query.matrix-selector.json"] = "a matrix",
        ["recorded.query.up.json"] = "3 series",
        ["recorded.query.vector.json"] = "2 series",
        // What the collector never asks for. In place of an answer it is none.
        ["recorded.alerts.json"] = "The query answers a",
        ["recorded.labels.json"] = "not its own",
        ["recorded.status.config.json"] = "The query answers a",
        ["recorded.am.alerts.v2.json"] = "in a form nobody expected",
        ["recorded.am.silence.create.json"] = "not its own",
        ["recorded.am.silences.v2.json"] = "in a form nobody expected",
        ["recorded.am.status.v2.json"] = "not its own",
    };

    /// <summary>
    /// Answers to a query over a period: the average, the minimum and the last, or why there is no number.
    /// </summary>
    private static readonly Dictionary<string, string> Range = new()
    {
        ["recorded.query_range.matrix.json"] = "3.7454 1.5708 5.9202",
        ["recorded.query_range.error-step.400.json"] = "end timestamp must not be before start time",
        ["recorded.query.matrix-selector.json"] = "3 series",
        ["recorded.query.vector.json"] = "not one number for each moment",
    };

    /// <summary>Webhooks of Alertmanager, with how many alerts they tell.</summary>
    private static readonly Dictionary<string, int> Hooks = new()
    {
        ["recorded.webhook.01.firing.ModelDriftPSIHigh.json"] = 1,
        ["recorded.webhook.03.resolved.ModelDriftPSIHigh.json"] = 1,
        ["alertmanager-webhook-multi.json"] = 1,
    };

    [Fact]
    public void Every_file_is_listed() =>
        Assert.Equal(
            Corpus.Files(Folder, "*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
            Facts
                .Keys.Concat(Instant.Keys)
                .Concat(Range.Keys)
                .Concat(Hooks.Keys)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task What_is_watched_becomes_facts()
    {
        await using var source = await RecordedSource.Start();
        foreach (var (file, path) in Facts)
            source.On($"/api/v1/{path}", Read(file));
        var collector = new PrometheusCollector(RecordedSource.Http());
        Assert.Equal("Prometheus 2.42.0+ds answers.", await collector.Test(source.Access(), CancellationToken.None));
        var facts = (await RecordedSource.Everything(collector, source.Access())).Cast<CollectedFact>().ToList();
        Assert.Equal(
            "Passing",
            $"{KnowledgeBase.Shipped.CheckById["prometheus-alerts-delivered"].Rule.Evaluate(new FactContent(facts[0].Content.ToJsonString())).Outcome}"
        );
        Assert.Equal(
            (3, 1, 3, 0, 1),
            (
                (int)facts[0].Content["targets"]!,
                (int)facts[0].Content["targetsDown"]!,
                (int)facts[0].Content["alertingRules"]!,
                (int)facts[0].Content["brokenRules"]!,
                (int)facts[0].Content["alertmanagers"]!
            )
        );
        // Rules say what fires; the server's own list of alerts says the same.
        var firing = JsonNode.Parse(Read("recorded.alerts.json"))!["data"]!["alerts"]!
            .AsArray()
            .Where(a => (string)a!["state"]! == "firing")
            .Select(a => (string)a!["labels"]!["alertname"]!)
            .Distinct();
        Assert.Equal(firing.Count(), (int)facts[0].Content["firing"]!);
        Assert.Equal(
            [
                ("dead-exporter 127.0.0.1:19999", false),
                ("inference 127.0.0.1:19555", true),
                ("prometheus 127.0.0.1:19090", true),
            ],
            facts.Skip(1).Select(f => (f.Name, (bool)f.Content["up"]!))
        );
    }

    [Fact]
    public async Task An_answer_of_the_moment_is_one_number_or_says_why_not()
    {
        foreach (var (file, told) in Instant)
            Assert.Contains(
                told,
                await Said(file, (c, access) => c.Measure(access, "q", DateTime.UnixEpoch, CancellationToken.None)),
                StringComparison.Ordinal
            );
        Assert.Equal(
            "99.95",
            await Said(
                """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"99.95"]}]}}""",
                (c, access) => c.Measure(access, "q", DateTime.UnixEpoch, CancellationToken.None)
            )
        );
        Assert.Contains(
            "no number",
            await Said(
                """{"status":"success","data":{"resultType":"scalar","result":[1,"NaN"]}}""",
                (c, access) => c.Measure(access, "q", DateTime.UnixEpoch, CancellationToken.None)
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Answers_over_a_period_are_folded_into_one_number_or_say_why_not()
    {
        foreach (var (file, told) in Range)
        {
            var said = new List<string>();
            foreach (var fold in new[] { RangeFold.Average, RangeFold.Minimum, RangeFold.Last })
                said.Add(
                    await Said(
                        file,
                        (c, access) => c.Measure(access, "q", Quarter with { Fold = fold }, CancellationToken.None)
                    )
                );
            Assert.Contains(told, string.Join(' ', said), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_period_is_asked_about_from_its_beginning_to_its_end_and_moments_without_a_number_do_not_count()
    {
        await using var source = await RecordedSource.Start();
        source.On(
            "/api/v1/query_range",
            """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"2"],[2,"NaN"],[3,"4"]]}]}}"""
        );
        var reading = await new PrometheusCollector(RecordedSource.Http()).Measure(
            source.Access(),
            "up == 1",
            Quarter,
            CancellationToken.None
        );
        Assert.Equal(3m, reading.Value);
        Assert.Equal(
            "GET /api/v1/query_range?query=up%20%3D%3D%201&start=0&end=3600&step=5",
            Assert.Single(source.Requests)
        );
    }

    [Fact]
    public async Task Webhooks_become_alerts_that_end_and_what_is_no_webhook_is_refused()
    {
        await using var acme = await Acme.Found(listens: true);
        var token = (
            await acme.Do<MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = "alertmanager", ["role"] = "agent" }
            )
        ).Token;
        using var client = new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
        async Task<(HttpStatusCode Status, string Body)> Post(string file)
        {
            using var answer = await client.PostAsync(
                "/api/v1/acme/hooks/alertmanager",
                new StringContent(Read(file), Encoding.UTF8, "application/json")
            );
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        foreach (var (file, alerts) in Hooks)
        {
            Assert.Contains($"\"received\":{alerts}", (await Post(file)).Body, StringComparison.Ordinal);
            Assert.Contains("\"received\":0", (await Post(file)).Body, StringComparison.Ordinal);
        }
        foreach (var file in Instant.Keys.Where(f => f.StartsWith("recorded.am.", StringComparison.Ordinal)))
            Assert.Equal(HttpStatusCode.BadRequest, (await Post(file)).Status);
    }

    private static string Read(string file) => File.ReadAllText(Corpus.Of($"{Folder}/{file}"));

    /// <summary>
    /// What is made of a file, or of a text, that answers a query: the number with four decimals, or why there is none.
    /// </summary>
    private static async Task<string> Said(string file, Func<PrometheusCollector, CollectorAccess, Task<Reading>> ask)
    {
        await using var source = await RecordedSource.Start();
        source.On(
            _ => true,
            file.StartsWith('{') ? file : Read(file),
            file.Contains(".400.", StringComparison.Ordinal) ? 400 : 200
        );
        try
        {
            var reading = await ask(new PrometheusCollector(RecordedSource.Http()), source.Access());
            return reading.Value?.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture) ?? reading.Why;
        }
        catch (CollectorFailed e)
        {
            return e.Message;
        }
    }
}
