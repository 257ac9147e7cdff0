using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Moat.Faults.Cluster;

/// <summary>
/// Three machines with PostgreSQL under Patroni, which agree through etcd who is first. What is acknowledged stands on
/// two of them.
/// </summary>
internal sealed class Databases(string folder) : IAsyncDisposable
{
    private const string User = "postgres";
    private readonly List<Machine> _machines =
    [
        .. Enumerable
            .Range(1, 3)
            .Select(n => new Machine($"db{n}", $"10.77.0.{10 + n}", Path.Combine(folder, $"db{n}"))),
    ];
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };

    private static string Binaries =>
        Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(d => Path.Combine(d, "bin"))
            .Order(StringComparer.Ordinal)
            .Last();

    /// <summary>How to connect as a user, to whichever machine is first; with another to read from meanwhile.</summary>
    public string Connection(string user, string target = "prefer-primary") =>
        $"Host={string.Join(',', _machines.Select(m => m.Address))};Username={user};Database=moat;Target Session Attributes={target};"
        + "Host Recheck Seconds=1;Timeout=3;Command Timeout=8;Cancellation Timeout=1000;Keepalive=2;Maximum Pool Size=30";

    /// <summary>Starts all of them and waits until one is first and the others follow.</summary>
    public async Task Start()
    {
        foreach (var machine in _machines)
        {
            Directory.CreateDirectory(machine.Folder);
            await Machine.Take($"chown {User} {machine.Folder}");
            await machine.Connect();
            await Write(machine);
        }
        _machines.ForEach(Begin);
        await Whole();
    }

    /// <summary>The machine that is first now, once there is one.</summary>
    public async Task<Machine> First()
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            foreach (var machine in _machines)
                if (await Says(machine, "primary"))
                    return machine;
            await Task.Delay(200);
        }
        throw new InvalidOperationException("No database became the first within two minutes.");
    }

    /// <summary>Starts a machine again after it was killed.</summary>
    public void Begin(Machine machine)
    {
        var (address, name) = (machine.Address, machine.Name);
        machine.Run(
            User,
            "etcd",
            "--name",
            name,
            "--data-dir",
            Path.Combine(machine.Folder, "etcd"),
            "--listen-peer-urls",
            $"http://{address}:2380",
            "--initial-advertise-peer-urls",
            $"http://{address}:2380",
            "--listen-client-urls",
            $"http://{address}:2379",
            "--advertise-client-urls",
            $"http://{address}:2379",
            "--initial-cluster",
            string.Join(',', _machines.Select(m => $"{m.Name}=http://{m.Address}:2380"))
        );
        machine.Run(User, "patroni", Path.Combine(machine.Folder, "patroni.yml"));
    }

    /// <summary>Kills the database of a machine, and nothing else on it.</summary>
    public static async Task Crash(Machine machine)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(machine.Folder, "data", "postmaster.pid"));
        await Machine.Take($"kill -9 {lines[0]}");
    }

    /// <summary>Lets another machine be first, in order.</summary>
    public static async Task SwitchOver(Machine first)
    {
        using var asked = new StringContent(new JsonObject { ["leader"] = first.Name }.ToJsonString());
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        using var answer = await client.PostAsync(new Uri($"http://{first.Address}:8008/switchover"), asked);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until all of them are there again, one of them in step with the first.</summary>
    public async Task Whole()
    {
        var last = "";
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            foreach (var machine in _machines)
            {
                last = await Ask(machine, "cluster") ?? last;
                if (last.Length > 0 && IsWhole(JsonNode.Parse(last)!["members"]!.AsArray()))
                    return;
            }
            await Task.Delay(250);
        }
        throw new InvalidOperationException($"The databases did not find together again within three minutes: {last}");
    }

    private bool IsWhole(JsonArray members) =>
        members.Count == _machines.Count
        && members.Count(m => (string?)m!["role"] == "leader" && (string?)m["state"] == "running") == 1
        && members.Any(m => (string?)m!["role"] == "sync_standby")
        && members.All(m => (string?)m!["state"] is "running" or "streaming")
        && members.All(m => m!["lag"] is null || m["lag"]!.ToString() == "0");

    private async Task<bool> Says(Machine machine, string path) => await Ask(machine, path) is not null;

    private async Task<string?> Ask(Machine machine, string path)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri($"http://{machine.Address}:8008/{path}"));
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private async Task Write(Machine machine) =>
        await File.WriteAllTextAsync(
            Path.Combine(machine.Folder, "patroni.yml"),
            $"""
            scope: moat
            name: {machine.Name}
            restapi: {"{"} listen: "{machine.Address}:8008", connect_address: "{machine.Address}:8008" {"}"}
            etcd3: {"{"} hosts: "{string.Join(',', _machines.Select(m => $"{m.Address}:2379"))}" {"}"}
            bootstrap:
              dcs:
                ttl: 20
                loop_wait: 4
                retry_timeout: 6
                synchronous_mode: true
                synchronous_mode_strict: true
                primary_start_timeout: 0
                postgresql:
                  use_pg_rewind: true
                  parameters: {"{"} wal_log_hints: "on", max_connections: 200, wal_keep_size: 512MB {"}"}
              initdb: [ encoding: UTF8, locale: C, data-checksums ]
            postgresql:
              listen: {machine.Address}:5432
              connect_address: {machine.Address}:5432
              data_dir: {Path.Combine(machine.Folder, "data")}
              bin_dir: {Binaries}
              pg_hba: [ "local all all trust", "host all all 10.77.0.0/24 trust", "host replication all 10.77.0.0/24 trust" ]
              authentication:
                superuser: {"{"} username: {User} {"}"}
                replication: {"{"} username: replicator {"}"}
                rewind: {"{"} username: {User} {"}"}
              parameters: {"{"} unix_socket_directories: {machine.Folder} {"}"}
            """
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
            await machine.Remove();
        _client.Dispose();
    }
}
