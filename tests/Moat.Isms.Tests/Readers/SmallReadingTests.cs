using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Directories;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>Small things that files say in their own way, and tables whose place a person chooses.</summary>
public sealed class SmallReadingTests
{
    private const string Clean = """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[]}]}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_to_a_company_without_controls_is_taken_and_says_what_it_would_show(string database)
    {
        await using var company = await Company.Found(database);
        var taken = (ReportTaken)
            await company.Do(
                "evidence.report",
                new { file = new { name = "s.sarif", content = Encoding.UTF8.GetBytes(Clean) }, subject = "r" }
            );
        Assert.Empty(taken.Controls);
        Assert.Contains(
            taken.Remarks,
            r =>
                r.Contains("A.8.28", StringComparison.Ordinal)
                && r.Contains("Draft the controls", StringComparison.Ordinal)
        );
        var named = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "evidence.report",
                new
                {
                    file = new { name = "s.sarif", content = Encoding.UTF8.GetBytes(Clean) },
                    subject = "r",
                    controls = new[] { "A.8.28" },
                }
            )
        );
        Assert.Equal("controls", named.Errors[0].Field);
    }

    [Theory]
    [InlineData("a_x000D_\nb", "a\nb")]
    [InlineData("_x0041_", "A")]
    [InlineData("_x005F_x0041_", "_x0041_")]
    [InlineData("_x41_", "_x41_")]
    public void Escapes_of_a_workbook_are_read(string written, string read) =>
        Assert.Equal(
            read,
            TableReader.Read(RawWorkbook.Of("", ("S", "visible", RawWorkbook.Rows([written]))))[0].Rows[0].Cells[0]
        );

    [Fact]
    public async Task The_sheet_the_row_and_the_columns_can_be_chosen_by_hand()
    {
        await using var company = await Company.Found("sqlite");
        var file = RawWorkbook.Of(
            "",
            ("Assets", "visible", RawWorkbook.Rows(["Asset", "Type"], ["Wrong", "model"])),
            ("Sachen", "hidden", RawWorkbook.Rows(["Liste"], ["Ding", "Sorte"], ["Gewichte", "model"]))
        );
        async Task<TableResult> Preview(object? sheet, object? headerRow, object? columns) =>
            (TableResult)
                await company.Do(
                    "assets.preview-table",
                    new
                    {
                        file = new { name = file.Name, content = file.Content },
                        sheet,
                        headerRow,
                        columns,
                    }
                );
        var found = await Preview(null, null, null);
        Assert.Equal(["Assets", "Sachen"], found.Sheets);
        Assert.Equal("Wrong", found.Rows[0].Title);
        var chosen = await Preview("Sachen", 2, new { name = "Ding", kind = "Sorte" });
        Assert.Equal(("Sachen", 2, "Gewichte"), (chosen.Sheet, chosen.HeaderRow, chosen.Rows[0].Title));
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Preview("Sachen", 1, new { name = "Ding" }));
        Assert.Contains("Row 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'Sachen'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_of_a_directory_can_be_chosen_by_hand()
    {
        var file = new GivenFile
        {
            Name = "d.csv",
            Content = Encoding.UTF8.GetBytes("Export\nKonto;Sperre\nada@a.test;no\n"),
        };
        Assert.Throws<InputInvalid>(() => DirectoryReader.Read(file));
        var account = Assert.Single(
            DirectoryReader
                .Read(
                    file,
                    new TableChoice(
                        null,
                        2,
                        new Dictionary<string, string> { ["email"] = "Konto", ["active"] = "Sperre" }
                    )
                )
                .Accounts
        );
        // A lock that is not there: the account works.
        Assert.Equal(("ada@a.test", true), (account.Email, account.Active));
    }
}
