using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Tables;
using Moat.Isms.People;
using Moat.Isms.Risks;
using Moat.Reports;

namespace Moat.Tests;

/// <summary>Every row is entered, known, a problem, or named as not taken.</summary>
public sealed class TableRowTests
{
    [Fact]
    public async Task Rows_of_one_name_are_asked_about_and_the_same_row_again_is_named()
    {
        await using var company = await Company.Found("sqlite");
        var file = File("a.csv", "Name,Type,Location\nLaptop,laptop,Berlin\nLaptop,laptop,Hamburg\nlaptop,laptop,Cologne\nGateway,endpoint,Berlin\nGateway,endpoint,Berlin\n");
        var preview = await Preview(company, file);
        Assert.Equal(["rows[3].name", "rows[4].name"], preview.Problems.Select(p => p.Field));
        Assert.Contains("Row 2 has the same name", preview.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal([6], Assert.Single(preview.NotTaken).Rows);
        Assert.Equal("It says the same as row 5.", preview.NotTaken[0].Why);
        await Assert.ThrowsAsync<InputInvalid>(() => Import(company, file));
        Assert.Equal(2, (await company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = file, SkipWrong = true })).New);
    }

    [Fact]
    public async Task Risks_of_one_title_are_told_apart_by_their_id()
    {
        await using var company = await Company.Found("sqlite");
        var without = await Risks(company, "Risk,Asset,Likelihood,Impact\nData leaves by a service,CRM,3,4\nData leaves by a service,HR,2,2\n");
        Assert.Equal((1, "rows[3].title"), (without.New, without.Problems.Single().Field));
        var with = File("r.csv", "Risk ID,Risk,Likelihood,Impact\nR-1,Data leaves by a service,3,4\nR-2,Data leaves by a service,2,2\n");
        Assert.Equal(2, (await company.Run<RiskTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = with })).New);
        Assert.Equal((0, 2, 0), await Counts<RiskTable>(company, p => p.Preview, with));
    }

    [Fact]
    public async Task Totals_notes_and_headers_again_are_no_records_and_are_named()
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Preview(company, File("a.csv", "Asset,Type,Value\nLive model,model,3\n\nAsset,Type,Value\nKey vault,saas,4\nTotal,,7\nLegend: 4 = critical,,\n,saas,2\nNotes,saas,2\n"));
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
        await Import(company, File("a.csv", "Asset,Type,Classification\nWeights,model,Restricted\nLogs,dataset,Internal\n"));
        await company.Run<RiskTable, GiveTable, TableResult>(
            p => p.Import, new GiveTable { File = File("r.csv", "Risk,Cause,Consequence,Likelihood,Impact\nWeights leave,A leaver copies them,The model is sold,3,4\nLogs are lost,No copy,Nobody knows,2,2\n") });
        var made = await company.Run<ReportProcess, ChooseRegister, MadeFile>(p => p.Register, new ChooseRegister { Name = register });
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
        var renamed = await Preview(company, File("a.csv", "Ref,Name,Kind\nAST-1,Weights of the model,model\nAST-2,Logs,dataset\n"));
        Assert.Equal((0, 2, 1), (renamed.New, renamed.Known, renamed.Differing));
        var others = await Preview(company, File("a.csv", "Ref,Name,Kind\nAST-1,Office,office\nAST-2,Phones,phone\n"));
        Assert.Equal((2, 0), (others.New, others.Known));
        Assert.Contains(others.Remarks, r => r.Contains("another register's numbers", StringComparison.Ordinal));
    }

    private static Task<TableResult> Preview(Company company, GivenFile file) => company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = file });

    private static Task<TableResult> Import(Company company, GivenFile file) => company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = file });

    private static Task<TableResult> Risks(Company company, string csv) => company.Run<RiskTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = File("r.csv", csv) });

    private static async Task<(int New, int Known, int Differing)> Counts<T>(Company company, Func<T, Func<GiveTable, CancellationToken, Task<TableResult>>> operation, GivenFile file) where T : class
    {
        var result = await company.Run(operation, new GiveTable { File = file });
        return (result.New, result.Known, result.Differing);
    }

    private static GivenFile File(string name, string text) => new() { Name = name, Content = Encoding.UTF8.GetBytes(text) };
}
