using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.Risks;
using Moat.Isms.Tables;
using Moat.Reports.Documents;

namespace Moat.Tests;

public sealed class TableTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory]
    [InlineData("Asset;Owner;Classification\nWeights;Ada;Confidential\n")]
    [InlineData("\uFEFFAsset,Owner,Classification\r\nWeights,Ada,Confidential\r\n")]
    [InlineData("Asset\tOwner\tClassification\nWeights\tAda\tConfidential\n")]
    [InlineData("Our inventory,,\n\nAsset,Owner,Classification\n\"Weights\",Ada,Confidential\n")]
    public void Csv_is_read_whatever_its_separator_and_whatever_stands_above(string text)
    {
        var sheet = Assert.Single(TableReader.Read(File("a.csv", text)));
        Assert.Equal(["Weights", "Ada", "Confidential"], sheet.Rows[^1].Cells.Take(3));
    }

    [Fact]
    public void A_workbook_reads_back_what_was_written_and_a_formula_stays_text()
    {
        var content = Workbook.Write([
            new TableSheet(
                "Assets",
                ["Asset name", "Owner"],
                [
                    ["=HYPERLINK(\"http://x\")", "Ada"],
                    ["Weights", 7],
                ]
            ),
        ]);
        var rows = Assert.Single(TableReader.Read(new GivenFile { Name = "a.xlsx", Content = content })).Rows;
        Assert.Equal(["=HYPERLINK(\"http://x\")", "Ada"], rows[1].Cells);
        Assert.Equal("7", rows[2].Cells[1]);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 120; i++)
                entry.Write(zeros);
        }
        Assert.True(stream.Length < 1024 * 1024);
        var refused = Assert.Throws<InputInvalid>(() =>
            TableReader.Read(new GivenFile { Name = "a.xlsx", Content = stream.ToArray() })
        );
        Assert.Contains("larger than 100 MiB", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7", "not .pdf")]
    [InlineData("a.csv", "", "empty")]
    [InlineData("a.xlsx", "PK\u0003\u0004nonsense", "not a readable XLSX")]
    [InlineData("a.csv", "Asset,Owner\n\"Weights,Ada\nMore", "quotation mark")]
    public void A_wrong_file_is_refused(string name, string content, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InputInvalid>(() => TableReader.Read(File(name, content))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void No_bytes_whatever_do_anything_but_be_read_or_refused() =>
        Prop.ForAll<byte[], bool>(
                (bytes, zip) =>
                {
                    try
                    {
                        TableReader.Read(
                            new GivenFile
                            {
                                Name = zip ? "a.xlsx" : "a.csv",
                                Content = zip ? [.. "PK\u0003\u0004"u8, .. bytes] : bytes,
                            }
                        );
                    }
                    catch (InputInvalid)
                    {
                        // Refused with a reason: that is all it may do.
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_row_refuses_all_rows_and_names_the_cell(string database)
    {
        await using var company = await Company.Found(database);
        var table = File("a.csv", "Asset,Classification\nWeights,Confidential\nLogs,Purple\n");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = table })
        );
        Assert.Equal("rows[3].confidentiality", refused.Errors.Single().Field);
        Assert.Equal(0, await Count(company));
        await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable { File = table, SkipWrong = true }
        );
        Assert.Equal(1, await Count(company));
        var again = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable { File = table, SkipWrong = true }
        );
        Assert.Equal((0, 1), (again.New, again.Known));
        Assert.Equal(1, await Count(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_risk_register_brings_its_assessments(string database)
    {
        await using var company = await Company.Found(database);
        await company.Run<RiskTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable
            {
                File = File(
                    "r.csv",
                    "Risk ID,Risk Description,Inherent Likelihood,Inherent Impact,Residual Likelihood,Residual Impact,Controls in Place\nR-1,Weights are copied by a leaver,4,5,2,4,Egress is metered and alerts\nR-2,Template,,,,,\n"
                ),
            }
        );
        var risk = await company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = "RISK-1" });
        Assert.Equal((20, 8, 8), (risk.Inherent!.Score, risk.Current!.Score, risk.Residual!.Score));
        Assert.Equal(TreatmentOption.Modify, risk.Treatment);
        Assert.Null(
            (await company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = "RISK-2" })).Current
        );
    }

    [Fact]
    public async Task Real_registers_are_understood()
    {
        var inventory = Corpus.Of("isms-spreadsheets/Asset-Inventory.xlsx");
        await using var company = await Company.Found("sqlite");
        var assets = await Preview<AssetTable>(company, p => p.Preview, inventory);
        Assert.Equal(("Asset Inventory", 5), (assets.Sheet, assets.HeaderRow));
        Assert.Contains(assets.Rows, r => r.Title == "Reputation" && r.Detail.Contains("C4", StringComparison.Ordinal));
        var risks = await Preview<RiskTable>(
            company,
            p => p.Preview,
            Corpus.Of("isms-spreadsheets/S5-02_AI_Risk_Register_Template.xlsx")
        );
        Assert.Equal(("Risk Register", 5, 17), (risks.Sheet, risks.HeaderRow, risks.New));
        Assert.Empty(risks.Problems);
        await Assert.ThrowsAsync<InputInvalid>(() =>
            Preview<RiskTable>(company, p => p.Preview, Corpus.Of("isms-spreadsheets/4.2_Stakeholder_Register.xlsx"))
        );
    }

    private static Task<TableResult> Preview<T>(
        Company company,
        Func<T, Func<GiveTable, CancellationToken, Task<TableResult>>> operation,
        string file
    )
        where T : class =>
        company.Run(
            operation,
            new GiveTable
            {
                File = new GivenFile { Name = Path.GetFileName(file), Content = System.IO.File.ReadAllBytes(file) },
            }
        );

    private static Task<int> Count(Company company) => company.Read(db => Task.FromResult(db.Set<Asset>().Count()));

    private static GivenFile File(string name, string text) =>
        new() { Name = name, Content = Encoding.UTF8.GetBytes(text) };
}
