using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Reports.Pack;
using Moat.Storage;
using Moat.Storage.Postgres;
using Npgsql;

namespace Moat.Tests;

/// <summary>On PostgreSQL a server works as a user who can neither change the tables nor take the walls down.</summary>
[TakesLong]
public sealed class ServingRoleTests
{
    [Fact]
    public async Task Every_table_of_an_organisation_stands_behind_the_wall()
    {
        await using var connection = await Open(await PostgresCluster.NewServedDatabase());
        const string Tables = """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            """;
        Assert.True((await Names(connection, Tables)).Count > 80);
        Assert.Empty(
            await Names(
                connection,
                $"""
                {Tables} AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                    AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant'))
                """
            )
        );
    }

    [Theory]
    [InlineData("ALTER TABLE asset DISABLE ROW LEVEL SECURITY")]
    [InlineData("ALTER TABLE asset NO FORCE ROW LEVEL SECURITY")]
    [InlineData("DROP POLICY tenant ON membership")]
    [InlineData("ALTER TABLE journal_entry DISABLE TRIGGER ALL")]
    [InlineData("DROP TRIGGER journal_entry_no_change ON journal_entry")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("UPDATE journal_entry SET actor = 'Nobody'")]
    [InlineData("DELETE FROM journal_entry")]
    [InlineData("TRUNCATE journal_entry")]
    [InlineData("UPDATE journal_subject SET subject = 'RISK-1'")]
    [InlineData("TRUNCATE journal_subject")]
    [InlineData("DROP TRIGGER journal_subject_no_change ON journal_subject")]
    [InlineData("TRUNCATE asset")]
    [InlineData("DROP TABLE asset")]
    [InlineData("DELETE FROM schemaversions")]
    [InlineData("SET ROLE moat")]
    public async Task The_serving_user_cannot_take_it_down(string command)
    {
        await using var connection = await Open(await PostgresCluster.NewServedDatabase());
        await using var run = new NpgsqlCommand(command, connection);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(run.ExecuteNonQueryAsync)).SqlState);
    }

    [Fact]
    public async Task Work_goes_on_under_the_serving_user_and_verifies()
    {
        using var folder = new TemporaryFolder();
        var served = await PostgresCluster.NewServedDatabase();
        await using var company = await Company.On(
            new StorageOptions { DataFolder = folder.Of("data"), Postgres = served }
        );
        var rival = await company.NewOwner("rival", "Rita Rival");
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    company.Run<AssetRegister, CreateAsset, Done>(
                        p => p.Create,
                        new CreateAsset { Name = $"Model {i}", Kind = "model" },
                        i % 2 == 0 ? null : rival
                    )
                )
        );
        Assert.Equal(6, await company.Read(db => db.Set<Asset>().CountAsync()));
        Assert.Empty(await WriteTests.Findings(company));
        Assert.True(
            Packs.Verify((await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content).Holds
        );
    }

    [Fact]
    public async Task Memberships_are_seen_by_organisation_or_by_their_own_account_only()
    {
        using var folder = new TemporaryFolder();
        var served = await PostgresCluster.NewServedDatabase();
        await using var company = await Company.On(
            new StorageOptions { DataFolder = folder.Of("data"), Postgres = served }
        );
        var rival = await company.NewOwner("rival", "Rita Rival");
        await using var connection = await Open(company.Storage.Postgres!);
        Task<List<string>> Seen(string setting, Guid id) =>
            Names(connection, $"SELECT set_config('{setting}', '{id}', false); SELECT email FROM membership");
        Assert.Empty(await Names(connection, "SELECT email FROM membership"));
        Assert.Equal(["owner@acme.test"], (await Seen("moat.organization", company.Owner.OrganizationId)).Skip(1));
        Assert.Empty((await Seen("moat.organization", Guid.CreateVersion7())).Skip(1));
        Assert.Equal(["owner@rival.test"], (await Seen("moat.account", rival.ActorId!.Value)).Skip(1));
        await using var change = new NpgsqlCommand("UPDATE membership SET role = 'Owner'", connection);
        Assert.Equal(0, await change.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task Owners_superusers_and_an_empty_database_are_refused_unless_the_operator_says_so()
    {
        var owner = await PostgresCluster.NewDatabase();
        Assert.Contains("is empty", Refused(owner), StringComparison.Ordinal);
        var served = PostgresCluster.Served(owner);
        Assert.Contains("owns the tables", Refused(owner), StringComparison.Ordinal);
        Assert.Contains("is a superuser", Refused(PostgresCluster.AsSuperuser(owner)), StringComparison.Ordinal);
        await using (var connection = await Open(PostgresCluster.AsSuperuser(owner)))
        {
            await using var role = new NpgsqlCommand("CREATE ROLE passes_by LOGIN BYPASSRLS", connection);
            await role.ExecuteNonQueryAsync();
        }
        Assert.Contains(
            "may bypass row-level security",
            Refused(new NpgsqlConnectionStringBuilder(owner) { Username = "passes_by" }.ConnectionString),
            StringComparison.Ordinal
        );
        new PostgresMigrations(owner).MustBeSafeToServe(ownerAllowed: true);
        new PostgresMigrations(served).MustBeSafeToServe(ownerAllowed: false);
        foreach (var role in new[] { "nobody_here", "postgres", "moat", "passes_by" })
        {
            var refused = Assert.Throws<InputInvalid>(() => new PostgresMigrations(owner).LetServe(role));
            Assert.Equal("--serving-role", Assert.Single(refused.Errors).Field);
        }
    }

    [Fact]
    public async Task The_serving_user_migrates_nothing_and_says_who_must()
    {
        var owner = await PostgresCluster.NewDatabase();
        var served = new PostgresMigrations(PostgresCluster.Served(owner));
        served.Apply();
        await Owner(
            owner,
            "DELETE FROM schemaversions WHERE schemaversionsid = (SELECT max(schemaversionsid) FROM schemaversions)"
        );
        Assert.Contains("moat migrate", Assert.Throws<DatabaseTooOld>(served.Apply).Message, StringComparison.Ordinal);
        await Owner(owner, "INSERT INTO schemaversions (scriptname, applied) VALUES ('9999-later.sql', now())");
        Assert.Contains("newer Moat", Assert.Throws<DatabaseTooNew>(served.Apply).Message, StringComparison.Ordinal);
    }

    private static string Refused(string connection) =>
        Assert
            .Throws<Unavailable>(() => new PostgresMigrations(connection).MustBeSafeToServe(ownerAllowed: false))
            .Message;

    private static async Task Owner(string owner, string command)
    {
        await using var connection = await Open(owner);
        await using var run = new NpgsqlCommand(command, connection);
        Assert.Equal(1, await run.ExecuteNonQueryAsync());
    }

    private static async Task<NpgsqlConnection> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<string>> Names(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        do while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        while (await reader.NextResultAsync());
        return names;
    }
}
