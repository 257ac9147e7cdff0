using System.Security.Cryptography;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;
using Moat.Storage;
using Npgsql;

namespace Moat.Cli.Drills;

/// <summary>
/// An empty place for a restore drill: a temporary folder, and where it is wished a database of its own. Both are gone
/// when it is disposed.
/// </summary>
internal sealed class DrillPlace : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string? _server;
    private readonly string _database = $"moat_drill_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private DrillPlace(string folder, string? server) => (_folder, _server) = (folder, server);

    /// <summary>Where the backup is restored to. A key that is held outside the folder stays where it is.</summary>
    public StorageOptions Storage { get; private set; } = null!;

    /// <summary>Which database it is.</summary>
    public string Kind => _server is null ? "SQLite" : "PostgreSQL";

    private static string Connection(string postgres)
    {
        try
        {
            return SettingChecks.Connection(postgres);
        }
        catch (FormatException e)
        {
            throw new InputInvalid("--into-postgres", e.Message);
        }
    }

    public static async Task<DrillPlace> Make(StorageOptions like, string? postgres, CancellationToken ct)
    {
        var server = postgres is null ? null : Connection(postgres);
        var place = new DrillPlace(Directory.CreateTempSubdirectory("moat-drill-").FullName, server);
        try
        {
            if (server is not null)
                await place.OnServer($"CREATE DATABASE {place._database}", ct);
            var database = server is null
                ? null
                : new NpgsqlConnectionStringBuilder(server) { Database = place._database }.ConnectionString;
            place.Storage = like with { DataFolder = place._folder, Postgres = database, Bucket = null };
            return place;
        }
        catch
        {
            Directory.Delete(place._folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        if (_server is not null)
            await OnServer($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)", CancellationToken.None);
    }

    private async Task OnServer(string command, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(ct);
        await using var run = new NpgsqlCommand(command, connection);
        await run.ExecuteNonQueryAsync(ct);
    }
}
