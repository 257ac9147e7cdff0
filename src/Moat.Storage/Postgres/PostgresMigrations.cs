using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Moat.Isms.Kernel;
using Npgsql;

namespace Moat.Storage.Postgres;

/// <summary>
/// Migrations of a PostgreSQL database, guarded by an advisory lock. A user who serves and owns nothing only looks
/// whether they are there.
/// </summary>
/// <param name="connectionString">Where it is.</param>
/// <param name="firstSeals">What seals the accounts from before they had seals; asked for only in the step that brings
/// seals.</param>
public sealed class PostgresMigrations(string connectionString, Func<string>? firstSeals = null) : IMigrations
{
    private const long LockId = 0x4D6F6174;

    /// <summary>Whether any migration was ever applied to a database.</summary>
    public static bool IsThere(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var look = new NpgsqlCommand("SELECT to_regclass('schemaversions') IS NOT NULL", connection);
        return (bool)look.ExecuteScalar()!;
    }

    /// <inheritdoc />
    public void Apply()
    {
        // The lock belongs to the connection; a pooled one would keep it after it is closed and shut out every other
        // server.
        using var gate = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        gate.Open();
        var scripts = MigrationFiles.Of("Postgres");
        if (PostgresRole.Read(gate).OnlyServes)
        {
            MigrationFiles.MustBeCurrent(Engine(scripts), scripts);
            return;
        }
        using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({LockId})", gate);
        take.ExecuteNonQuery();
        MigrationFiles.Run(Engine, scripts, firstSeals ?? (() => ""));
    }

    /// <inheritdoc />
    public void MustBeSafeToServe(bool ownerAllowed)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        if (!ownerAllowed && PostgresRole.Read(connection).WhyUnsafe is { } why)
            throw new Unavailable(
                $"{why} Let the owner run 'moat migrate --postgres OWNER --serving-role USER' and serve as that user, or say --allow-owner if "
                    + "you accept this."
            );
    }

    /// <inheritdoc />
    public void LetServe(string role)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        PostgresRole.Let(connection, role);
    }

    private UpgradeEngine Engine(SqlScript[] scripts) =>
        DeployChanges
            .To.PostgresqlDatabase(connectionString)
            .WithScripts(scripts)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build();
}
