using System.Text.Json.Nodes;
using Npgsql;

namespace Moat.Tests;

/// <summary>
/// A restore drill is one command, leaves evidence and nothing else, and does not make a failure look like anything but
/// one.
/// </summary>
[TakesLong]
public sealed class RestoreDrillTests
{
    [Fact]
    public async Task A_drill_shows_what_was_restored_and_one_that_fails_counts_for_nothing()
    {
        using var folder = new TemporaryFolder();
        var (data, backup, secret) = await BackedUp(folder);
        var places = Directory.GetDirectories(Path.GetTempPath(), "moat-drill-*").Length;
        var said = await MoatProgram.Do("restore-drill", backup, "--data", data, "--passphrase-file", secret);
        Assert.Matches(@"asset: (\d+) of \1 rows", said);
        Assert.Contains("acme: recorded as EVD-2 for A.8.13.", said, StringComparison.Ordinal);
        var row = (await Get(data, "evidence", "EVD-2"))["row"]!;
        Assert.Equal(
            ("moat", "collected", "record"),
            ((string)row["origin"]!, (string)row["grade"]!, (string)row["shownAs"]!)
        );
        await MoatProgram.Do("evidence", "download", "--data", data, "--ref", "EVD-2", "--out", folder.Of("report.md"));
        var report = await File.ReadAllTextAsync(folder.Of("report.md"));
        foreach (
            var part in new[]
            {
                "**Passed.**",
                "moat.backup",
                "an empty SQLite",
                "operator ",
                "entries verified",
                " seconds",
            }
        )
            Assert.Contains(part, report, StringComparison.Ordinal);

        var damaged = await File.ReadAllBytesAsync(backup);
        damaged[^100] ^= 1;
        await File.WriteAllBytesAsync(folder.Of("damaged.backup"), damaged);
        var (code, output, _) = await MoatProgram.Run(
            "restore-drill",
            folder.Of("damaged.backup"),
            "--data",
            data,
            "--passphrase-file",
            secret
        );
        Assert.Equal(
            (1, true),
            (code, output.Contains("recorded as EVD-3 for A.8.13, which counts for nothing", StringComparison.Ordinal))
        );
        Assert.Contains(
            "The drill failed",
            (await Get(data, "evidence", "EVD-3")).ToJsonString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Repair the backup and drill again: damaged.backup",
            await MoatProgram.Do("tasks", "list", "--data", data, "--limit", "200"),
            StringComparison.Ordinal
        );
        Assert.Equal(places, Directory.GetDirectories(Path.GetTempPath(), "moat-drill-*").Length);
        Assert.Contains("OK:", await MoatProgram.Do("verify", "--data", data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_on_PostgreSQL_leaves_no_database_there()
    {
        using var folder = new TemporaryFolder();
        var (data, backup, secret) = await BackedUp(folder);
        var server = await PostgresCluster.NewDatabase();
        var said = await MoatProgram.Do(
            "restore-drill",
            backup,
            "--data",
            data,
            "--passphrase-file",
            secret,
            "--into-postgres",
            server
        );
        Assert.Contains("acme: recorded as EVD-2", said, StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var left = new NpgsqlCommand(
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'moat_drill_%'",
            connection
        );
        Assert.Equal(0L, await left.ExecuteScalarAsync());
    }

    private static async Task<(string Data, string Backup, string Secret)> BackedUp(TemporaryFolder folder)
    {
        var data = folder.Of("data");
        await File.WriteAllTextAsync(folder.Of("answers.yaml"), Answers.Yaml);
        await File.WriteAllTextAsync(folder.Of("secret"), "correct horse battery");
        await MoatProgram.Do(
            "init",
            "--data",
            data,
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test",
            "--answers",
            folder.Of("answers.yaml")
        );
        await MoatProgram.Do("evidence", "push", folder.Of("answers.yaml"), "--data", data, "--control", "A.8.4");
        await MoatProgram.Do(
            "backup",
            folder.Of("moat.backup"),
            "--data",
            data,
            "--passphrase-file",
            folder.Of("secret")
        );
        return (data, folder.Of("moat.backup"), folder.Of("secret"));
    }

    private static async Task<JsonNode> Get(string data, string process, string reference) =>
        JsonNode.Parse(await MoatProgram.Do(process, "get", "--data", data, "--ref", reference))!;
}
