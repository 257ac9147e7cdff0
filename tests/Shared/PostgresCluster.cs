using System.Diagnostics;
using System.Globalization;
using Moat.Storage.Postgres;
using Npgsql;

namespace Moat.Tests;

/// <summary>
/// A throw-away PostgreSQL cluster: made on first use, removed when the tests end. It listens on a socket in its own
/// folder only.
/// </summary>
internal sealed class PostgresCluster
{
    private static readonly Lazy<Task<PostgresCluster>> Shared = new(Start);
    private const string ServingUser = "moat_serving";
    private static int _databases;
    private readonly string _folder;

    private PostgresCluster(string folder) => _folder = folder;

    private static string? Binaries =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;

    /// <summary>Whether there is a server to start.</summary>
    public static bool IsInstalled => !TestRun.IsFast && Binaries is not null;

    /// <summary>
    /// Closes what a pool keeps open to a database that no test needs any more: hundreds of them share one server.
    /// </summary>
    public static void Release(string connectionString)
    {
        foreach (var pool in new[] { connectionString, PostgresDatabase.Prepared(connectionString) })
        {
            using var connection = new NpgsqlConnection(pool);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    /// <summary>
    /// A database that belongs to an ordinary user, so that row-level security counts: empty, or a copy of another that
    /// nobody uses.
    /// </summary>
    public static async Task<string> NewDatabase(string? copied = null)
    {
        Counterpart.Need(IsInstalled, "PostgreSQL");
        return await (await Shared.Value).Database(copied);
    }

    /// <summary>
    /// A database as a server is meant to use it: made by its owner, served by a user who owns nothing.
    /// </summary>
    public static async Task<string> NewServedDatabase() => Served(await NewDatabase());

    /// <summary>Brings an owner's database up to date, and answers how the serving user connects to it.</summary>
    public static string Served(string owners)
    {
        var migrations = new PostgresMigrations(owners);
        migrations.Apply();
        migrations.LetServe(ServingUser);
        return new NpgsqlConnectionStringBuilder(owners) { Username = ServingUser }.ConnectionString;
    }

    /// <summary>The same database for a superuser.</summary>
    public static string AsSuperuser(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = "postgres" }.ConnectionString;

    /// <summary>A server of its own, for a test that stops it.</summary>
    public static Task<PostgresCluster> Own()
    {
        Counterpart.Need(IsInstalled, "PostgreSQL");
        return Start();
    }

    /// <summary>A database that belongs to an ordinary user.</summary>
    public async Task<string> Database(string? copied = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", "postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand(
            $"CREATE DATABASE {name} OWNER moat TEMPLATE {(copied is null ? "template1" : new NpgsqlConnectionStringBuilder(copied).Database)}",
            connection
        );
        await create.ExecuteNonQueryAsync();
        return ConnectionString("moat", name);
    }

    /// <summary>Stops the server as a crash would.</summary>
    public Task Stop() => AsServer($"{Binaries}/pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop");

    /// <summary>Starts it, again.</summary>
    public Task Begin() =>
        AsServer(
            $"{Binaries}/pg_ctl",
            "-D",
            $"{_folder}/data",
            "-l",
            $"{_folder}/log",
            "-w",
            "-o",
            $"-k {_folder} -c listen_addresses= -c fsync=off -c max_connections=400",
            "start"
        );

    /// <summary>A second server that follows this one and can be read, and takes over where it is told to.</summary>
    public async Task<PostgresCluster> Standby()
    {
        var standby = await Empty();
        await AsServer(
            $"{Binaries}/pg_basebackup",
            "-h",
            _folder,
            "-U",
            "postgres",
            "-D",
            $"{standby._folder}/data",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync"
        );
        await standby.Begin();
        return standby;
    }

    /// <summary>Lets a server that follows take over.</summary>
    public Task Promote() => AsServer($"{Binaries}/pg_ctl", "-D", $"{_folder}/data", "-w", "promote");

    /// <summary>The same database on this server and another that follows it, whichever is there.</summary>
    public string WithStandby(string connectionString, PostgresCluster standby) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = $"{_folder},{standby._folder}",
            TargetSessionAttributes = "prefer-primary",
            HostRecheckSeconds = 1,
        }.ConnectionString;

    /// <summary>The same database on this server alone.</summary>
    public string Alone(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = _folder }.ConnectionString;

    /// <summary>Removes its files.</summary>
    public void Remove() => Directory.Delete(_folder, recursive: true);

    private string ConnectionString(string user, string database) =>
        $"Host={_folder};Username={user};Database={database};Maximum Pool Size=40;Connection Idle Lifetime=10;Connection Pruning Interval=5";

    private static async Task<PostgresCluster> Empty()
    {
        var folder = Directory.CreateTempSubdirectory("moat-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
            await Run("chown", "postgres", folder);
        return new PostgresCluster(folder);
    }

    private static async Task<PostgresCluster> Start()
    {
        var cluster = await Empty();
        var folder = cluster._folder;
        await AsServer(
            $"{Binaries}/initdb",
            "-D",
            $"{folder}/data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C"
        );
        await cluster.Begin();
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres", "postgres"));
        await connection.OpenAsync();
        await using var role = new NpgsqlCommand(
            $"CREATE ROLE moat LOGIN CREATEDB; CREATE ROLE {ServingUser} LOGIN",
            connection
        );
        await role.ExecuteNonQueryAsync();
        return cluster;
    }

    /// <summary>Stops the server, if a test started it, and removes its files.</summary>
    public static async ValueTask End()
    {
        if (!Shared.IsValueCreated)
            return;
        var cluster = await Shared.Value;
        await cluster.Stop();
        cluster.Remove();
    }

    private static Task AsServer(params string[] command) =>
        Environment.IsPrivilegedProcess
            ? Run("runuser", ["-u", "postgres", "--", .. command])
            : Run(command[0], command[1..]);

    private static async Task Run(string program, params string[] arguments)
    {
        // The server inherits what its starter has open, so nothing may be a pipe that somebody waits for.
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$0\" \"$@\" >/dev/null", program, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
    }
}
