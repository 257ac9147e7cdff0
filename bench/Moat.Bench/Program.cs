using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Moat.Bench;
using Moat.Hosting;
using Moat.Server.Host;
using Moat.Storage;
using Moat.Tests;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["reference", var file, var address])
{
    await Reference.Serve(file, address);
    return;
}

if (args is ["fill", var data, .. var connection])
{
    // For looking closer with a profiler: a large organisation to serve, and its tokens.
    Console.WriteLine(
        await Generator.Fill(
            new StorageOptions { DataFolder = data, Postgres = connection.FirstOrDefault() },
            "large",
            Size.Large
        )
    );
    return;
}

if (args is ["organisations", .. var howMany])
{
    using var scratch = new TemporaryFolder();
    await Organizations.Measure(
        scratch.Path,
        howMany is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 1000,
        TimeSpan.FromSeconds(5),
        SignIn
    );
    await PostgresCluster.End();
    return;
}

if (args is ["money"])
{
    using var scratch = new TemporaryFolder();
    await Money.Measure(scratch.Of(""));
    return;
}

var onlyIngest = args is ["ingest", ..];
var quick = args is ["--quick", ..];
var seconds = TimeSpan.FromSeconds(quick ? 2 : 5);
using var folder = new TemporaryFolder();
Console.WriteLine(
    $"Machine: {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024 / 1024} GiB, .NET {Environment.Version}, {Load.Connections} connections, {seconds.TotalSeconds} s each, client and server on the same machine.\n"
);
var reference = await MeasureReference();
Console.WriteLine(
    $"Reference (bare ASP.NET Core, 50 rows of SQLite as JSON): {reference.PerSecond:N0} req/s, p50 {reference.P50:N1} ms, p99 {reference.P99:N1} ms\n"
);
await Money.Measure(folder.Of(""));
await Measure("SQLite", () => Task.FromResult<string?>(null));
await Measure("PostgreSQL, without fsync", async () => await PostgresCluster.NewServedDatabase());
await PostgresCluster.End();
return;

async Task<Measure> MeasureReference()
{
    var start = new ProcessStartInfo(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Moat.Bench.dll"),
            "reference",
            folder.Of("reference.db"),
            "http://127.0.0.1:0",
        ]
    )
    {
        RedirectStandardOutput = true,
    };
    using var process = Process.Start(start)!;
    var url = Regex.Match(await process.StandardOutput.ReadLineAsync() ?? "", "http://[0-9.:]+").Value;
    var measured = await Load.Run(() => new HttpRequestMessage(HttpMethod.Get, "/rows"), url, seconds);
    process.Kill();
    return measured;
}

