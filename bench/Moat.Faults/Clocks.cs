using System.Globalization;
using Moat.Tests;

namespace Moat.Faults;

/// <summary>
/// The clock of the machine jumps back by up to 400 days and forth by up to 80 under writers (libfaketime). Promise:
/// every write is answered, nothing is lost, the journal's tree holds. That a clock went back is told by verify as
/// such, and is no broken promise.
/// </summary>
internal static class Clocks
{
    private const int Jumps = 40;

    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ];

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        var library = Libraries.FirstOrDefault(File.Exists) ?? throw new LeftOut("libfaketime is not installed");
        var random = new Random(plan.Seed);
        using var folder = new TemporaryFolder();
        var offset = folder.Of("offset");
        await File.WriteAllTextAsync(offset, "+0");
        await using var served = await Served.Start();
        served.Kill();
        await InFakedTime(library, offset, () => served.Serve());
        var (writers, faults) = (new Writers("clock"), new List<string>());
        using var client = served.Client();
        await served.Ready();
        for (var jump = 1; jump <= Jumps; jump++)
        {
            // A token holds for ninety days; a clock beyond them rightly ends it.
            var days = random.Next(-400, 80);
            await File.WriteAllTextAsync(offset, string.Create(CultureInfo.InvariantCulture, $"{days:+0;-0;+0}d"));
            using var until = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
            await writers.Write(client, 4, until.Token);
            if (served.Process.HasExited)
                faults.Add($"jump {jump}: the server ended");
        }
        await File.WriteAllTextAsync(offset, "+0");
        await served.Ready();
        await writers.SendAgain(client);
        var (lost, doubled) = writers.Compare(await served.StoredAssets());
        if (!writers.Unanswered.IsEmpty)
            faults.Add($"{writers.Unanswered.Count} could not be sent again");
        foreach (var (status, times) in writers.Odd)
            faults.Add($"{times} × status {status}");
        var verified = await served.Verify();
        if (verified is not null && !verified.Contains("clock", StringComparison.OrdinalIgnoreCase))
            faults.Add(verified);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{writers.Acknowledged.Count:N0} writes acknowledged, {lost} lost, {doubled} doubled; {(verified is null ? "the journal verifies" : "verify tells of the clock")}"
        );
        yield return new Result(
            "the clock jumps, −400 to +80 days, under 4 writers",
            Jumps,
            lost + doubled + faults.Count,
            string.Join("; ", [seen, .. faults.Take(3)])
        );
    }

    /// <summary>The program inherits the variables; they are gone before anything else is started.</summary>
    private static async Task InFakedTime(string library, string offset, Func<Task> start)
    {
        (string Name, string Value)[] variables =
        [
            ("LD_PRELOAD", library),
            ("FAKETIME_TIMESTAMP_FILE", offset),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            await start();
        }
        finally
        {
            foreach (var (name, _) in variables)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
