using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Moat.Storage.Sqlite;

/// <summary>Migrations of a SQLite file, guarded by a lock file beside it.</summary>
public sealed class SqliteMigrations(string connectionString) : IMigrations
{
    /// <inheritdoc />
    public void Apply()
    {
        var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var gate = Lock($"{file}.migrating");
        var scripts = MigrationFiles.Of("Sqlite");
        var engine = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogTo(new NoOpUpgradeLog()).Build();
        MigrationFiles.Run(engine, scripts);
    }

    private static FileStream Lock(string file)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 300)
            {
                // Another process migrates the same file; it will be done in a moment.
                Thread.Sleep(100);
            }
        }
    }
}