async Task Measure(string name, Func<Task<string?>> database)
{
    string? postgres;
    try
    {
        postgres = await database();
    }
    catch (InvalidOperationException missing)
    {
        Console.WriteLine($"## {name}: left out, {missing.Message}\n");
        return;
    }
    var storage = new StorageOptions { DataFolder = folder.Of(name), Postgres = postgres };
    var small = await Generator.Fill(storage, "small", Size.Small);
    if (onlyIngest)
    {
        using var alone = await MoatProgram.Serve([
            "serve",
            "--data",
            storage.DataFolder,
            .. postgres is null ? Array.Empty<string>() : ["--postgres", postgres],
        ]);
        Console.WriteLine($"## {name}\n");
        await MeasureIngest(alone, small.Owner);
        return;
    }
    var large = await Generator.Fill(storage, "large", Size.Large);
    if (postgres is not null)
        await Analyze(postgres);
    string[] serve =
    [
        "serve",
        "--data",
        storage.DataFolder,
        .. postgres is null ? Array.Empty<string>() : ["--postgres", postgres],
    ];
    var watch = Stopwatch.StartNew();
    using var server = await MoatProgram.Serve(serve);
    using (var client = new HttpClient())
        await client.GetStringAsync($"{server.Url}/health/ready");
    var started = watch.Elapsed;
    await Task.Delay(quick ? 2000 : 60_000);
    var idle = Resident(server.Process);
    Console.WriteLine($"## {name}\n\n{Started(started)} {Idle(idle)}\n");
    Console.WriteLine(
        "| request | req/s | p50 ms | p99 ms | of reference | budget | verdict | statements | 100× the records |\n|---|---|---|---|---|---|---|---|---|"
    );
    var counted = await CountStatements(storage, large.Owner, large.RiskOwner);
    var little = await Scenario.All(
        server.Url,
        "small",
        small.Owner,
        small.RiskOwner,
        await SignIn(server.Url, "small"),
        large: false
    );
    var much = await Scenario.All(
        server.Url,
        "large",
        large.Owner,
        large.RiskOwner,
        await SignIn(server.Url, "large"),
        large: true
    );
    for (var i = 0; i < much.Count; i++)
    {
        var few = await Load.Run(little[i].Request, server.Url, seconds / 2);
        var many = await Load.Run(much[i].Request, server.Url, seconds);
        var (asked, verdict) = much[i].Budget.Of(many, reference);
        Console.WriteLine(
            $"| {much[i].Name} | {Row(many)} | {asked} | {verdict} | {counted[i]} | {few.PerSecond / Math.Max(0.01, many.PerSecond):N2}×{(many.Failed > 0 ? $" ({many.Failed} failed)" : "")} |"
        );
    }
    await MeasureWhileWritten(server.Url, much, large.Owner);
    await MeasureFirst(server.Url, much, large.Owner);
    await MeasureWriters(server.Url, large.Owner);
    Console.WriteLine($"\nResident after the load: {Resident(server.Process)} MB.\n");
    await MeasureIngest(server, small.Owner);
}

// Where what was remembered goes each second: an asset is entered, and every tenth reader may be the first.
async Task MeasureWhileWritten(string url, IReadOnlyList<Scenario> scenarios, string token)
{
    Console.WriteLine("\nWhile an asset is entered each second:\n");
    Console.WriteLine(
        "| request | req/s | p50 ms | p99 ms | of reference | budget | verdict |\n|---|---|---|---|---|---|---|"
    );
    using var client = new HttpClient { BaseAddress = new Uri(url) };
    foreach (var scenario in scenarios.Where(s => s.AlsoWhileWritten))
    {
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                using var answer = await client.SendAsync(Scenario.Write("large", token));
                await Task.Delay(1000);
            }
        });
        var seen = await Load.Run(scenario.Request, url, seconds);
        await done.CancelAsync();
        await writing;
        var (asked, verdict) = scenario.Budget.Of(seen, reference);
        Console.WriteLine($"| {scenario.Name} | {Row(seen)} | {asked} | {verdict} |");
    }
}

// One reader, who comes first after a write.
async Task MeasureFirst(string url, IReadOnlyList<Scenario> scenarios, string token)
{
    const double Most = 150;
    Console.WriteLine("\nThe first reader after an asset was entered, alone, the median of five:\n");
    Console.WriteLine("| request | ms | budget | verdict |\n|---|---|---|---|");
    using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(url),
    };
    foreach (var scenario in scenarios.Where(s => s.Budget != Budget.Write))
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            using var written = await client.SendAsync(Scenario.Write("large", token));
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(scenario.Request());
            await answer.Content.CopyToAsync(Stream.Null);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var median = times.Order().ElementAt(2);
        Console.WriteLine($"| {scenario.Name} | {median:N0} | < {Most} ms | {Met(median < Most)} |");
    }
}

