using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;
using Moat.Isms.Risks;
using Moat.Isms.Tables;
using Moat.Reports;

namespace Moat.Tests;

/// <summary>Every row is entered, known, a problem, or named as not taken.</summary>
public sealed class TableRowTests
{
    [Fact]
    public async Task Rows_of_one_name_are_asked_about_and_the_same_row_again_is_named()
    {
        await using var company = await Company.Found("sqlite");
        var file = File(
            "a.csv",
            "Name,Type,Location\nLaptop,laptop,Berlin\nLaptop,laptop,Hamburg\nlaptop,laptop,Cologne\nGateway,endpoint,Berlin\nGateway,endpoint,Berlin\n"
        );
        var preview = await Preview(company, file);
        Assert.Equal(["rows[3].name", "rows[4].name"], preview.Problems.Select(p => p.Field));
        Assert.Contains("Row 2 has the same name", preview.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal([6], Assert.Single(preview.NotTaken).Rows);
        Assert.Equal("It says the same as row 5.", preview.NotTaken[0].Why);
        await Assert.ThrowsAsync<InputInvalid>(() => Import(company, file));
        Assert.Equal(
            2,
            (
                await company.Run<AssetTable, GiveTable, TableResult>(
                    p => p.Import,
                    new GiveTable { File = file, SkipWrong = true }
                )
            ).New
        );
    }

    [Fact]
    public async Task Risks_of_one_title_are_told_apart_by_their_id()
    {
        await using var company = await Company.Found("sqlite");
        var without = await Risks(
            company,
            "Risk,Asset,Likelihood,Impact\nData leaves by a service,CRM,3,4\nData leaves by a service,HR,2,2\n"
        );
        Assert.Equal((1, "rows[3].title"), (without.New, without.Problems.Single().Field));
        var with = File(
            "r.csv",
            "Risk ID,Risk,Likelihood,Impact\nR-1,Data leaves by a service,3,4\nR-2,Data leaves by a service,2,2\n"
        );
        Assert.Equal(
            2,
            (await company.Run<RiskTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = with })).New
        );
        Assert.Equal((0, 2, 0), await Counts<RiskTable>(company, p => p.Preview, with));
    }

    [Fact]
    public async Task Totals_notes_and_headers_again_are_no_records_and_are_named()
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Preview(
            company,
            File(
                "a.csv",
                "Asset,Type,Value\nLive model,model,3\n\nAsset,Type,Value\nKey vault,saas,4\nTotal,,7\nLegend: 4 = critical,,\n,saas,2\nNotes,saas,2\n"
            )
        );
        Assert.Equal(["Live model", "Key vault", "Notes"], preview.Rows.Select(r => r.Title));
        Assert.Equal([4, 6, 7, 8], preview.NotTaken.SelectMany(n => n.Rows));
        Assert.Equal("It repeats the header.", preview.NotTaken[0].Why);
        Assert.Equal("It does not name an asset.", preview.NotTaken[^1].Why);
    }

    [Theory]
    [InlineData("assets")]
    [InlineData("risks")]
    [InlineData("people")]
    public async Task A_register_that_Moat_wrote_doubles_nothing_when_it_is_read_back(string register)
    {
        await using var company = await Company.Found("sqlite");
        await Import(
            company,
            File("a.csv", "Asset,Type,Classification\nWeights,model,Restricted\nLogs,dataset,Internal\n")
        );
        await company.Run<RiskTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable
            {
                File = File(
                    "r.csv",
                    "Risk,Cause,Consequence,Likelihood,Impact\nWeights leave,A leaver copies them,The model is sold,3,4\nLogs are lost,No copy,Nobody knows,2,2\n"
                ),
            }
        );
        var made = await company.Run<ReportProcess, ChooseRegister, MadeFile>(
            p => p.Register,
            new ChooseRegister { Name = register }
        );
        var file = new GivenFile { Name = made.Name, Content = made.Content };
        var (fresh, known, differing) = register switch
        {
            "assets" => await Counts<AssetTable>(company, p => p.Preview, file),
            "risks" => await Counts<RiskTable>(company, p => p.Preview, file),
            _ => await Counts<PeopleTable>(company, p => p.Preview, file),
        };
        Assert.Equal((0, 0), (fresh, differing));
        Assert.True(known > 0);
    }

    [Fact]
    public async Task A_record_is_known_by_its_reference_or_its_name_and_what_differs_is_shown()
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("assets.create", new { name = "Weights", kind = "model" });
        await company.Do("assets.create", new { name = "Logs", kind = "dataset" });
        var byName = await Preview(company, File("a.csv", "Name,Kind,Location\nweights,model,Vault\nLogs,dataset,\n"));
        Assert.Equal((0, 2, 1), (byName.New, byName.Known, byName.Differing));
        Assert.Equal(["AST-1", "AST-2"], byName.Rows.Select(r => r.Ref));
        Assert.Contains("location: '' here, 'Vault' in the file", byName.Rows[0].Differences);
        var renamed = await Preview(
            company,
            File("a.csv", "Ref,Name,Kind\nAST-1,Weights of the model,model\nAST-2,Logs,dataset\n")
        );
        Assert.Equal((0, 2, 1), (renamed.New, renamed.Known, renamed.Differing));
        var others = await Preview(company, File("a.csv", "Ref,Name,Kind\nAST-1,Office,office\nAST-2,Phones,phone\n"));
        Assert.Equal((2, 0), (others.New, others.Known));
        Assert.Contains(others.Remarks, r => r.Contains("another register's numbers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_one_name_are_told_apart_by_the_references_of_a_register_of_Moats_own()
    {
        await using var company = await Company.Found("sqlite");
        foreach (var place in new[] { "Berlin", "Hamburg" })
            await company.Do(
                "assets.create",
                new
                {
                    name = "Laptop",
                    kind = "device-fleet",
                    location = place,
                }
            );
        var made = await company.Run<ReportProcess, ChooseRegister, MadeFile>(
            p => p.Register,
            new ChooseRegister { Name = "assets" }
        );
        var own = await Preview(company, new GivenFile { Name = made.Name, Content = made.Content });
        Assert.Equal((0, 0, 2, 0), (own.Problems.Count, own.New, own.Known, own.Differing));
        var other = File(
            "a.csv",
            "Ref,Name,Location\nAST-7,Phone,Berlin\nAST-8,Phone,Hamburg\n,Phone,Cologne\nAST-8,Phone,Bonn\n"
        );
        Assert.Equal(["rows[4].name", "rows[5].name"], (await Preview(company, other)).Problems.Select(p => p.Field));
        Assert.Equal(
            2,
            (
                await company.Run<AssetTable, GiveTable, TableResult>(
                    p => p.Import,
                    new GiveTable { File = other, SkipWrong = true }
                )
            ).New
        );
        var again = await Preview(company, other);
        Assert.Equal((0, 0, "AST-3", "AST-4"), (again.New, again.Differing, again.Rows[0].Ref, again.Rows[1].Ref));
    }

    [Fact]
    public async Task A_row_about_a_retired_asset_is_named_and_neither_known_nor_new()
    {
        await using var company = await Company.Found("sqlite");
        foreach (var name in new[] { "Asset A", "Asset B", "Asset C" })
            await company.Do("assets.create", new { name, kind = "model" });
        await Import(company, File("d.csv", "Name,Kind\nAsset D,model\n"));
        await company.Do("assets.retire", new { @ref = "AST-2", reason = "It was switched off." });
        await company.Do(
            "assets.merge",
            new
            {
                @ref = "AST-3",
                into = "AST-1",
                reason = "Both are the same model.",
            }
        );
        await company.Do("assets.retire", new { @ref = "AST-4", reason = "It was switched off." });
        var file = File(
            "a.csv",
            "Name,Kind,Location\nAsset A,model,\nasset b,model,Vault\nAsset C,model,\nAsset D,model,\nAsset E,model,\n"
        );
        foreach (var result in new[] { await Preview(company, file), await Import(company, file) })
        {
            Assert.Equal((1, 1, 0), (result.New, result.Known, result.Differing));
            Assert.Equal(["Asset A", "Asset E"], result.Rows.Select(r => r.Title));
            Assert.Equal([3, 4, 5], result.NotTaken.Select(n => n.Rows.Single()));
            Assert.Matches(
                @"^AST-2 was retired on \d{4}-\d\d-\d\d\. Reopen it, or leave the row out\.$",
                result.NotTaken[0].Why
            );
            Assert.Matches(
                @"^AST-3 was retired on \d{4}-\d\d-\d\d \(merged into AST-1\)\. Reopen it",
                result.NotTaken[1].Why
            );
        }
        var byRef = await Preview(company, File("a.csv", "Ref,Name,Kind\nAST-3,Asset C,model\n"));
        Assert.Equal((0, 0, 2), (byRef.New, byRef.Known, byRef.NotTaken.Single().Rows.Single()));
        await company.Do("assets.reopen", new { @ref = "AST-2", reason = "It runs again now." });
        Assert.Equal([4, 5], (await Preview(company, file)).NotTaken.SelectMany(n => n.Rows));
    }

    [Fact]
    public async Task A_row_about_a_retired_risk_is_named_unless_its_number_is_another_ones()
    {
        await using var company = await Company.Found("sqlite");
        await company.Run<RiskTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable { File = File("r.csv", "Risk ID,Risk,Likelihood,Impact\nR-1,Data leaves by a service,3,4\n") }
        );
        await company.Do("risks.retire", new { @ref = "RISK-1", reason = "The service is gone." });
        var numbered = await Risks(
            company,
            "Risk ID,Risk,Likelihood,Impact\nR-1,Data leaves by a service,3,4\nR-2,Data leaves by a service,2,2\n"
        );
        Assert.Equal((1, 0), (numbered.New, numbered.Known));
        Assert.StartsWith("RISK-1 was retired on", Assert.Single(numbered.NotTaken).Why, StringComparison.Ordinal);
        Assert.Equal(
            (0, 1),
            await Risks(company, "Risk,Likelihood,Impact\nData leaves by a service,3,4\n") is var plain
                ? (plain.New, plain.NotTaken.Count)
                : default
        );
    }

    private static Task<TableResult> Preview(Company company, GivenFile file) =>
        company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = file });

    private static Task<TableResult> Import(Company company, GivenFile file) =>
        company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = file });

    private static Task<TableResult> Risks(Company company, string csv) =>
        company.Run<RiskTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = File("r.csv", csv) });

    private static async Task<(int New, int Known, int Differing)> Counts<T>(
        Company company,
        Func<T, Func<GiveTable, CancellationToken, Task<TableResult>>> operation,
        GivenFile file
    )
        where T : class
    {
        var result = await company.Run(operation, new GiveTable { File = file });
        return (result.New, result.Known, result.Differing);
    }

    private static GivenFile File(string name, string text) =>
        new() { Name = name, Content = Encoding.UTF8.GetBytes(text) };
}
