using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>The dashboard in deploy/grafana shows nothing that the server does not send.</summary>
[Collection(nameof(TelemetryTests))]
[TakesLong]
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Every_metric_of_the_dashboard_is_sent_by_a_server_that_was_used_once()
    {
        await using var receiver = await OtlpReceiver.Listen();
        await using (var acme = await Acme.Found(listens: true, telemetry: receiver.Url))
        {
            await acme.Do("assets.create", new JsonObject { ["name"] = "Reranker weights", ["kind"] = "model" });
            using var client = new HttpClient();
            _ = await client.GetStringAsync($"{acme.Url}/health/live");
        }
        // As Prometheus names them: dots are underscores, and unit and kind stand behind.
        var sent = Names()
            .Matches(receiver.Sent("metrics"))
            .Select(m => m.Value.Replace('.', '_'))
            .ToHashSet(StringComparer.Ordinal);
        var shown = Expressions()
            .Matches(await File.ReadAllTextAsync(Repository.Of("deploy/grafana/moat.json")))
            .SelectMany(e => Metrics().Matches(e.Groups[1].Value))
            .Select(m => m.Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(shown.Count >= 10, string.Join(' ', shown));
        Assert.DoesNotContain(shown, metric => !sent.Contains(Plain(metric)));
    }

    private static string Plain(string metric) => Suffix().Replace(metric, "");

    [GeneratedRegex(@"(moat|http|dotnet|kestrel|aspnetcore)(\.[a-z_]+)+")]
    private static partial Regex Names();

    [GeneratedRegex("\"expr\": \"([^\"]+)\"")]
    private static partial Regex Expressions();

    // What stands in front of a range or a bracket, and is no label.
    [GeneratedRegex(
        @"\b(moat|http|dotnet|kestrel|aspnetcore)_[a-z_]+(?=[\[){ ]|$)(?<!moat_outcome|moat_door|moat_operation|http_response_status_code)"
    )]
    private static partial Regex Metrics();

    [GeneratedRegex("(_seconds|_bytes)?(_bucket|_count|_sum|_total)?$")]
    private static partial Regex Suffix();
}
