using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Moat.Storage;
using Moat.Tests;

namespace Moat.Bench;

/// <summary>
/// A provider's installation: as many organisations as are asked for, of about a thousand records each, on one server
/// over PostgreSQL, beside the same server with one of them.
/// </summary>
internal static class Organizations
{
    private const int Pipelines = 50;
    private const int EventsOfAPipeline = 200;
    private const int Visitors = 40;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public static async Task Measure(
        string folder,
        int count,
        TimeSpan seconds,
        Func<string, string, Task<string>> signIn
    )
    {
        Console.WriteLine(
            "| organisations | made in s | start s | idle, share of a core | idle MB | sign-in ms | register, JSON req/s | p99 ms | home req/s | p99 ms | ingest events/s | MB after |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
        );
        foreach (var many in new[] { 1, count })
            Console.WriteLine(await Row(Path.Combine(folder, $"{many}-organisations"), many, seconds, signIn));
    }

    private static async Task<string> Row(
        string folder,
        int count,
        TimeSpan seconds,
        Func<string, string, Task<string>> signIn
    )
    {
        var storage = new StorageOptions { DataFolder = folder, Postgres = await PostgresCluster.NewServedDatabase() };
        string[] slugs = [.. Enumerable.Range(1, count).Select(n => $"company-{n}")];
        var watch = Stopwatch.StartNew();
        var tokens = await Generator.FillMany(storage, slugs, Size.Customer);
        var made = watch.Elapsed;
        watch.Restart();
        using var server = await MoatProgram.Serve(["serve", "--data", folder, "--postgres", storage.Postgres]);
        using (var client = new HttpClient())
            await client.GetStringAsync($"{server.Url}/health/ready");
        var started = watch.Elapsed;
        var (share, idle) = await AtRest(server.Process);
        var visited = Enumerable
            .Range(0, Math.Min(count, Visitors))
            .Select(n => n * count / Visitors % count)
            .Distinct();
        var cookies = new List<(string Slug, string Cookie)>();
        watch.Restart();
        foreach (var n in visited)
            cookies.Add((slugs[n], await signIn(server.Url, slugs[n])));
        var signedIn = watch.Elapsed / cookies.Count;
        var register = await Load.Run(() => Register(slugs, tokens), server.Url, seconds);
        var home = await Load.Run(() => Home(cookies), server.Url, seconds);
        var events = await Ingest(server.Url, slugs, tokens);
        server.Process.Refresh();
        return $"| {count:N0} | {made.TotalSeconds:N0} | {started.TotalSeconds:N1} | {share:P1} | {idle:N0} | {signedIn.TotalMilliseconds:N0} | {register.PerSecond:N0} | {register.P99:N0} | {home.PerSecond:N0} | {home.P99:N0} | {events:N0} | {server.Process.WorkingSet64 / 1024 / 1024:N0} |";
    }

    private static async Task<(double Share, long Mb)> AtRest(Process process)
    {
        await Task.Delay(Idle);
        process.Refresh();
        var before = process.TotalProcessorTime;
        await Task.Delay(Idle);
        process.Refresh();
        return ((process.TotalProcessorTime - before) / Idle, process.WorkingSet64 / 1024 / 1024);
    }

    private static HttpRequestMessage Register(string[] slugs, IReadOnlyList<string> tokens)
    {
        var n = Random.Shared.Next(slugs.Length);
        return new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{slugs[n]}/risks?sort=-score")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens[n]) },
        };
    }

    private static HttpRequestMessage Home(List<(string Slug, string Cookie)> cookies)
    {
        var (slug, cookie) = cookies[Random.Shared.Next(cookies.Count)];
        return new HttpRequestMessage(HttpMethod.Get, $"/{slug}") { Headers = { { "Cookie", cookie } } };
    }

    /// <summary>Each pipeline tells its organisation of its own runs, in batches of twenty.</summary>
    private static async Task<double> Ingest(string url, string[] slugs, IReadOnlyList<string> tokens)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Pipelines)
                .Select(async pipeline =>
                {
                    var n = pipeline * Math.Max(1, slugs.Length / Pipelines) % slugs.Length;
                    foreach (var batch in Enumerable.Range(0, EventsOfAPipeline).Chunk(20))
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{slugs[n]}/events")
                        {
                            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens[n]) },
                            Content = new StringContent(
                                $"[{string.Join(',', batch.Select(e => Event(pipeline, e)))}]",
                                Encoding.UTF8,
                                "application/cloudevents-batch+json"
                            ),
                        };
                        using var answer = await client.SendAsync(request);
                        answer.EnsureSuccessStatusCode();
                    }
                })
        );
        return Pipelines * EventsOfAPipeline / watch.Elapsed.TotalSeconds;
    }

    private static string Event(int pipeline, int number)
    {
        var time = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(number - EventsOfAPipeline);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"specversion":"1.0","id":"{{{pipeline}}}-{{{number}}}","source":"https://ci.bench.test","type":"data.validation","subject":"pipeline-{{{pipeline}}}/notes","time":"{{{time:O}}}","datacontenttype":"application/json","data":{"name":"pipeline-{{{pipeline}}}/notes","suite":"notes","dataset":"notes-{{{pipeline}}}","success":true,"evaluated":24,"failed":0,"percent":100,"exceptions":0,"failing":[]}}"""
        );
    }
}
