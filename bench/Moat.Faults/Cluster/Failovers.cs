using System.Globalization;
using Moat.Tests;

namespace Moat.Faults.Cluster;

/// <summary>
/// Three servers behind HAProxy over three databases under Patroni, each on a machine of its own, while four clients
/// write and four read. Promise: what was acknowledged is there once whatever dies, the journal verifies after each
/// fault, and nobody stands still for half a minute.
/// </summary>
internal static class Failovers
{
    private static readonly string[] Programs = ["ip", "setpriv", "etcd", "patroni", "haproxy"];

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        Counterpart.Need(PostgresCluster.IsInstalled, "PostgreSQL");
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            throw new LeftOut("network namespaces need Linux and root");
        foreach (var program in Programs)
            Counterpart.Need(IsInstalled(program), program);
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await Machine.NewNetwork();
        try
        {
            await using var databases = new Databases(folder.Path);
            await databases.Start();
            await using var stage = await Stage.Set(folder.Path, databases);
            var random = new Random(plan.Seed);
            for (var time = 0; time < plan.Failovers; time++)
                await stage.Try(stage.Faults[time < stage.Faults.Count ? time : random.Next(stage.Faults.Count)]);
            await stage.Finish();
            foreach (var fault in stage.Faults)
                yield return fault.Told();
            yield return stage.Told();
        }
        finally
        {
            await Machine.EndNetwork();
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Any(p => File.Exists(Path.Combine(p, program)));
}

/// <summary>Something that is done to the cluster, and what was seen each time.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Break">Does it, and answers how it is mended.</param>
internal sealed record Fault(string Name, Func<Task<Func<Task>>> Break)
{
    private readonly List<double> _writers = [];
    private readonly List<double> _readers = [];
    private readonly List<string> _wrong = [];

    public int Times { get; private set; }

    public void Seen((TimeSpan Writers, TimeSpan Readers) still, string? wrong)
    {
        Times++;
        _writers.Add(still.Writers.TotalSeconds);
        _readers.Add(still.Readers.TotalSeconds);
        if (wrong is not null)
            _wrong.Add(wrong);
    }

    public Result Told() =>
        new(
            Name,
            Times,
            _wrong.Count,
            Times == 0
                ? "not tried"
                : string.Join(
                    "; ",
                    [$"writers stood still {Span(_writers)}, readers {Span(_readers)}", .. _wrong.Take(3)]
                )
        );

    private static string Span(List<double> seconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds.Order().ElementAt(seconds.Count / 2):N1} s, at most {seconds.Max():N1} s"
        );
}
