using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace Moat.Storage.Postgres;

/// <summary>Migrations of a PostgreSQL database, guarded by an advisory lock.</summary>
public sealed class PostgresMigrations(string connectionString) : IMigrations
{
    private const long LockId = 0x4D6F6174;

    /// <inheritdoc />
    public void Apply()
    {
        // The lock belongs to the connection; a pooled one would keep it after it is closed and shut out every other server.
        using var gate = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        gate.Open();
        using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({LockId})", gate);
        take.ExecuteNonQuery();
        var scripts = MigrationFiles.Of("Postgres");
        var engine = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogTo(new NoOpUpgradeLog()).Build();
        MigrationFiles.Run(engine, scripts);
    }
}
