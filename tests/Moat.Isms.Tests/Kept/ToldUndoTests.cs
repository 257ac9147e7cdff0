using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Directories;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Imports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// A wrong directory and a wrong bill that a source told are taken back as tables are, and what was told since stays
/// whole.
/// </summary>
public sealed class ToldUndoTests
{
    private const string Right = "email,name,status,mfa\nada@acme.test,Ada,active,yes\nbo@acme.test,Bo,active,no\n";
    private const string Wrong =
        "email,name,status,mfa\nada@acme.test,Ada,active,no\nghost@rival.test,Ghost,active,yes\n";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_directory_of_another_company_leaves_with_what_was_found_from_it(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Directory(company, Right);
        var before = await Outcomes(company);
        var (facts, intervals) = await Counts(company);
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Directory(company, Wrong, complete: true);
        Assert.Contains("Ada Failing", await Outcomes(company));
        company.Clock.Advance(TimeSpan.FromHours(1));

        var import = (await List(company))[0];
        Assert.Equal(
            ("directory.import", "users.csv", 1, 2),
            (import.Operation, import.File, import.Entered, import.Changed)
        );
        var undone = await Undo(company, import.Entry);
        Assert.Equal((1, 2, 0), (undone.TakenOut, undone.SetBack, undone.KeptCount));
        Assert.Equal(before, await Outcomes(company));
        Assert.Equal((facts, intervals), await Counts(company));
        var resources = await company.Read(db => db.Set<Resource>().OrderBy(r => r.Number).ToListAsync());
        Assert.Equal(["Ada", "Bo"], resources.Select(r => r.Name));
        Assert.All(resources, r => Assert.Null(r.GoneAt));
        // When the old fact was told last is not known any more; it MUST NOT be younger than the fact itself.
        Assert.Equal(resources[0].ObservedAt, resources[0].LastSeenAt);
        await Verify(company);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_told_again_since_stays_with_all_that_was_found_from_it(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Directory(company, Right);
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Directory(company, Wrong);
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Directory(
            company,
            "email,name,status,mfa\nada@acme.test,Ada,disabled,no\nghost@rival.test,Ghost,disabled,yes\n"
        );
        var (facts, intervals) = await Counts(company);
        var outcomes = await Outcomes(company);
        var preview = await company.Run<ImportProcess, OneImport, UndoView>(
            p => p.Preview,
            new OneImport { Entry = (await List(company))[1].Entry }
        );
        Assert.Equal((0, 0), (preview.TakenOut, preview.SetBack));
        Assert.Equal(["RES-1", "RES-3"], preview.Kept.Select(k => k.Ref).Order(StringComparer.Ordinal));
        Assert.Equal(
            "imports.undo.nothing",
            (await Assert.ThrowsAsync<RuleBroken>(() => Undo(company, preview.Import.Entry))).RuleId
        );
        Assert.Equal((facts, intervals), await Counts(company));
        Assert.Equal(outcomes, await Outcomes(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_bill_that_a_source_told_is_taken_back_with_the_relations_that_it_took_away(string database)
    {
        await using var company = await Company.Found(database);
        await SourceBill.Offer(company, Bill("\"s\"", "1"));
        await Take(company);
        await SourceBill.OfferAgain(company, Bill("", "2"));
        Assert.Contains((await Take(company)).Changes, c => c.What == "gone relation");

        var import = (await List(company))[0];
        Assert.Equal("collectors.import-bill", import.Operation);
        var undone = await Undo(company, import.Entry);
        // The bill leaves, and the version that it told of.
        Assert.Equal(
            (2, 1, 1),
            (
                undone.TakenOut,
                undone.Related,
                await company.Read(db => db.Links.CountAsync(l => l.Type == LinkTypes.DependsOn))
            )
        );
        var model = await company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = "AST-1" });
        Assert.StartsWith("Version 1", model.Description, StringComparison.Ordinal);
        await Verify(company);
    }

    private static string Bill(string needs, string version) =>
        $$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","name":"triage"} },
             "components":[{"bom-ref":"m","type":"machine-learning-model","name":"triage-7b","version":"{{version}}"}],
             "services":[{"bom-ref":"s","name":"embeddings"}],"dependencies":[{"ref":"m","dependsOn":[{{needs}}]}]}
            """;

    private static async Task<BomResult> Take(Company company) =>
        (BomResult)await company.Do("collectors.import-bill", new { @ref = "SRC-1" });

    private static Task Directory(Company company, string text, bool complete = false) =>
        company.Run<DirectoryProcess, GiveDirectory, DirectoryTaken>(
            p => p.Import,
            new GiveDirectory
            {
                File = new GivenFile { Name = "users.csv", Content = Encoding.UTF8.GetBytes(text) },
                Complete = complete,
            }
        );

    private static async Task<string[]> Outcomes(Company company) =>
        [
            .. (await FactTests.Check(company, "directory-second-factor"))
                .Resources.Select(r => $"{r.Name} {r.Outcome}")
                .Order(StringComparer.Ordinal),
        ];

    private static Task<(int Facts, int Intervals)> Counts(Company company) =>
        company.Read(async db =>
            (
                await db.Set<ResourceFact>().CountAsync(),
                await db.Set<CheckInterval>().CountAsync(i => i.Until == CheckInterval.Open)
            )
        );

    private static Task<IReadOnlyList<ImportRow>> List(Company company) =>
        company.Run<ImportProcess, Nothing, IReadOnlyList<ImportRow>>(p => p.List, new Nothing());

    private static Task<UndoView> Undo(Company company, long entry) =>
        company.Run<ImportProcess, UndoImport, UndoView>(
            p => p.Undo,
            new UndoImport { Entry = entry, Reason = "It was another company's file." }
        );

    private static async Task Verify(Company company) =>
        Assert.Empty((await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings);
}
