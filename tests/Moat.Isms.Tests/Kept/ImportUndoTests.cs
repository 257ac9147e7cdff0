using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Imports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>An import is one act that can be taken back, without taking back what somebody built on it.</summary>
public sealed class ImportUndoTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_import_is_listed_with_its_file_and_taken_back_as_a_whole_once(string database)
    {
        await using var company = await Company.Found(database);
        await Import(company, Table(30));
        var import = Assert.Single(await List(company));
        Assert.Equal(("wrong.csv", "Ada Acme", 30, null), (import.File, import.By, import.Entered, import.UndoneBy));
        var preview = await company.Run<ImportProcess, OneImport, UndoView>(
            p => p.Preview,
            new OneImport { Entry = import.Entry }
        );
        Assert.Equal((30, 0), (preview.TakenOut, preview.KeptCount));
        Assert.Equal(30, await Count(company));

        var undone = await Undo(company, import.Entry);
        Assert.Equal(30, undone.TakenOut);
        Assert.Equal(0, await Count(company));
        Assert.NotNull(Assert.Single(await List(company)).UndoneBy);
        Assert.Equal(
            "imports.undo.once",
            (await Assert.ThrowsAsync<RuleBroken>(() => Undo(company, import.Entry))).RuleId
        );
        await Verify(company);
        var next = (INamesRecord)await company.Do("assets.create", new { name = "After it", kind = "model" });
        Assert.Equal("AST-31", next.Ref);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_changed_or_used_since_stays_and_is_named(string database)
    {
        await using var company = await Company.Found(database);
        await Import(company, Table(10));
        await company.Do("assets.edit", new { @ref = "AST-2", name = "A name that somebody gave" });
        await company.Do(
            "risks.create",
            new
            {
                title = "The pipeline is changed",
                cause = "Everybody may push to it.",
                consequence = "Wrong models are served.",
                harms = new[] { "integrity" },
                assets = new[] { "AST-3" },
            }
        );
        await company.Do(
            "assets.relate",
            new
            {
                from = "AST-4",
                type = "depends-on",
                to = "AST-5",
            }
        );
        var undone = await Undo(company, (await List(company))[0].Entry);
        Assert.Equal(6, undone.TakenOut);
        Assert.Equal(
            ["AST-2", "AST-3", "AST-4", "AST-5"],
            undone.Kept.Select(k => k.Ref).Order(StringComparer.Ordinal)
        );
        Assert.Contains("Ada Acme changed it", undone.Kept.Single(k => k.Ref == "AST-2").Why, StringComparison.Ordinal);
        Assert.Equal(4, await Count(company));
        await Verify(company);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Risks_go_with_the_tasks_that_their_import_opened(string database)
    {
        await using var company = await Company.Found(database);
        var lines = Enumerable
            .Range(1, 5)
            .Select(i => $"Risk {i} of losing data,Nobody watches copy {i},Customers leave");
        await company.Do(
            "risks.import-table",
            new
            {
                file = new
                {
                    name = "risks.csv",
                    content = Convert.ToBase64String(
                        Encoding.UTF8.GetBytes("Risk,Cause,Consequence\n" + string.Join('\n', lines))
                    ),
                },
            }
        );
        var tasks = await company.Read(db => db.Set<Moat.Isms.Work.WorkItem>().CountAsync());
        var undone = await Undo(company, (await List(company))[0].Entry);
        Assert.Equal(5 + tasks, undone.TakenOut);
        Assert.Equal(
            (0, 0),
            await company.Read(async db =>
                (
                    await db.Set<Moat.Isms.Risks.Risk>().CountAsync(),
                    await db.Set<Moat.Isms.Work.WorkItem>().CountAsync()
                )
            )
        );
        await Verify(company);
    }

    [Fact]
    public async Task A_wrong_table_of_ten_thousand_rows_is_taken_back_in_the_time_that_its_import_takes()
    {
        await using var company = await Company.Found("sqlite");
        var since = Stopwatch.StartNew();
        await Import(company, Table(10_000));
        var import = since.Elapsed;
        since.Restart();
        var undone = await Undo(company, (await List(company))[0].Entry);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{undone.TakenOut} records in {since.Elapsed.TotalSeconds:0.0} s, imported in {import.TotalSeconds:0.0} s"
        );
        Assert.Equal(10_000, undone.TakenOut);
        // On a busy machine both take longer; compared with each other they say the same everywhere.
        Assert.True(since.Elapsed < (4 * import) + TimeSpan.FromSeconds(10), $"{since.Elapsed}, imported in {import}");
    }

    [Fact]
    public async Task An_entry_that_is_no_import_is_not_found()
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("assets.create", new { name = "By hand", kind = "model" });
        var entry = await company.Read(db =>
            db.Journal.OrderByDescending(e => e.Sequence).Select(e => e.Sequence).FirstAsync()
        );
        await Assert.ThrowsAsync<NotFound>(() => Undo(company, entry));
    }

    private static string Table(int rows) =>
        "Name,Type\n" + string.Join('\n', Enumerable.Range(1, rows).Select(i => $"Imported thing {i},model"));

    private static Task Import(Company company, string table) =>
        company.Do(
            "assets.import-table",
            new { file = new { name = "wrong.csv", content = Convert.ToBase64String(Encoding.UTF8.GetBytes(table)) } }
        );

    private static Task<IReadOnlyList<ImportRow>> List(Company company) =>
        company.Run<ImportProcess, Nothing, IReadOnlyList<ImportRow>>(p => p.List, new Nothing());

    private static Task<UndoView> Undo(Company company, long entry) =>
        company.Run<ImportProcess, UndoImport, UndoView>(
            p => p.Undo,
            new UndoImport { Entry = entry, Reason = "It was the file of another company." }
        );

    private static Task<int> Count(Company company) => company.Read(db => db.Set<Asset>().CountAsync());

    private static async Task Verify(Company company) =>
        Assert.Empty((await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings);
}
