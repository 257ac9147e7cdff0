using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Monitoring;

/// <summary>
/// Reads a Prometheus server: what it watches, whether anybody would hear of trouble, and numbers for objectives
/// (A.8.16, 9.1).
/// </summary>
public sealed class PrometheusCollector(SourceHttp http) : ICollector, IMeasuring
{
    /// <inheritdoc />
    public string Kind => "prometheus";

    /// <inheritdoc />
    public string Title => "Prometheus";

    /// <inheritdoc />
    public string LeastPrivilege => "Read access to the HTTP API. The administration API is not used and may stay off.";

    /// <inheritdoc />
    public string? SecretHint => "A bearer token, or user:password; leave it out where the server asks for none";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [new("url", "Address", "Such as https://prometheus.acme.internal", Required: true, Form: SettingForm.Address)];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["prometheus.server", "prometheus.target"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var client = Client(access);
        var build = await Ask(client, access, "status/buildinfo", ct);
        return $"Prometheus {build["version"].Text()} answers.";
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var client = Client(access);
        var targets = (await Ask(client, access, "targets?state=active", ct))["activeTargets"].Objects().ToList();
        var rules = (await Ask(client, access, "rules", ct))["groups"]
            .Objects()
            .SelectMany(g => g["rules"].Objects())
            .ToList();
        var managers = (await Ask(client, access, "alertmanagers", ct))["activeAlertmanagers"].Objects().Count();
        var alerting = rules.Where(r => r["type"].Text() == "alerting").ToList();
        var address = access.Need("url").TrimEnd('/');
        yield return new CollectedFact(
            "prometheus.server",
            address,
            address,
            new JsonObject
            {
                ["name"] = address,
                ["targets"] = targets.Count,
                ["targetsDown"] = targets.Count(t => t["health"].Text() == "down"),
                ["alertingRules"] = alerting.Count,
                ["brokenRules"] = rules.Count(r => r["health"].Text() is "err"),
                ["firing"] = alerting.Count(r => r["state"].Text() == "firing"),
                ["alertmanagers"] = managers,
            }
        );
        foreach (var target in targets)
        {
            var labels = target["labels"].Object();
            var (job, instance) = (labels?["job"].Text() ?? "", labels?["instance"].Text() ?? "");
            yield return new CollectedFact(
                "prometheus.target",
                $"{job}/{instance}",
                $"{job} {instance}",
                new JsonObject
                {
                    ["name"] = $"{job} {instance}",
                    ["job"] = job,
                    ["up"] = target["health"].Text() switch
                    {
                        "up" => true,
                        "down" => false,
                        _ => null,
                    },
                    ["encrypted"] = target["scrapeUrl"].Text()?.StartsWith("https:", StringComparison.Ordinal),
                }
            );
        }
    }

    /// <inheritdoc />
    public async Task<Reading> Measure(CollectorAccess access, string query, DateTime at, CancellationToken ct)
    {
        using var client = Client(access);
        return PrometheusAnswer.Value(
            await Ask(client, access, $"query?query={Uri.EscapeDataString(query)}&time={Seconds(at)}", ct)
        );
    }

    /// <inheritdoc />
    public async Task<Reading> Measure(CollectorAccess access, string query, MeasuredSpan span, CancellationToken ct)
    {
        using var client = Client(access);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"query_range?query={Uri.EscapeDataString(query)}&start={Seconds(span.From)}&end={Seconds(span.To)}&step={(long)span.Step.TotalSeconds}"
        );
        return PrometheusAnswer.Folded(await Ask(client, access, path, ct), span.Fold);
    }

    private static long Seconds(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds();

    private HttpClient Client(CollectorAccess access)
    {
        var client = http.Client();
        if (access.Secret is not { Length: > 0 } secret)
            return client;
        client.DefaultRequestHeaders.Authorization = secret.Contains(':', StringComparison.Ordinal)
            ? new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)))
            : new("Bearer", secret);
        return client;
    }

    private static async Task<JsonObject> Ask(
        HttpClient client,
        CollectorAccess access,
        string path,
        CancellationToken ct
    )
    {
        var answer = (await SourceHttp.Get(client, SourceHttp.Below(access, $"api/v1/{path}"), ct)).AsObject();
        if (answer.Json.At("status").Text() == "success" && answer.Json.At("data") is JsonObject data)
            return data;
        throw new CollectorFailed(
            $"Prometheus answers {answer.Says}: {answer.Json.At("error").Text() ?? "something that is not its own"}."
        );
    }
}
