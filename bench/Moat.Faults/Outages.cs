using System.Globalization;
using System.Net;
using Moat.Tests;

namespace Moat.Faults;

/// <summary>
/// PostgreSQL is away for a while. Promise: readers and writers are answered 503 with a time to try again, health says
/// so, and all goes on.
/// </summary>
internal static class Outages
{
    private const int Times = 20;

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        var random = new Random(plan.Seed);
        var cluster = await PostgresCluster.Own();
        var (faults, waits) = (new List<string>(), new List<double>());
        try
        {
            await using var served = await Served.Start(PostgresCluster.Served(await cluster.Database()));
            for (var time = 1; time <= Times; time++)
            {
                using var client = served.Client();
                await served.Ready();
                await cluster.Stop();
                for (var ask = 0; ask < 10; ask++)
                    foreach (var path in new[] { "/api/v1/acme/assets", "/health/ready", "/api/v1/acme/readiness" })
                        if (await Asked(client, path) is { } fault)
                            faults.Add($"outage {time}, {path}: {fault}");
                if (await Served.Enter(client, $"outage-{time}") != 503)
                    faults.Add($"outage {time}: a write was not answered 503");
                await Task.Delay(random.Next(0, 1500));
                await cluster.Begin();
                var back = System.Diagnostics.Stopwatch.StartNew();
                await served.Ready();
                waits.Add(back.Elapsed.TotalSeconds);
            }
            if (await served.Verify() is { } wrong)
                faults.Add(wrong);
        }
        finally
        {
            await cluster.Stop();
            cluster.Remove();
        }
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"serving again {waits.Average():N1} s after the database, at most {waits.Max():N1} s"
        );
        yield return new Result(
            "PostgreSQL away, readers and writers ask on",
            Times,
            faults.Count,
            string.Join("; ", [seen, .. faults.Take(3)])
        );
    }

    private static async Task<string?> Asked(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            return $"status {(int)answer.StatusCode}";
        return path.StartsWith("/api", StringComparison.Ordinal) && answer.Headers.RetryAfter is null
            ? "no Retry-After"
            : null;
    }
}
