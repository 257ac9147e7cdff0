using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Moat.Faults;

/// <summary>
/// What Moat asks and tells behaves badly: sources of collectors and receivers of webhooks. Promise: trying a source is
/// answered in words within
/// 35 seconds, at most 200 MB of memory more than before, and people beside it are answered within a second.
/// </summary>
internal static class Counterparts
{
    private const double LongestTest = 35;
    private const double LongestPage = 1;
    private const long MostBytes = 200L * 1024 * 1024;

    private static readonly string[] Events = ["risks.create", "assets.create"];

    private static readonly (string Kind, string[] Settings)[] Sources =
    [
        ("json", ["kind=acme.tenant", "id=/id"]),
        ("bom", ["subject=triage"]),
        ("mlflow", []),
        ("prometheus", []),
        ("huggingface", ["organization=acme"]),
        ("github", ["organization=acme"]),
        ("s3", ["region=eu-central-1"]),
    ];

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        await using var served = await Served.Start();
        served.Kill();
        await served.Serve("--allow-host", "127.0.0.1");
        await served.Ready();
        using var client = served.Client();
        client.Timeout = TimeSpan.FromMinutes(5);
        var (asked, faults, slowest, largest) = (0, new List<string>(), ("", 0.0), ("", 0L));
        foreach (var manner in Enum.GetValues<Manner>())
        {
            using var hostile = new HostileServer(manner, plan.Seed);
            await Told(client, hostile, manner);
            var before = ProcessMemory.Begin(served.Process);
            var tests = await Task.WhenAll(
                Sources.Select(s => Tested(client, s.Kind, [.. s.Settings, $"url={hostile.Url}"], manner))
            );
            var page = await Page(client);
            foreach (var (name, seconds, fault) in tests)
            {
                asked++;
                if (fault is not null)
                    faults.Add($"{name}: {fault}");
                if (seconds > LongestTest)
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:N0} s"));
                if (seconds > slowest.Item2)
                    slowest = (name, seconds);
            }
            if (page > LongestPage)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{manner}: a page took {page:N1} s"));
            var bytes = ProcessMemory.Peak(served.Process) - before;
            if (bytes > MostBytes)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{manner}: {bytes / 1e6:N0} MB"));
            if (bytes > largest.Item2)
                largest = ($"{manner}", bytes);
            if (served.Process.HasExited)
                faults.Add($"{manner}: the server ended");
        }
        if (await served.Verify() is { } wrong)
            faults.Add(wrong);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"slowest answer {slowest.Item2:N1} s ({slowest.Item1}), most memory {largest.Item2 / 1e6:N0} MB ({largest.Item1})"
        );
        yield return new Result(
            $"{Enum.GetValues<Manner>().Length} manners of slow and hostile sources and receivers",
            asked,
            faults.Count,
            string.Join("; ", [seen, .. faults.Take(12)])
        );
    }

    /// <summary>Enters a webhook to the server and sends a trial, which goes out in the background.</summary>
    private static async Task Told(HttpClient client, HostileServer hostile, Manner manner)
    {
        using var made = await client.PostAsJsonAsync(
            "/api/v1/acme/webhooks",
            new
            {
                name = $"To {manner}",
                url = $"{hostile.Url}/hook",
                events = Events,
            }
        );
        if ((string?)(await made.Content.ReadFromJsonAsync<JsonNode>())?["ref"] is not { } reference)
            return;
        using var sent = await client.PostAsJsonAsync($"/api/v1/acme/webhooks/{reference}/try", new { });
    }

    private static async Task<(string Name, double Seconds, string? Fault)> Tested(
        HttpClient client,
        string kind,
        string[] settings,
        Manner manner
    )
    {
        var name = $"{kind} from {manner}";
        using var made = await client.PostAsJsonAsync(
            "/api/v1/acme/collectors",
            new
            {
                name,
                kind,
                settings,
                secret = kind == "s3" ? "AKIAEXAMPLE:secret" : "secret",
            }
        );
        var entered = await made.Content.ReadFromJsonAsync<JsonNode>();
        if ((string?)entered?["ref"] is not { } reference)
            return (name, 0, $"it was not entered: {entered?["detail"]}");
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync($"/api/v1/acme/collectors/{reference}/test");
        var seconds = watch.Elapsed.TotalSeconds;
        var said = await answer.Content.ReadFromJsonAsync<JsonNode>();
        return (
            name,
            seconds,
            answer.IsSuccessStatusCode && (bool?)said?["works"] == false
                ? null
                : $"{(int)answer.StatusCode} {said?.ToJsonString()}"
        );
    }

    private static async Task<double> Page(HttpClient client)
    {
        var watch = Stopwatch.StartNew();
        using var page = await client.GetAsync("/api/v1/acme/assets");
        return watch.Elapsed.TotalSeconds;
    }
}
