using System.Globalization;
using Moat.Tests;

namespace Moat.Faults;

/// <summary>
/// The server, and the database under it, end without a word while eight clients write. Promise: what was acknowledged
/// is there once, what got no answer can be sent again with its key and is there once, and the journal verifies.
/// </summary>
internal static class Kills
{
    private const int Together = 8;
    private const int BetweenVerifications = 25;

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        yield return await Servers(plan, null, "moat serve killed (SIGKILL) under 8 writers, SQLite");
        Counterpart.Need(PostgresCluster.IsInstalled, "PostgreSQL");
        yield return await Servers(
            plan,
            await PostgresCluster.NewServedDatabase(),
            "moat serve killed (SIGKILL) under 8 writers, PostgreSQL"
        );
        yield return await Databases(plan);
    }

    private static async Task<Result> Servers(Plan plan, string? postgres, string title)
    {
        var random = new Random(plan.Seed);
        await using var served = await Served.Start(postgres);
        var (writers, faults) = (new Writers("kill"), new List<string>());
        for (var kill = 1; kill <= plan.Kills; kill++)
        {
            using var client = served.Client();
            await served.Ready();
            await writers.SendAgain(client);
            var writing = writers.Write(client, Together, CancellationToken.None);
            await Task.Delay(random.Next(20, 700));
            served.Kill();
            await writing;
            if (kill % BetweenVerifications == 0 && await served.Verify() is { } fault)
                faults.Add($"after kill {kill}: {fault}");
            await served.Serve();
        }
        return await End(served, writers, faults, plan.Kills, title);
    }

    private static async Task<Result> Databases(Plan plan)
    {
        var random = new Random(plan.Seed);
        var cluster = await PostgresCluster.Own();
        try
        {
            await using var served = await Served.Start(PostgresCluster.Served(await cluster.Database()));
            var (writers, faults) = (new Writers("kill"), new List<string>());
            for (var kill = 1; kill <= plan.Kills; kill++)
            {
                using var client = served.Client();
                await served.Ready();
                await writers.SendAgain(client);
                using var until = new CancellationTokenSource();
                var writing = writers.Write(client, Together, until.Token);
                await Task.Delay(random.Next(20, 500));
                await cluster.Stop();
                await until.CancelAsync();
                await writing;
                await cluster.Begin();
                if (served.Process.HasExited)
                    faults.Add($"after kill {kill} the server had ended");
                if (kill % BetweenVerifications == 0 && await served.Verify() is { } fault)
                    faults.Add($"after kill {kill}: {fault}");
            }
            return await End(
                served,
                writers,
                faults,
                plan.Kills,
                "PostgreSQL stopped as by a crash under 8 writers, the server goes on"
            );
        }
        finally
        {
            await cluster.Stop();
            cluster.Remove();
        }
    }

    private static async Task<Result> End(Served served, Writers writers, List<string> faults, int kills, string title)
    {
        await served.Ready();
        using (var client = served.Client())
            await writers.SendAgain(client);
        var (lost, doubled) = writers.Compare(await served.StoredAssets());
        if (await served.Verify() is { } fault)
            faults.Add($"at the end: {fault}");
        if (!writers.Unanswered.IsEmpty)
            faults.Add($"{writers.Unanswered.Count} could not be sent again");
        foreach (var (status, times) in writers.Odd)
            faults.Add($"{times} × status {status}");
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{writers.Acknowledged.Count:N0} writes acknowledged, {lost} lost, {doubled} doubled"
        );
        return new Result(title, kills, lost + doubled + faults.Count, string.Join("; ", [seen, .. faults.Take(3)]));
    }
}
