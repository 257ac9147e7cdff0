using System.Globalization;
using Moat.Tests;
using Npgsql;

namespace Moat.Faults.Cluster;

/// <summary>The cluster with an organisation and its clients, and what can be done to it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private readonly Databases _databases;
    private readonly Servers _servers;
    private readonly Clients _clients;
    private readonly string _home;
    private readonly List<string> _wrong = [];
    private int _next;

    private Stage(Databases databases, Servers servers, Clients clients, string home)
    {
        (_databases, _servers, _clients, _home) = (databases, servers, clients, home);
        Faults =
        [
            new("a machine of Moat dies", () => OfServer(m => m.Kill(), m => Begin(m))),
            new("a machine of Moat is cut off the network", () => OfServer(m => m.CutOff(), m => m.Rejoin())),
            new("the first database's machine dies", () => OfFirst(m => m.Kill(), _databases.Begin)),
            new("the first database crashes", () => OfFirst(Databases.Crash, _ => { })),
            new("the first database's machine is cut off the network", CutFirst),
            new("another database becomes the first, in order", () => OfFirst(Databases.SwitchOver, _ => { })),
            new("all machines of Moat are replaced one by one", Roll),
        ];
    }

    /// <summary>What can be done.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Founds the organisation, serves it on three machines and lets clients begin.</summary>
    public static async Task<Stage> Set(string folder, Databases databases)
    {
        var home = Path.Combine(folder, "home");
        await Prepare(databases);
        var postgres = databases.Connection("moat_serving");
        string[] place = ["--data", home, "--postgres", postgres];
        await MoatProgram.Do(["init", "--org", "acme", "--name", "Acme AI", "--admin", "ada@acme.example", .. place]);
        var token = (await MoatProgram.Do(["token", "create", "--role", "owner", "--name", "faults", .. place]))
            .Trim()
            .Split('\n')[^1]
            .Trim();
        var servers = new Servers(folder, postgres, Path.Combine(home, "keys"));
        try
        {
            await servers.Start();
        }
        catch (InvalidOperationException)
        {
            await servers.DisposeAsync();
            throw;
        }
        var clients = new Clients(servers.Address, token);
        clients.Start();
        return new Stage(databases, servers, clients, home);
    }

    /// <summary>Does one thing, waits until all are answered again and all machines are there, and looks.</summary>
    public async Task Try(Fault fault)
    {
        var begun = _clients.Now;
        if (!await _clients.Answered(begun, LongestWait))
            throw new InvalidOperationException("Nobody is answered before anything is broken.");
        _clients.Forget();
        begun = _clients.Now;
        var mend = await fault.Break();
        // What stands still does so at once: a second later an answer is one that came in spite of the fault.
        await Task.Delay(1000);
        var back = await _clients.Answered(_clients.Now, LongestWait);
        await mend();
        await _databases.Whole();
        foreach (var machine in _servers.Machines)
            await Servers.Ready(machine);
        await _clients.Answered(_clients.Now, LongestWait);
        var still = _clients.StoodStill(begun);
        var wrong =
            !back ? "nobody was answered for two minutes"
            : still.Writers > LongestStop || still.Readers > LongestStop ? "somebody stood still for half a minute"
            : await Verify();
        fault.Seen(still, wrong);
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fault.Name}: writers {still.Writers.TotalSeconds:N1} s, readers {still.Readers.TotalSeconds:N1} s {wrong}"
            )
        );
    }

    /// <summary>Sends again what got no answer, and compares what was acknowledged with what is stored.</summary>
    public async Task Finish()
    {
        await _clients.End();
        if (!_clients.Written.Unanswered.IsEmpty)
            _wrong.Add($"{_clients.Written.Unanswered.Count} could not be sent again");
        foreach (var (status, times) in _clients.Written.Odd)
            _wrong.Add($"{times} × status {status}");
        if (await Verify() is { } fault)
            _wrong.Add(fault);
    }

    /// <summary>What became of what was written.</summary>
    public Result Told()
    {
        var (lost, doubled) = _clients.Written.Compare(Stored().GetAwaiter().GetResult());
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{_clients.Written.Acknowledged.Count:N0} writes acknowledged, {lost} lost, {doubled} doubled"
        );
        return new Result(
            "all of these, on what was written",
            Faults.Sum(f => f.Times),
            lost + doubled + _wrong.Count,
            string.Join("; ", [seen, .. _wrong.Take(3)])
        );
    }

    private static async Task Prepare(Databases databases)
    {
        var first = await databases.First();
        await using (var connection = new NpgsqlConnection($"Host={first.Address};Username=postgres;Database=postgres"))
        {
            await connection.OpenAsync();
            foreach (
                var statement in new[]
                {
                    "CREATE ROLE moat LOGIN",
                    "CREATE ROLE moat_serving LOGIN",
                    "CREATE DATABASE moat OWNER moat",
                }
            )
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
            }
        }
        await MoatProgram.Do(
            "migrate",
            "--postgres",
            databases.Connection("moat", "primary"),
            "--serving-role",
            "moat_serving"
        );
    }

    private async Task<string?> Verify()
    {
        var (code, output, error) = await MoatProgram.Run([
            "verify",
            "--data",
            _home,
            "--postgres",
            _databases.Connection("moat_serving"),
        ]);
        return code == 0 ? null : $"verify ended with {code}: {output.Split('\n')[0]} {error.Split('\n')[0]}";
    }

    private async Task<Dictionary<string, int>> Stored()
    {
        await using var connection = new NpgsqlConnection(_databases.Connection("postgres", "primary"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT name, count(*)::int FROM asset GROUP BY name", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
            found[rows.GetString(0)] = rows.GetInt32(1);
        return found;
    }

    private async Task<Func<Task>> OfServer(Func<Machine, Task> fault, Func<Machine, Task> mend)
    {
        var machine = _servers.Machines[_next++ % _servers.Machines.Count];
        await fault(machine);
        return async () =>
        {
            await Task.Delay(3000);
            await mend(machine);
        };
    }

    private Task Begin(Machine machine)
    {
        _servers.Begin(machine);
        return Task.CompletedTask;
    }

    private async Task<Func<Task>> OfFirst(Func<Machine, Task> fault, Action<Machine> mend)
    {
        var first = await _databases.First();
        await fault(first);
        return () =>
        {
            mend(first);
            return Task.CompletedTask;
        };
    }

    private async Task<Func<Task>> CutFirst()
    {
        var first = await _databases.First();
        await first.CutOff();
        return first.Rejoin;
    }

    private async Task<Func<Task>> Roll()
    {
        await _servers.Roll();
        return () => Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _servers.DisposeAsync();
    }
}
