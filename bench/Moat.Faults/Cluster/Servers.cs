using Moat.Tests;

namespace Moat.Faults.Cluster;

/// <summary>
/// Three machines that serve Moat, each with a disk of its own, behind HAProxy. They share the database, and two keys
/// that are put there as a secret store does.
/// </summary>
/// <param name="folder">Where their disks are.</param>
/// <param name="postgres">The database.</param>
/// <param name="keys">The folder of the two keys.</param>
internal sealed class Servers(string folder, string postgres, string keys) : IAsyncDisposable
{
    private readonly Machine _balancer = new("lb", "10.77.0.9", Path.Combine(folder, "lb"));

    /// <summary>The machines.</summary>
    public IReadOnlyList<Machine> Machines { get; } =
    [
        .. Enumerable
            .Range(1, 3)
            .Select(n => new Machine($"app{n}", $"10.77.0.{20 + n}", Path.Combine(folder, $"app{n}"))),
    ];

    /// <summary>Where clients ask.</summary>
    public Uri Address => new($"http://{_balancer.Address}:8080");

    /// <summary>Starts all of them.</summary>
    public async Task Start()
    {
        foreach (var machine in Machines)
        {
            Directory.CreateDirectory(machine.Folder);
            await machine.Connect();
            Begin(machine);
        }
        Directory.CreateDirectory(_balancer.Folder);
        await _balancer.Connect();
        await File.WriteAllTextAsync(Path.Combine(_balancer.Folder, "haproxy.cfg"), Balance());
        _balancer.Run(null, "haproxy", "-db", "-f", Path.Combine(_balancer.Folder, "haproxy.cfg"));
        foreach (var machine in Machines)
            await Ready(machine);
    }

    /// <summary>Serves on a machine, again.</summary>
    public void Begin(Machine machine) =>
        machine.Run(
            null,
            "dotnet",
            MoatProgram.Dll,
            "serve",
            "--data",
            Path.Combine(machine.Folder, "data"),
            "--postgres",
            postgres,
            "--journal-key",
            Path.Combine(keys, "journal.key"),
            "--protection-key",
            Path.Combine(keys, "protection.key"),
            "--url",
            $"http://{machine.Address}:8080"
        );

    /// <summary>Waits until a machine says that it is ready.</summary>
    public static async Task Ready(Machine machine)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var said = "no answer";
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var ready = await client.GetAsync(new Uri($"http://{machine.Address}:8080/health/ready"));
                if (ready.IsSuccessStatusCode)
                    return;
                said = await ready.Content.ReadAsStringAsync();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // It is still starting.
            }
            await Task.Delay(200);
        }
        throw new InvalidOperationException(
            $"{machine.Name} did not become ready within two minutes: {said}. {await machine.LastWords()}"
        );
    }

    /// <summary>Replaces what runs on each machine, one after the other, as an upgrade does.</summary>
    public async Task Roll()
    {
        foreach (var machine in Machines)
        {
            await Machine.Take($"ip netns pids {machine.Name} | xargs -r kill -TERM");
            for (var wait = 0; wait < 150; wait++)
            {
                if ((await Machine.Take($"ip netns pids {machine.Name}")).Length == 0)
                    break;
                await Task.Delay(200);
            }
            await machine.Kill();
            Begin(machine);
            await Ready(machine);
        }
    }

    private string Balance() =>
        $"""
            global
              maxconn 2000
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
              retries 2
              option redispatch
            listen moat
              bind {_balancer.Address}:8080
              balance roundrobin
              option httpchk GET /health/ready
              default-server check inter 1s fastinter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
            {string.Join('\n', Machines.Select(m => $"  server {m.Name} {m.Address}:8080"))}

            """;

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines.Append(_balancer))
            await machine.Remove();
    }
}
