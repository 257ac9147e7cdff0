using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>
/// What a spreadsheet could not compute is no value, totals are no records, and a workbook of hidden sheets says so.
/// </summary>
public sealed class ErrorCellTests
{
    [Fact]
    public async Task A_cell_of_a_workbook_with_an_error_is_named_with_its_place_and_is_no_value()
    {
        await using var company = await Company.Found("sqlite");
        var file = RawWorkbook.Of(w =>
            w.Write(
                "<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>Asset</t></is></c><c t=\"inlineStr\"><is><t>Type</t></is></c>"
                    + "<c t=\"inlineStr\"><is><t>Location</t></is></c><c t=\"inlineStr\"><is><t>Size</t></is></c></row>"
                    + "<row r=\"2\"><c t=\"inlineStr\"><is><t>Weights</t></is></c><c t=\"inlineStr\"><is><t>model</t></is></c>"
                    + "<c t=\"e\"><f>A9</f><v>#REF!</v></c><c t=\"e\"><v>#DIV/0!</v></c></row>"
                    + "<row r=\"3\"><c t=\"e\"><v>#N/A</v></c><c t=\"inlineStr\"><is><t>model</t></is></c><c t=\"e\"><v>whatever</v></c></row></sheetData>"
            )
        );
        var preview = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = file }
        );
        Assert.Equal("Weights", Assert.Single(preview.Rows).Title);
        Assert.Equal([3], Assert.Single(preview.NotTaken).Rows);
        // The column that is not imported is not spoken of.
        Assert.Equal(
            [
                "#REF! is an error of the spreadsheet and no value, so this cell counts as empty: row 2, column 'Location'.",
                "#N/A is an error of the spreadsheet and no value, so this cell counts as empty: row 3, column 'Asset'.",
                "#ERROR! is an error of the spreadsheet and no value, so this cell counts as empty: row 3, column 'Location'.",
            ],
            preview.Remarks
        );
        await company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = file });
        Assert.Null(
            (
                await company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = "AST-1" })
            ).Location
        );
    }

    [Theory]
    [InlineData("#BEZUG!")]
    [InlineData("#NV")]
    [InlineData("#NAME?")]
    [InlineData("#¡REF!")]
    [InlineData("Err:502")]
    public async Task The_same_in_a_csv_file_of_any_language(string error)
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Risks(company, $"Risk,Likelihood,Impact\nTheft,{error},2\n");
        Assert.Contains(
            preview.Remarks,
            r =>
                r.StartsWith($"{error} is an error of the spreadsheet", StringComparison.Ordinal)
                && r.EndsWith("row 2, column 'Likelihood'.", StringComparison.Ordinal)
        );
        Assert.Empty(preview.Problems);
    }

    [Theory]
    [InlineData("#1 priority")]
    [InlineData("#REF")]
    [InlineData("#general!")]
    public async Task A_text_that_only_looks_like_it_is_a_value(string name)
    {
        await using var company = await Company.Found("sqlite");
        Assert.Equal(name, Assert.Single((await Assets(company, $"Asset,Type\n{name},saas\n")).Rows).Title);
    }

    [Theory]
    [InlineData("Total:,,12")]
    [InlineData("Total: 12,,")]
    [InlineData("Sum:,,\"1.234,50 €\"")]
    [InlineData("Summe:,,12")]
    [InlineData("Gesamtsumme,,#REF!")]
    [InlineData("Sub-total = 4,,")]
    [InlineData("Total of models:,,40 %")]
    public async Task A_total_is_no_record_however_it_is_written(string row)
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Assets(company, $"Asset,Type,Value\nWeights,model,3\n{row}\n");
        Assert.Equal(1, preview.New);
        Assert.Equal([3], Assert.Single(preview.NotTaken).Rows);
        Assert.Contains("total", preview.NotTaken[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Total recall: the archive,saas,2")]
    [InlineData("Sum,saas,2")]
    public async Task A_name_that_begins_like_a_total_is_a_record(string row)
    {
        await using var company = await Company.Found("sqlite");
        Assert.Equal(1, (await Assets(company, $"Asset,Type,Value\n{row}\n")).New);
    }

    [Fact]
    public async Task A_workbook_whose_sheets_are_all_hidden_says_so_and_is_read_by_hand()
    {
        await using var company = await Company.Found("sqlite");
        string[] header = ["Asset", "Type"];
        var file = RawWorkbook.Of(
            "",
            ("Old", "hidden", RawWorkbook.Rows(header, ["A", "model"])),
            ("Older", "veryHidden", RawWorkbook.Rows(header))
        );
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = file })
        );
        Assert.Equal(
            "Every sheet of this workbook is hidden ('Old', 'Older'), and a hidden sheet is read only when its name is given as the sheet: "
                + "choose it by hand, or unhide it.",
            refused.Errors.Single().Message
        );
        Assert.Equal(
            1,
            (
                await company.Run<AssetTable, GiveTable, TableResult>(
                    p => p.Preview,
                    new GiveTable { File = file, Sheet = "Old" }
                )
            ).New
        );
    }

    [Theory]
    [InlineData("٣")]
    [InlineData("३")]
    [InlineData("99999999999")]
    public async Task A_level_in_digits_that_are_not_read_is_a_problem_of_its_cell(string level)
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Risks(company, $"Risk,Likelihood,Impact\nTheft,{level},2\n");
        Assert.Equal("rows[2].likelihood", Assert.Single(preview.Problems).Field);
    }

    private static Task<TableResult> Assets(Company company, string text) =>
        company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = File(text) });

    private static Task<TableResult> Risks(Company company, string text) =>
        company.Run<RiskTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = File(text) });

    private static GivenFile File(string text) => new() { Name = "r.csv", Content = Encoding.UTF8.GetBytes(text) };
}
