using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Moat.Tests;

/// <summary>
/// What cannot be done here and now ends with one sentence that says what to do and with exit code 3; what was typed
/// wrongly with 2.
/// </summary>
[TakesLong]
public sealed class ExitCodeTests
{
    private static readonly string[][] Commands =
    [
        ["org", "list"],
        ["verify"],
        ["serve", "--url", "http://127.0.0.1:0"],
        ["migrate"],
    ];

    [Fact]
    public async Task A_file_that_is_no_database_or_is_damaged()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("moat.db"), string.Concat(Enumerable.Repeat("not a database ", 1000)));
        await All(folder.Path, "The database file is damaged");
        await MoatProgram.Do(
            "init",
            "--data",
            folder.Of("whole"),
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test"
        );
        // Pages of a table in the middle of the file are overwritten, as a broken disk does.
        await using (var file = File.OpenWrite(folder.Of("whole/moat.db")))
        {
            file.Position = 4096;
            for (var page = 0; page < 60; page++)
                await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }
        await Ends(3, "The database file is damaged", "org", "list", "--data", folder.Of("whole"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version()
    {
        using var folder = new TemporaryFolder();
        await MoatProgram.Do("migrate", "--data", folder.Path);
        await using (var connection = new SqliteConnection($"Data Source={folder.Of("moat.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var later = new SqliteCommand(
                "INSERT INTO SchemaVersions (SchemaVersionID, ScriptName, Applied) VALUES (999, "
                    + "'9999-later.sql', '2030-01-01')",
                connection
            );
            await later.ExecuteNonQueryAsync();
        }
        await All(folder.Path, "newer Moat");
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_that_is_not_this_machines()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await Ends(
            3,
            "Another program listens there",
            "serve",
            "--data",
            folder.Path,
            "--url",
            $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"
        );
        await Ends(3, "--url", "serve", "--data", folder.Path, "--url", "http://192.0.2.1:4400");
        await Ends(2, "--url", "serve", "--data", folder.Path, "--url", "somewhere");
    }

    [Fact]
    public async Task An_organisation_that_cannot_be_founded_leaves_no_account_and_tells_no_password()
    {
        using var folder = new TemporaryFolder();
        var (slug, data) = ("acme", folder.Of("data"));
        await MoatProgram.Do("init", "--data", data, "--org", slug, "--name", "Acme", "--admin", "ada@acme.test");
        File.Delete(Path.Combine(data, "keys", "journal.key"));
        var (code, output, error) = await MoatProgram.Run(
            "init",
            "--data",
            data,
            "--org",
            "beta",
            "--name",
            "Beta",
            "--admin",
            "bob@beta.test"
        );
        Assert.True(code == 3, output + error);
        Assert.DoesNotContain("Password", output, StringComparison.Ordinal);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "moat.db")};Pooling=False");
        await connection.OpenAsync();
        await using var accounts = new SqliteCommand("SELECT COUNT(*) FROM account", connection);
        Assert.Equal(1L, await accounts.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("file"), "");
        foreach (var command in Commands)
            await Ends(3, "is a file, and a folder is needed", [.. command, "--data", folder.Of("file")]);
        // Nobody, not even root, makes folders there.
        if (Directory.Exists("/sys"))
            await All("/sys/moat", "/sys/moat");
    }

    [Fact]
    public async Task What_looks_at_an_installation_makes_none()
    {
        using var folder = new TemporaryFolder();
        string[][] looks =
        [
            ["verify"],
            ["org", "list"],
            ["backup", folder.Of("backup.moat"), "--passphrase-file", folder.Of("passphrase")],
            ["risks", "list"],
            ["user", "reset-password", "ada@acme.test"],
            ["version", "verify", folder.Of("passphrase")],
        ];
        await File.WriteAllTextAsync(folder.Of("passphrase"), "a long enough passphrase");
        foreach (var command in looks)
        {
            await Ends(3, "There is no installation in", [.. command, "--data", folder.Of("absent")]);
            Assert.False(Directory.Exists(folder.Of("absent")), command[0]);
        }
        Directory.CreateDirectory(folder.Of("empty"));
        await Ends(3, "There is no installation in", "verify", "--data", folder.Of("empty"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Of("empty")));
        await Ends(
            3,
            "There is no installation in this PostgreSQL",
            "verify",
            "--data",
            folder.Of("empty"),
            "--postgres",
            await PostgresCluster.NewDatabase()
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Of("empty")));
    }

    [Fact]
    public async Task What_is_no_regular_file_is_refused_and_not_waited_for()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("empty"), "");
        await Ends(2, "is empty, or is a pipe", "verify", folder.Of("empty"));
        if (OperatingSystem.IsWindows())
            return;
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder.Of("pipe"), folder.Of("manifest.json")]))
            await made.WaitForExitAsync();
        await Ends(2, "is a pipe or a device", "verify", folder.Of("pipe"));
        await Ends(2, "is a pipe or a device", "verify", "/dev/zero");
        await Ends(2, "is a pipe or a device", "verify", folder.Of("pipe"), "--since", folder.Of("pipe"));
        await Ends(2, "is a pipe or a device", "restore", folder.Of("pipe"), "--data", folder.Of("data"));
        File.CreateSymbolicLink(folder.Of("link"), folder.Of("pipe"));
        await Ends(2, "is a pipe or a device", "verify", folder.Of("link"));
        var (code, output, error) = await MoatProgram.Run("verify", folder.Path);
        Assert.True(code == 1, output + error);
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_not_there_or_lets_nobody_in()
    {
        using var folder = new TemporaryFolder();
        await Ends(
            3,
            "PostgreSQL cannot be reached",
            "serve",
            "--data",
            folder.Path,
            "--postgres",
            "Host=127.0.0.1;Port=1;Username=moat;Database=moat"
        );
        await Ends(2, "--postgres", "serve", "--data", folder.Path, "--postgres", "nothing like it");
        var database = await PostgresCluster.NewDatabase();
        await Ends(
            3,
            "PostgreSQL has no such database",
            "org",
            "list",
            "--data",
            folder.Path,
            "--postgres",
            database.Replace("Database=test", "Database=absent", StringComparison.Ordinal)
        );
        await Ends(
            3,
            "does not let this user in",
            "org",
            "list",
            "--data",
            folder.Path,
            "--postgres",
            database.Replace("Username=moat", "Username=nobody_here", StringComparison.Ordinal)
        );
        await Ends(3, "is empty", "serve", "--data", folder.Path, "--postgres", database);
        Assert.Contains(
            "may serve it now",
            await MoatProgram.Do(
                "migrate",
                "--data",
                folder.Path,
                "--postgres",
                database,
                "--serving-role",
                "moat_serving"
            ),
            StringComparison.Ordinal
        );
        await Ends(3, "owns the tables", "serve", "--data", folder.Path, "--postgres", database);
        using var allowed = await MoatProgram.Serve(
            "serve",
            "--data",
            folder.Path,
            "--postgres",
            database,
            "--allow-owner"
        );
        using var served = await MoatProgram.Serve(
            "serve",
            "--data",
            folder.Path,
            "--postgres",
            database.Replace("Username=moat", "Username=moat_serving", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_no_operation_writes_is_a_finding_without_a_log_or_a_stack()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        foreach (var name in new[] { "Weights", "Notebook" })
            await MoatProgram.Do("assets", "create", "--data", data, "--name", name, "--kind", "model");
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "moat.db")};Pooling=False");
        await connection.OpenAsync();
        foreach (
            var (sql, finding) in new[]
            {
                (
                    "UPDATE asset SET created_at = 'garbage' WHERE number = 2; DELETE FROM asset WHERE number = 1",
                    "FAILED: AST-2: the field CreatedAt holds"
                ),
                ("UPDATE account SET lockout_end = 'garbage'", "FAILED: ACC-1: its account holds a value"),
                ("UPDATE organization SET created_at = 'garbage'", "FAILED: The list of organisations holds a value"),
            }
        )
        {
            await using (var change = new SqliteCommand(sql, connection))
                await change.ExecuteNonQueryAsync();
            var (code, output, error) = await MoatProgram.Run("verify", "--data", data);
            Assert.True(code == 1, output + error);
            Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
            Assert.DoesNotContain("EntityFrameworkCore", output + error, StringComparison.Ordinal);
            Assert.Contains(finding, output, StringComparison.Ordinal);
            if (finding.Contains("AST-2", StringComparison.Ordinal))
                Assert.Contains("its record is gone", output, StringComparison.Ordinal);
        }
    }

    private static async Task All(string data, string says)
    {
        foreach (var command in Commands)
            await Ends(3, says, [.. command, "--data", data]);
    }

    private static async Task Ends(int with, string says, params string[] command)
    {
        var (code, output, error) = await MoatProgram.Run(command);
        Assert.True(with == code, $"moat {string.Join(' ', command)} ended with {code}: {output}{error}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
