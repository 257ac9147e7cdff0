using System.Diagnostics;

namespace Moat.Bench;

/// <summary>What a load showed.</summary>
internal sealed record Measure(double PerSecond, double P50, double P99, int Failed);

/// <summary>Sends the same request over a number of connections for some seconds.</summary>
internal static class Load
{
    public const int Connections = 16;

    // Long enough for the compiler to reach its last tier on the path that is measured.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static async Task<Measure> Run(
        Func<HttpRequestMessage> request,
        string url,
        TimeSpan time,
        int connections = Connections
    )
    {
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = connections,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        )
        {
            BaseAddress = new Uri(url),
        };
        await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => Loop(client, request, WarmUp, [])))
        );
        var times = new List<double>[connections];
        var watch = Stopwatch.StartNew();
        var failed = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(i => Task.Run(() => Loop(client, request, time, times[i] = [])))
        );
        var seconds = watch.Elapsed.TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToList();
        return all.Count == 0
            ? new Measure(0, 0, 0, failed.Sum())
            : new Measure(all.Count / seconds, At(all, 0.5), At(all, 0.99), failed.Sum());
    }

    private static async Task<int> Loop(
        HttpClient client,
        Func<HttpRequestMessage> request,
        TimeSpan time,
        List<double> times
    )
    {
        var (end, failed) = (Stopwatch.StartNew(), 0);
        while (end.Elapsed < time)
        {
            var start = Stopwatch.GetTimestamp();
            using var message = request();
            using var response = await client.SendAsync(message);
            await response.Content.CopyToAsync(Stream.Null);
            if (response.IsSuccessStatusCode)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            else
                failed++;
        }
        return failed;
    }

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
