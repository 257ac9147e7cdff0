using System.Data.Common;
using Microsoft.Data.Sqlite;
using Moat.Storage.Postgres;
using Npgsql;

namespace Moat.Storage;

/// <summary>
/// Looks at a database without the services of an installation: nothing is made, migrated or changed by it.
/// </summary>
public sealed class DatabaseLook(StorageOptions storage)
{
    // Whoever looks reads across organisations, as the installation itself does.
    private const string AllOrganizations = "SELECT set_config('moat.organization', '*', true)";

    private const string Migrations = "SELECT ScriptName FROM SchemaVersions";

    private const string Journals = """
        SELECT o.slug, h.verifier_key,
            (SELECT e.at FROM journal_entry e WHERE e.organization_id = h.organization_id ORDER BY e.sequence DESC LIMIT 1)
        FROM organization o JOIN journal_head h ON h.organization_id = o.id WHERE h.size > 0 ORDER BY o.slug
        """;

    private const string SealedKeys = "SELECT id, sealed FROM protection_key";

    private const string LastDrillAt =
        "SELECT max(at) FROM journal_entry WHERE operation = 'evidence.record-restore-drill'";

    private const string Durability = """
        SELECT name FROM pg_settings WHERE setting = 'off' AND name IN ('fsync', 'full_page_writes', 'synchronous_commit')
        """;

    private const string Follows = "SELECT pg_is_in_recovery()";

    private const string Clock = "SELECT clock_timestamp()";

    /// <summary>What it tells. Throws what the provider throws where it cannot be read.</summary>
    public async Task<DatabaseState> Read(CancellationToken ct)
    {
        await using var connection = await Open(ct);
        await using var reading = await Begin(connection, ct);
        var applied = await List(connection, Migrations, r => r.GetString(0), ct);
        var known = MigrationFiles.Of(connection is NpgsqlConnection ? "Postgres" : "Sqlite");
        var state = new DatabaseState
        {
            Lacks = [.. known.Select(s => s.Name).Except(applied)],
            Newer = applied.Except(known.Select(s => s.Name)).FirstOrDefault(),
        };
        if (connection is NpgsqlConnection postgres)
            state = state with
            {
                WhyUnsafe = PostgresRole.Read(postgres).WhyUnsafe,
                SwitchedOff = await List(connection, Durability, r => r.GetString(0), ct),
                ReadOnly = (await List(connection, Follows, r => r.GetBoolean(0), ct))[0],
                Clock = (await List(connection, Clock, Instant(0), ct))[0],
            };
        return state.IsCurrent
            ? state with
            {
                Journals = await List(
                    connection,
                    Journals,
                    r => new JournalState(r.GetString(0), r.GetString(1), Instant(2)(r)),
                    ct
                ),
                SealedKeys = (
                    await List(connection, SealedKeys, r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), ct)
                ).ToDictionary(),
            }
            : state;
    }

    /// <summary>When a restore drill was last kept; null where none ever was.</summary>
    public async Task<DateTime?> LastDrill(CancellationToken ct)
    {
        await using var connection = await Open(ct);
        await using var reading = await Begin(connection, ct);
        return (
            await List(connection, LastDrillAt, r => r.IsDBNull(0) ? (DateTime?)null : Instant(0)(r), ct)
        ).SingleOrDefault();
    }

    private async Task<DbConnection> Open(CancellationToken ct)
    {
        DbConnection connection = storage.Postgres is { } postgres
            ? new NpgsqlConnection(PostgresDatabase.Prepared(postgres))
            : new SqliteConnection(ReadOnly(storage.SqliteFile));
        await connection.OpenAsync(ct);
        return connection;
    }

    // SQLite has no users and no walls between organisations, and would lock the file for a transaction.
    private static async Task<DbTransaction?> Begin(DbConnection connection, CancellationToken ct)
    {
        if (connection is not NpgsqlConnection)
            return null;
        var reading = await connection.BeginTransactionAsync(ct);
        await List(connection, AllOrganizations, r => r.GetString(0), ct);
        return reading;
    }

    // Without a write-ahead log nobody has the file open, and even a reader would leave one behind; SQLite makes none
    // for a file that it is told does not change.
    private static string ReadOnly(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = File.Exists($"{file}-wal") ? file : $"{new Uri(file).AbsoluteUri}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString();

    private static async Task<List<T>> List<T>(
        DbConnection connection,
        string query,
        Func<DbDataReader, T> read,
        CancellationToken ct
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await reader.ReadAsync(ct))
            found.Add(read(reader));
        return found;
    }

    private static Func<DbDataReader, DateTime> Instant(int column) =>
        reader => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);
}
