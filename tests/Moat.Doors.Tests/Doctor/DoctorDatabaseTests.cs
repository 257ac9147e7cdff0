using Moat.Cli.Doctor;
using Moat.Storage;
using Npgsql;

namespace Moat.Tests;

/// <summary>What the doctor finds out about the database and the clock.</summary>
public sealed class DoctorDatabaseTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_database_of_a_newer_Moat_and_one_of_an_older(string database)
    {
        await using var company = await Company.Found(database);
        await Sql(company, "UPDATE schemaversions SET scriptname = '9999_later.sql' WHERE scriptname LIKE '0050%'");
        Assert.Contains(
            "'9999_later.sql'",
            (await Doctors.Examine(company)).Trouble("database", Condition.Broken).Says,
            StringComparison.Ordinal
        );
        await Sql(company, "DELETE FROM schemaversions WHERE scriptname = '9999_later.sql'");
        Assert.Contains(
            "it lacks 1 of the migrations, from '0050",
            (await Doctors.Examine(company)).Trouble("database", Condition.Warning).Says,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_user_who_serves_cannot_bring_the_database_up_to_date()
    {
        var owners = await PostgresCluster.NewDatabase();
        await using var company = await Company.On(new StorageOptions { DataFolder = Folder(), Postgres = owners });
        var served = company.Storage with { Postgres = PostgresCluster.Served(owners) };
        Assert.Contains(
            (await Doctors.Examine(company, o => o with { Storage = served })).Findings,
            f => f is { About: "database user", Condition: Condition.Fine }
        );
        await Sql(company, "DELETE FROM schemaversions WHERE scriptname LIKE '0050%'");
        Assert.Contains(
            (await Doctors.Examine(company, o => o with { Storage = served })).Findings,
            f => f.Condition == Condition.Broken && f.Mend?.Contains("moat migrate --postgres OWNER") == true
        );
    }

    [Fact]
    public async Task The_owner_of_the_tables_and_a_server_that_loses_what_it_stored()
    {
        await using var company = await Company.Found("postgres");
        // The servers of these tests do not wait for their disks.
        var found = await Doctors.Examine(company);
        Assert.Contains(
            "fsync is off",
            found.Trouble("database durability", Condition.Broken).Says,
            StringComparison.Ordinal
        );
        found.Trouble("database user", Condition.Broken);
        (await Doctors.Examine(company, o => o with { AllowOwner = true })).Trouble("database user", Condition.Warning);
        await Sql(company, "ALTER ROLE moat SET synchronous_commit = off");
        try
        {
            PostgresCluster.Release(company.Storage.Postgres!);
            (await Doctors.Examine(company)).Trouble("database durability", Condition.Warning);
        }
        finally
        {
            await Sql(company, "ALTER ROLE moat RESET synchronous_commit");
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_and_a_file_that_is_none()
    {
        using var folder = new TemporaryFolder();
        var away = new StorageOptions { DataFolder = folder.Path, Postgres = $"Host={folder.Path};Username=moat" };
        Assert.Contains(
            "cannot be reached",
            (await Doctors.Examine(away)).Trouble("database", Condition.Broken).Says,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(folder.Of("moat.db"), string.Concat(Enumerable.Repeat("no database ", 1000)));
        Assert.Contains(
            "damaged",
            (await Doctors.Examine(away with { Postgres = null })).Trouble("database", Condition.Broken).Says,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_clock_that_shows_a_time_before_the_last_entry(string database)
    {
        await using var company = await Company.Found(database);
        var before = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(company.Clock.GetUtcNow().AddHours(-1));
        Assert.Contains(
            "before the last entry of acme",
            (await Doctors.Examine(company, o => o with { Clock = before })).Trouble("clock", Condition.Broken).Says,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_clock_that_is_not_that_of_the_databases_machine()
    {
        await using var company = await Company.Found("postgres");
        var found = await Doctors.Examine(company);
        Assert.Contains("seconds apart", found.Trouble("clock", Condition.Broken).Says, StringComparison.Ordinal);
        found = await Doctors.Examine(company, o => o with { Clock = TimeProvider.System });
        Assert.Contains(found.Findings, f => f is { About: "clock", Condition: Condition.Fine });
    }

    private static string Folder() => Directory.CreateTempSubdirectory("moat-test-").FullName;

    private static async Task Sql(Company company, string sql)
    {
        if (company.Storage.Postgres is { } postgres)
        {
            await using var connection = new NpgsqlConnection(PostgresCluster.AsSuperuser(postgres));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
        else
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
                $"Data Source={company.Storage.SqliteFile};Pooling=False"
            );
            await connection.OpenAsync();
            await using var command = new Microsoft.Data.Sqlite.SqliteCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
