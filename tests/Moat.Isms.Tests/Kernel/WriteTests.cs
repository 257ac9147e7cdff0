using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;
using Moat.Isms.Risks;
using Moat.Storage;
using Npgsql;

namespace Moat.Tests;

/// <summary>The one write path, on both databases.</summary>
public sealed class WriteTests
{
    private static readonly string[] WrongAssets = ["AST-99"];

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_save_without_an_operation_throws(string database)
    {
        await using var company = await Company.Found(database);
        await using var scope = company.Scope(company.Owner);
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        db.Add(new Asset { Name = "Behind the back", Kind = "model" });
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            db.SaveChangesAsync(TestContext.Current.CancellationToken)
        );
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
        Assert.Equal(0, await company.Read(d => d.Set<Asset>().CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Concurrent_writers_lose_nothing_and_make_one_gapless_tree(string database)
    {
        await using var company = await Company.Found(database);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 10; i++)
                            await company.Run<AssetRegister, CreateAsset, Done>(
                                p => p.Create,
                                new CreateAsset { Name = $"Model {writer}-{i}", Kind = "model" }
                            );
                    })
                )
        );
        var numbers = await company.Read(db => db.Set<Asset>().Select(a => a.Number).Order().ToListAsync());
        Assert.Equal(Enumerable.Range(1, 80), numbers);
        var sequences = await company.Read(db =>
            db.Journal.OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync()
        );
        Assert.Equal(Enumerable.Range(0, sequences.Count).Select(i => (long)i), sequences);
        var check = await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing());
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.Equal(81, check.Entries);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reading_sees_one_state_whoever_writes_meanwhile(string database)
    {
        await using var company = await Company.Found(database);
        await using var scope = company.Scope(company.Owner);
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        var organization = company.Owner.OrganizationId;
        await using (
            await scope
                .ServiceProvider.GetRequiredService<ITransactions>()
                .BeginRead(db, organization, CancellationToken.None)
        )
        {
            var before = await db.Journal.CountAsync(TestContext.Current.CancellationToken);
            await company.Run<AssetRegister, CreateAsset, Done>(
                p => p.Create,
                new CreateAsset { Name = "Meanwhile", Kind = "model" }
            );
            Assert.Equal(before, await db.Journal.CountAsync(TestContext.Current.CancellationToken));
            Assert.Equal(
                before,
                (await db.Set<JournalHead>().AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Size
            );
        }
        Assert.Equal(2, await company.Read(d => d.Journal.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Parts_of_a_page_that_ask_at_once_are_answered_one_after_the_other(string database)
    {
        await using var company = await Company.Found(database);
        await using var scope = company.Scope(company.Owner);
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => session.Run(session.Of<PeopleProcess>().List, new ListPeople(), CancellationToken.None))
        );
        Assert.All(answers, page => Assert.Equal(1, page.Total));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_refused_operation_leaves_nothing_behind(string database)
    {
        await using var company = await Company.Found(database);
        var before = await company.Read(db => db.Journal.CountAsync());
        await Assert.ThrowsAnyAsync<Refusal>(() =>
            company.Do(
                "risks.create",
                new
                {
                    title = "A new risk",
                    cause = "Some cause",
                    consequence = "Some loss",
                    assets = WrongAssets,
                }
            )
        );
        Assert.Equal(before, await company.Read(db => db.Journal.CountAsync()));
        Assert.Equal(0, await company.Read(db => db.Set<Risk>().CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_that_somebody_else_changed_is_a_conflict(string database)
    {
        await using var company = await Company.Found(database);
        var asset = await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Weights", Kind = "model" }
        );
        await company.Run<AssetRegister, EditAsset, Done>(
            p => p.Edit,
            new EditAsset
            {
                Ref = asset.Ref,
                IfVersion = 1,
                Name = "Weights of June",
            }
        );
        var conflict = await Assert.ThrowsAsync<Conflict>(() =>
            company.Run<AssetRegister, EditAsset, Done>(
                p => p.Edit,
                new EditAsset
                {
                    Ref = asset.Ref,
                    IfVersion = 1,
                    Name = "Weights of July",
                }
            )
        );
        Assert.Equal(2, conflict.Theirs);
        Assert.Contains("Ada Acme", conflict.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_organisation_sees_nothing_and_a_foreign_reference_does_not_exist(string database)
    {
        await using var company = await Company.Found(database);
        var other = await company.NewOwner("rival", "Rita Rival");
        var asset = await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Weights", Kind = "model" }
        );
        var id = await company.Read(db => db.Set<Asset>().Select(a => a.Id).SingleAsync());
        Assert.Equal(
            0,
            (await company.Run<AssetReading, ListAssets, Page<AssetRow>>(p => p.List, new ListAssets(), other)).Total
        );
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = asset.Ref }, other)
        );
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<AssetRegister, EditAsset, Done>(
                p => p.Edit,
                new EditAsset { Ref = id.ToString(), Name = "Mine now" },
                other
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Verify_finds_an_edited_row_an_edited_entry_and_a_missing_entry(string database)
    {
        await using var company = await Company.Found(database);
        for (var i = 0; i < 3; i++)
            await company.Run<AssetRegister, CreateAsset, Done>(
                p => p.Create,
                new CreateAsset { Name = $"Model {i}", Kind = "model" }
            );
        await Sql(company, "UPDATE asset SET name = 'Something else' WHERE number = 2");
        Assert.Contains(
            await Findings(company),
            f => f.StartsWith("AST-2", StringComparison.Ordinal) && f.Contains("Name", StringComparison.Ordinal)
        );
        await Sql(company, "UPDATE asset SET name = 'Model 1' WHERE number = 2");
        Assert.Empty(await Findings(company));
        await Assert.ThrowsAnyAsync<DbException>(() =>
            Sql(company, "UPDATE journal_entry SET actor = 'Nobody' WHERE sequence = 2")
        );
        await LiftTheGuard(company);
        await Sql(company, "UPDATE journal_entry SET actor = 'Nobody' WHERE sequence = 2");
        Assert.Contains(await Findings(company), f => f.Contains("Entry 2", StringComparison.Ordinal));
        await Sql(company, "UPDATE journal_entry SET actor = 'Ada Acme' WHERE sequence = 2");
        Assert.All(
            await Findings(company),
            f => Assert.StartsWith("In the schema of the database the trigger ", f, StringComparison.Ordinal)
        );
        await Sql(company, "DELETE FROM journal_entry WHERE sequence = 1");
        Assert.Contains(await Findings(company), f => f.Contains("Entry 1 is missing", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_of_a_newer_program_is_refused(string database)
    {
        await using var company = await Company.Found(database);
        var table =
            database == "sqlite"
                ? "SchemaVersions (SchemaVersionID, ScriptName, Applied) VALUES (99, '9999-later.sql', '2030-01-01')"
                : "schemaversions (scriptname, applied) VALUES ('9999-later.sql', now())";
        await Sql(company, $"INSERT INTO {table}");
        await using var scope = company.Scope(company.Owner);
        var refused = Assert.Throws<DatabaseTooNew>(() =>
            scope.ServiceProvider.GetRequiredService<IMigrations>().Apply()
        );
        Assert.Contains("newer Moat", refused.Message, StringComparison.Ordinal);
    }

    internal static async Task<IReadOnlyList<string>> Findings(Company company, Caller? caller = null) =>
        (await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing(), caller)).Findings;

    /// <summary>
    /// Does what an intruder with full rights would do first: takes the triggers away that keep the journal
    /// append-only.
    /// </summary>
    internal static async Task LiftTheGuard(Company company)
    {
        if (company.Storage.Postgres is not null)
        {
            await Sql(company, "ALTER TABLE journal_entry DISABLE TRIGGER ALL", changesRows: false);
            return;
        }
        await using var connection = new SqliteConnection($"Data Source={company.Storage.SqliteFile}");
        await connection.OpenAsync();
        await using var list = new SqliteCommand(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'",
            connection
        );
        var triggers = new List<string>();
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                triggers.Add(reader.GetString(0));
        foreach (var trigger in triggers)
            await Sql(company, $"DROP TRIGGER {trigger}", changesRows: false);
    }

    /// <summary>Changes the database behind the product's back, as somebody with its password could.</summary>
    internal static async Task Sql(Company company, string sql, bool changesRows = true)
    {
        if (company.Storage.Postgres is { } postgres)
        {
            await using var connection = new NpgsqlConnection(
                postgres.Replace("Username=moat", "Username=postgres", StringComparison.Ordinal)
            );
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            Assert.True(await command.ExecuteNonQueryAsync() > 0 || !changesRows);
        }
        else
        {
            await using var connection = new SqliteConnection($"Data Source={company.Storage.SqliteFile}");
            await connection.OpenAsync();
            await using var command = new SqliteCommand(sql, connection);
            Assert.True(await command.ExecuteNonQueryAsync() > 0 || !changesRows);
        }
    }
}
