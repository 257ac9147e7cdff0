using System.IO.Compression;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Workbooks written part by part, as the test needs them.</summary>
internal static class RawWorkbook
{
    private const string Namespaces =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    /// <summary>A workbook with one sheet of that XML.</summary>
    public static GivenFile Of(Action<TextWriter> sheet) => Of("", ("Sheet", "visible", sheet));

    /// <summary>A workbook with these sheets.</summary>
    public static GivenFile Of(string properties, params (string Name, string State, Action<TextWriter> Xml)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(
                archive,
                "[Content_Types].xml",
                w =>
                    w.Write(
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + "<Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
                    )
            );
            Part(
                archive,
                "_rels/.rels",
                w => w.Write(Relations(Relation("rId1", "officeDocument", "xl/workbook.xml")))
            );
            Part(
                archive,
                "xl/workbook.xml",
                w =>
                    w.Write(
                        $"<workbook {Namespaces}>{properties}<sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" state=\"{s.State}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>"
                    )
            );
            Part(
                archive,
                "xl/_rels/workbook.xml.rels",
                w =>
                    w.Write(
                        Relations([
                            .. sheets.Select(
                                (_, i) => Relation($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")
                            ),
                        ])
                    )
            );
            foreach (var (at, sheet) in sheets.Index())
                Part(
                    archive,
                    $"xl/worksheets/sheet{at + 1}.xml",
                    w =>
                    {
                        w.Write($"<worksheet {Namespaces}>");
                        sheet.Xml(w);
                        w.Write("</worksheet>");
                    }
                );
        }
        return new GivenFile { Name = "register.xlsx", Content = stream.ToArray() };
    }

    /// <summary>Rows of texts as a sheet's XML.</summary>
    public static Action<TextWriter> Rows(params string[][] rows) =>
        w =>
            w.Write(
                $"<sheetData>{string.Concat(rows.Select(r => $"<row>{string.Concat(r.Select(c => $"<c t=\"inlineStr\"><is><t>{c}</t></is></c>"))}</row>"))}</sheetData>"
            );

    private static void Part(ZipArchive archive, string name, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(
            archive.CreateEntry(name, CompressionLevel.Optimal).Open(),
            new UTF8Encoding(false)
        );
        write(writer);
    }

    private static string Relations(params string[] relations) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations)}</Relationships>";

    private static string Relation(string id, string type, string target) =>
        $"<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"{target}\"/>";
}