async Task MeasureWriters(string url, string token)
{
    Console.WriteLine(
        "\n| writers | req/s | p50 ms | p99 ms | of reference | budget | verdict |\n|---|---|---|---|---|---|---|"
    );
    foreach (var writers in new[] { 1, 16, 64 })
    {
        var seen = await Load.Run(() => Scenario.Write("large", token), url, seconds, writers);
        var (asked, verdict) = writers == 1 ? ("", "") : Budget.Write.Of(seen, reference);
        Console.WriteLine($"| {writers} | {Row(seen)} | {asked} | {verdict} |");
    }
}

string Row(Measure seen) =>
    $"{seen.PerSecond:N0} | {seen.P50:N1} | {seen.P99:N1} | {100 * seen.PerSecond / reference.PerSecond:N0} %";

static string Met(bool met) => met ? "met" : "**not met**";

static string Started(TimeSpan started) =>
    $"Start to the first 200: {started.TotalSeconds:N2} s (budget 1.5 s: {Met(started.TotalSeconds < 1.5)}).";

static string Idle(long idle) => $"Resident after an idle minute: {idle} MB (budget 180 MB: {Met(idle < 180)}).";

async Task MeasureIngest(ServedMoat server, string token)
{
    var result = await Ingest.Run(server.Url, "small", token, () => Resident(server.Process));
    Console.WriteLine(
        $"Ingest: {result.Events:N0} events over 2,000 resources, {result.Changed:N0} changed facts, in {result.Took.TotalSeconds:N1} s: {result.Events / result.Took.TotalSeconds:N0} events/s. Resident meanwhile: {string.Join(", ", result.ResidentMb)} MB."
    );
    foreach (var days in new[] { 90, 1095 })
    {
        var watched = await Load.Run(
            () =>
                new HttpRequestMessage(HttpMethod.Get, $"/api/v1/small/checks/A.8.29/control?days={days}")
                {
                    Headers = { Authorization = new("Bearer", token) },
                },
            server.Url,
            seconds
        );
        Console.WriteLine(
            $"A control over {days} days, JSON: {watched.PerSecond:N0} req/s, p50 {watched.P50:N1} ms, p99 {watched.P99:N1} ms."
        );
    }
    Console.WriteLine();
}

// The same requests against a server inside this process, where statements can be heard.
async Task<IReadOnlyList<int>> CountStatements(StorageOptions storage, string owner, string riskOwner)
{
    var statements = new Statements();
    await using var app = MoatServer.Build(new ServerOptions { Storage = storage, Url = "http://127.0.0.1:0" });
    await app.StartAsync();
    var url = app.Urls.First();
    using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(url) };
    var counts = new List<int>();
    foreach (
        var scenario in await Scenario.All(url, "large", owner, riskOwner, await SignIn(url, "large"), large: true)
    )
    {
        using (var warm = await client.SendAsync(scenario.Request()))
            await warm.Content.ReadAsStringAsync();
        counts.Add(
            await statements.During(async () =>
            {
                using var response = await client.SendAsync(scenario.Request());
                await response.Content.ReadAsStringAsync();
            })
        );
    }
    return counts;
}

// What autovacuum does within a minute of such a load.
static async Task Analyze(string postgres)
{
    await using var connection = new Npgsql.NpgsqlConnection(postgres);
    await connection.OpenAsync();
    await using var command = new Npgsql.NpgsqlCommand("ANALYZE", connection);
    await command.ExecuteNonQueryAsync();
}

static async Task<string> SignIn(string url, string slug)
{
    var cookies = new CookieContainer();
    using var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(url),
    };
    var page = await client.GetStringAsync("/sign-in");
    var hidden = Regex
        .Matches(page, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
        .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
    using var form = new FormUrlEncodedContent([
        .. hidden,
        KeyValuePair.Create("email", $"owner@{slug}.test"),
        KeyValuePair.Create("password", Generator.Password),
    ]);
    using var answer = await client.PostAsync("/sign-in", form);
    return cookies.GetCookieHeader(new Uri(url));
}

static long Resident(Process process)
{
    process.Refresh();
    return process.WorkingSet64 / 1024 / 1024;
}
