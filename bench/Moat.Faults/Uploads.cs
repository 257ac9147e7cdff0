using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Moat.Faults;

/// <summary>
/// Every hostile file at every door that reads files. Promise: an answer below 500 within five seconds, at most 200 MB
/// of memory more than before, and a writer beside it is answered meanwhile.
/// </summary>
internal static class Uploads
{
    private const double LongestSeconds = 5;
    private const long MostBytes = 200L * 1024 * 1024;

    private static readonly string[] Doors =
    [
        "assets/preview-table",
        "risks/preview-table",
        "people/preview-table",
        "requests/preview-table",
        "assets/preview-bom",
        "assets/import-table",
        "assets/import-bom",
        "evidence/report",
        "directory/import",
        "frameworks/import",
        "checks/import",
        "threat-news/import-atlas",
    ];

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        await using var served = await Served.Start();
        await served.Ready();
        var files = HostileFiles.All().ToList();
        var (asked, faults, slowest, largest) = (0, new List<string>(), ("", 0.0), ("", 0L));
        foreach (var door in Doors)
        foreach (var file in files)
        {
            if (served.Process.HasExited)
            {
                faults.Add($"{door} {file.Name}: the server ended");
                await served.Serve();
                await served.Ready();
            }
            using var client = served.Client();
            client.Timeout = TimeSpan.FromMinutes(5);
            var before = ProcessMemory.Begin(served.Process);
            var watch = Stopwatch.StartNew();
            var status = await Send(client, door, file, served);
            var (seconds, bytes) = (watch.Elapsed.TotalSeconds, ProcessMemory.Peak(served.Process) - before);
            asked++;
            var name = $"{door} {file.Name}";
            Console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{name}: {status}, {seconds:N1} s, {bytes / 1e6:N0} MB")
            );
            if (status is 0 or >= 500)
                faults.Add($"{name}: {status}");
            if (seconds > LongestSeconds)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:N1} s"));
            if (bytes > MostBytes)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes / 1e6:N0} MB"));
            if (seconds > slowest.Item2)
                slowest = (name, seconds);
            if (bytes > largest.Item2)
                largest = (name, bytes);
        }
        if (await served.Verify() is { } fault)
            faults.Add(fault);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"slowest {slowest.Item2:N1} s ({slowest.Item1}), most memory {largest.Item2 / 1e6:N0} MB ({largest.Item1})"
        );
        yield return new Result(
            $"{files.Count} hostile files at {Doors.Length} doors",
            asked,
            faults.Count,
            string.Join("; ", [seen, .. faults.Take(40)])
        );
    }

    private static async Task<int> Send(HttpClient client, string door, HostileFile file, Served served)
    {
        var body = new JsonObject
        {
            ["file"] = new JsonObject { ["name"] = file.Name, ["content"] = Convert.ToBase64String(file.Content) },
        };
        try
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync($"/api/v1/acme/{door}", content);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Task.Delay(500);
            return served.Process.HasExited ? 0 : 599;
        }
    }
}
