using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Audits;
using Moat.Isms.Evidence.Directories;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Provisioning;
using Moat.Isms.Risks;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>What cells, headers and sheets say is understood as a whole, or named as not understood.</summary>
public sealed class TableWordTests
{
    [Theory]
    [InlineData("3", "4", 12)]
    [InlineData("3.0", "4,00", 12)]
    [InlineData("4 - Probable", "Likely (2)", 8)]
    [InlineData("Almost certain", "Very high impact", 25)]
    [InlineData("unlikely", "2 minor", 4)]
    public async Task A_level_is_a_number_or_a_whole_phrase(string likelihood, string impact, int score)
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Preview<RiskTable>(
            company,
            p => p.Preview,
            $"Risk,Likelihood,Impact\nWeights leave,\"{likelihood}\",\"{impact}\"\n"
        );
        Assert.Equal($"scores {score} today", preview.Rows.Single().Detail);
    }

    [Theory]
    [InlineData("Not likely")]
    [InlineData("No critical harm")]
    [InlineData("2-3")]
    [InlineData("2 - 3")]
    [InlineData("Below medium")]
    [InlineData("2.5")]
    [InlineData("5 days")]
    [InlineData(">= 3")]
    [InlineData("Low to medium")]
    [InlineData("High/Low")]
    public async Task What_is_not_understood_is_refused_and_never_guessed(string said)
    {
        await using var company = await Company.Found("sqlite");
        var risks = await Preview<RiskTable>(
            company,
            p => p.Preview,
            $"Risk,Likelihood,Impact\nWeights leave,{said},4\n"
        );
        Assert.Equal("rows[2].likelihood", risks.Problems.Single().Field);
        var assets = await Preview<AssetTable>(company, p => p.Preview, $"Asset,Classification\nWeights,{said}\n");
        Assert.Equal("rows[2].confidentiality", assets.Problems.Single().Field);
    }

    [Theory]
    [InlineData("2025-03-15")]
    [InlineData("15 Mar 2025")]
    [InlineData("15 March 2025")]
    [InlineData("15-Mar-2025")]
    [InlineData("15.3.2025")]
    [InlineData("2025-03-15T08:00:00")]
    [InlineData("\"March 15, 2025\"")]
    [InlineData("45731")]
    public async Task A_day_is_read_as_people_write_it(string day)
    {
        await using var company = await Company.Found("sqlite");
        await Run<PeopleTable>(
            company,
            p => p.Import,
            File($"Name,Email,Start date\nZoe Example,zoe@acme.example,{day}\n")
        );
        Assert.Equal(
            new DateOnly(2025, 3, 15),
            await company.Read(db =>
                Task.FromResult(db.Set<Person>().Single(p => p.Email == "zoe@acme.example").JoinedOn)
            )
        );
    }

    [Fact]
    public async Task A_workbook_that_counts_from_1904_gives_the_same_days()
    {
        await using var company = await Company.Found("sqlite");
        var file = RawWorkbook.Of(
            "<workbookPr date1904=\"1\"/>",
            (
                "People",
                "visible",
                w =>
                    w.Write(
                        "<sheetData><row><c t=\"str\"><v>Name</v></c><c t=\"str\"><v>Email</v></c><c t=\"str\"><v>Start date</v></c></row>"
                            + "<row><c t=\"str\"><v>Zoe Example</v></c><c t=\"str\"><v>zoe@acme.example</v></c><c><v>44269</v></c></row></sheetData>"
                    )
            )
        );
        await Run<PeopleTable>(company, p => p.Import, file);
        Assert.Equal(
            new DateOnly(2025, 3, 15),
            await company.Read(db =>
                Task.FromResult(db.Set<Person>().Single(p => p.Email == "zoe@acme.example").JoinedOn)
            )
        );
    }

    [Theory]
    [InlineData(1252)]
    [InlineData(1200)]
    [InlineData(1201)]
    [InlineData(65001)]
    public void Texts_are_read_in_the_encodings_that_spreadsheets_write(int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        const string Name = "Kunde’s Zahlen – „Süd“, 5 €";
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes($"Name;Type\n{Name};dataset\n")];
        Assert.Equal(
            Name,
            Assert.Single(TableReader.Read(new GivenFile { Name = "a.csv", Content = content })).Rows[1].Cells[0]
        );
    }

    [Fact]
    public async Task A_hidden_sheet_is_never_read_by_itself_and_other_sheets_are_named()
    {
        await using var company = await Company.Found("sqlite");
        string[] header = ["Asset", "Type", "Location"];
        var file = RawWorkbook.Of(
            "",
            ("Models", "visible", RawWorkbook.Rows(header, ["Weights", "model", "x"])),
            ("Data", "visible", RawWorkbook.Rows(header, ["Logs", "dataset", "x"], ["Prompts", "dataset", "x"])),
            ("Old", "hidden", RawWorkbook.Rows(header, ["A", "model", "x"], ["B", "model", "x"], ["C", "model", "x"])),
            ("Read me", "visible", RawWorkbook.Rows(["How to fill this in"]))
        );
        var preview = await Run<AssetTable>(company, p => p.Preview, file);
        Assert.Equal("Data", preview.Sheet);
        Assert.Contains(
            preview.Remarks,
            r =>
                r.StartsWith(
                    "Sheet 'Models' looks like such a register too and is not read; 1 row",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            preview.Remarks,
            r => r.StartsWith("Sheet 'Old' is hidden and is not read", StringComparison.Ordinal)
        );
        Assert.Contains(preview.Remarks, r => r.StartsWith("Sheet 'Read me': no header", StringComparison.Ordinal));
        var chosen = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = file, Sheet = "old" }
        );
        Assert.Equal((3, 0), (chosen.New, chosen.Remarks.Count));
    }

    [Theory]
    [InlineData(
        "ID,Risk,Inherent risk,,Residual risk,,Owner\n,,Likelihood,Impact,Likelihood,Impact,\nR-1,Weights leave,4,5,2,4,\n"
    )]
    [InlineData("Risk,,Inherent,,Residual,\nID,Title,Likelihood,Impact,Likelihood,Impact\nR-1,Weights leave,4,5,2,4\n")]
    public async Task A_header_of_two_rows_is_read_together(string csv)
    {
        await using var company = await Company.Found("sqlite");
        await Run<RiskTable>(company, p => p.Import, File(csv));
        var risk = await company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = "RISK-1" });
        Assert.Equal(("Weights leave", 20, 8), (risk.Title, risk.Inherent!.Score, risk.Residual!.Score));
    }

    [Fact]
    public async Task Headers_are_understood_whole_however_their_words_are_joined()
    {
        var accounts = DirectoryReader
            .Read(
                File(
                    "userPrincipalName,displayName,mail,accountEnabled\nzoe@acme.example,Zoe,zoe@acme.example,True\nbot@acme.example,Bot,,False\n"
                )
            )
            .Accounts;
        Assert.Equal(
            [("zoe@acme.example", "Zoe", true), ("bot@acme.example", "Bot", false)],
            accounts.Select(a => (a.Email, a.Name, a.Active!.Value))
        );
        await using var company = await Company.Found("sqlite");
        var risks = await Preview<RiskTable>(
            company,
            p => p.Preview,
            "Risk ID,Threats,Vulnerabilities,Likelihood (b),Consequence (c),Residual Risk Description\nR-1,Stolen by an insider,No review,3,5,Small\n"
        );
        Assert.Equal(
            ("Stolen by an insider", "scores 15 today"),
            (risks.Rows.Single().Title, risks.Rows.Single().Detail)
        );
        Assert.Contains("Residual Risk Description", risks.Unmatched);
    }

    [Theory]
    [InlineData("A.8.1,A.7.2,A.16.1", "A.16.1")]
    [InlineData("A.8.1,A.9.4.1", "A.9.4.1")]
    [InlineData("A.5.1,A 18", "A 18")]
    [InlineData("8.1,12.6.1", "12.6.1")]
    public async Task Control_numbers_of_2013_are_not_read_as_those_of_2022(string numbers, string tells)
    {
        await using var company = await RuleTests.Completed("sqlite");
        var preview = await Preview<RequestTable>(
            company,
            p => p.Preview,
            "Request,Control\n" + string.Concat(numbers.Split(',').Select((n, i) => $"Show record number {i},{n}\n"))
        );
        Assert.All(preview.Rows, r => Assert.StartsWith("no requirement", r.Detail, StringComparison.Ordinal));
        Assert.Contains(
            $"ISO/IEC 27001:2013: {tells} exists only there",
            Assert.Single(preview.Remarks),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_clause_in_a_list_of_2013_and_controls_of_2022_are_read()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var old = await Preview<RequestTable>(
            company,
            p => p.Preview,
            "Request,Control\nShow the audits,Clause 9.2.1\nShow the incidents,A.16.1.5\n"
        );
        Assert.StartsWith("9.2.1", old.Rows[0].Detail, StringComparison.Ordinal);
        var today = await Preview<RequestTable>(
            company,
            p => p.Preview,
            "Request,Control\nShow the audits,9.2.1\nShow the policy,A.5.1\nShow the reviews,A.8.28\n"
        );
        Assert.Equal(["9.2.1", "A.5.1", "A.8.28"], today.Rows.Select(r => r.Detail.Split(',')[0]));
        Assert.Empty(today.Remarks);
    }

    private static Task<TableResult> Preview<T>(
        Company company,
        Func<T, Func<GiveTable, CancellationToken, Task<TableResult>>> operation,
        string csv
    )
        where T : class => Run(company, operation, File(csv));

    private static Task<TableResult> Run<T>(
        Company company,
        Func<T, Func<GiveTable, CancellationToken, Task<TableResult>>> operation,
        GivenFile file
    )
        where T : class => company.Run(operation, new GiveTable { File = file });

    private static GivenFile File(string text) => new() { Name = "a.csv", Content = Encoding.UTF8.GetBytes(text) };
}
