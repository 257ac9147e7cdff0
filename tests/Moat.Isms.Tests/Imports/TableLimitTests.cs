using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>Small uploads take neither gigabytes nor minutes: they are refused with the limit that they pass.</summary>
public sealed class TableLimitTests
{
    public static TheoryData<string, string> TooMuch =>
        new()
        {
            { "empty cells", "1,000,000 cells" },
            { "one row", "1,000 columns" },
            { "empty rows", "1,000,000 cells" },
            { "deep", "nested more than 100 deep" },
            { "merges", "2,000 merged ranges" },
            { "wide merges", "1,000,000 cells" },
            { "far column", "1,000 columns" },
            { "many attributes", "larger than 2 MiB" },
            { "long text", "32,767 characters" },
            { "sheets", "50 sheets" },
            { "same row", "Row 1 stands twice" },
        };

    [Theory, MemberData(nameof(TooMuch))]
    public void A_small_workbook_that_unpacks_to_too_much_is_refused_in_little_memory(string what, string says)
    {
        var file = Workbook(what);
        Assert.True(file.Content.Length < 2_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            says,
            Assert.Throws<InputInvalid>(() => TableReader.Read(file)).Message,
            StringComparison.Ordinal
        );
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 400_000_000);
    }

    [Theory]
    [InlineData(2_000_000, 1, "1,000 columns")]
    [InlineData(900, 2_000, "1,000,000 cells")]
    public void A_small_text_of_too_many_cells_is_refused(int columns, int rows, string says)
    {
        var line = $"Asset{new string(',', columns)}\n";
        var file = new GivenFile
        {
            Name = "a.csv",
            Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, rows))),
        };
        Assert.Contains(
            says,
            Assert.Throws<InputInvalid>(() => TableReader.Read(file)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_document_type_in_a_part_is_refused() =>
        Assert.Contains(
            "not a readable XLSX",
            Assert
                .Throws<InputInvalid>(() =>
                    TableReader.Read(
                        RawWorkbook.Of(
                            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                            ("Sheet", "visible", RawWorkbook.Rows(["Asset"]))
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Formatted_empty_cells_far_outside_and_merged_titles_do_no_harm()
    {
        var sheet = Assert.Single(
            TableReader.Read(
                RawWorkbook.Of(w =>
                    w.Write(
                        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Our assets</v></c><c r=\"XFD1\" s=\"3\"/></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>Asset</v></c><c r=\"B2\" t=\"str\"><v>Type</v></c></row>"
                            + "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>Weights</v></c><c r=\"B3\" t=\"str\"><v>model</v></c></row><row r=\"4\"><c r=\"A4\" t=\"str\"><v>Adapters</v></c></row></sheetData>"
                            + "<mergeCells><mergeCell ref=\"A1:XFD1\"/><mergeCell ref=\"B3:B4\"/></mergeCells>"
                    )
                )
            )
        );
        Assert.True(sheet.Rows[0].IsBand);
        Assert.Equal(["Adapters", "model"], sheet.Rows[3].Cells);
    }

    [Fact]
    public async Task A_preview_is_a_query_and_does_not_take_the_turn_of_those_who_write()
    {
        await using var company = await Company.Found("sqlite");
        var previews = company.Catalog.All.Where(o => o.Verb == "preview-table").ToList();
        Assert.Equal(4, previews.Count);
        Assert.All(previews, p => Assert.Equal((false, true, "POST"), (p.ChangesRecords, p.TakesBody, p.HttpMethod)));
        var file = new GivenFile { Name = "a.csv", Content = "Asset,Type\nWeights,model\n"u8.ToArray() };
        Assert.Equal(
            1,
            (await company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = file })).New
        );
    }

    private static GivenFile Workbook(string what) =>
        what switch
        {
            "empty cells" => RawWorkbook.Of(w =>
                Repeat(
                    w,
                    "<row>" + string.Concat(Enumerable.Repeat("<c/>", 1000)) + "</row>",
                    23_000,
                    "<sheetData>",
                    "</sheetData>"
                )
            ),
            "one row" => RawWorkbook.Of(w =>
                Repeat(w, "<c><v>1</v></c>", 5_000_000, "<sheetData><row>", "</row></sheetData>")
            ),
            "empty rows" => RawWorkbook.Of(w => Repeat(w, "<row/>", 5_000_000, "<sheetData>", "</sheetData>")),
            "deep" => RawWorkbook.Of(w =>
            {
                Repeat(w, "<a>", 200_000, "", "");
                Repeat(w, "</a>", 200_000, "", "");
            }),
            "merges" => RawWorkbook.Of(w =>
                Repeat(w, "<mergeCell ref=\"A1:B2\"/>", 5_000, "<mergeCells>", "</mergeCells>")
            ),
            "wide merges" => RawWorkbook.Of(w =>
            {
                Repeat(w, "<row/>", 10_000, "<sheetData><row r=\"1\"><c t=\"str\"><v>x</v></c></row>", "</sheetData>");
                Repeat(w, "<mergeCell ref=\"A1:ALL10000\"/>", 1_500, "<mergeCells>", "</mergeCells>");
            }),
            "same row" => RawWorkbook.Of(w => Repeat(w, "<row r=\"1\"/>", 2, "<sheetData>", "</sheetData>")),
            "far column" => RawWorkbook.Of(w =>
                w.Write("<sheetData><row><c r=\"XFD1\"><v>1</v></c></row></sheetData>")
            ),
            "many attributes" => RawWorkbook.Of(w =>
            {
                w.Write("<sheetData><row");
                for (var i = 0; i < 300_000; i++)
                    w.Write($" a{i}=\">\"");
                w.Write("/></sheetData>");
            }),
            "long text" => RawWorkbook.Of(w =>
                Repeat(w, "many words ", 100_000, "<sheetData><row><c t=\"str\"><v>", "</v></c></row></sheetData>")
            ),
            _ => RawWorkbook.Of(
                "",
                [.. Enumerable.Range(1, 60).Select(i => ($"Sheet {i}", "visible", RawWorkbook.Rows(["Asset"])))]
            ),
        };

    private static void Repeat(TextWriter writer, string text, int times, string before, string after)
    {
        writer.Write(before);
        for (var i = 0; i < times; i++)
            writer.Write(text);
        writer.Write(after);
    }
}
