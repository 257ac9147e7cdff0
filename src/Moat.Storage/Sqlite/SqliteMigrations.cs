using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Moat.Storage.Sqlite;

/// <summary>Migrations of a SQLite file, guarded by a lock file beside it.</summary>
/// <param name="connectionString">Where it is.</param>
/// <param name="firstSeals">What seals the accounts from before they had seals; asked for only in the step that brings
/// seals.</param>
public sealed class SqliteMigrations(string connectionString, Func<string> firstSeals) : IMigrations
{
    /// <inheritdoc />
    public void Apply()
    {
        var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
        OwnerOnly.Folder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var gate = Lock($"{file}.migrating");
        // SQLite gives the write-ahead log and its index the rights of the database.
        OwnerOnly.Empty(file);
        MigrationFiles.Run(Engine, MigrationFiles.Of("Sqlite"), firstSeals);
        Learn();
    }

    /// <inheritdoc />
    public void MustBeSafeToServe(bool ownerAllowed)
    {
        // A file has no users: whoever can read it can change it. That is why the journal is signed.
    }

    /// <inheritdoc />
    public void LetServe(string role) =>
        throw new Moat.Isms.Kernel.InputInvalid(
            "--serving-role",
            "SQLite has no users. A serving role belongs to PostgreSQL: add --postgres."
        );

    private UpgradeEngine Engine(SqlScript[] scripts) =>
        DeployChanges
            .To.SqliteDatabase(connectionString)
            .WithScripts(scripts)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build();

    /// <summary>
    /// Lets the planner learn how large tables are; without that it may read a register instead of following an index.
    /// </summary>
    private void Learn()
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA analysis_limit=1000; PRAGMA optimize=0x10002;";
        command.ExecuteNonQuery();
    }

    // EROFS, and ERROR_WRITE_PROTECT on Windows.
    private static bool IsReadOnly(Exception e) => e.HResult is 30 or unchecked((int)0x80070013);

    private static FileStream Lock(string file)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(
                    file,
                    OwnerOnly.File(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileOptions.DeleteOnClose)
                );
            }
            catch (Exception e) when (e is UnauthorizedAccessException || e is IOException && IsReadOnly(e))
            {
                throw new IOException(
                    $"The data folder {Path.GetDirectoryName(file)} cannot be written to. Give the user who runs this the rights to "
                        + "it, or name another with --data.",
                    e
                );
            }
            catch (IOException) when (attempt < 300)
            {
                // Another process migrates the same file; it will be done in a moment.
                Thread.Sleep(100);
            }
        }
    }
}
