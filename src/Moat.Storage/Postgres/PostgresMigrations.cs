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
        using var gate = new NpgsqlConnection(connectionString);
        gate.Open();
        using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({LockId})", gate);
        take.ExecuteNonQuery();
        var scripts = MigrationFiles.Of("Postgres");
        var engine = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogTo(new NoOpUpgradeLog()).Build();
        MigrationFiles.Run(engine, scripts);
    }
}
