using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Moat.Faults;

/// <summary>A file made to cost more than it weighs.</summary>
internal sealed record HostileFile(string Name, byte[] Content);

/// <summary>
/// Files that are small where they arrive and large where they are read, in every format that a reader knows.
/// </summary>
internal static class HostileFiles
{
    private const int Deep = 500_000;

    public static IEnumerable<HostileFile> All() => [.. Json(), .. Xml(), .. Yaml(), .. Csv(), .. Workbooks()];

    private static IEnumerable<HostileFile> Json() =>
        [
            Text("arrays.json", new string('[', Deep)),
            Text("objects.json", string.Concat(Enumerable.Repeat("{\"a\":", Deep))),
            Text(
                "wide.json",
                $"{{{string.Join(',', Enumerable.Range(0, 600_000).Select(i => Invariant($"\"k{i}\":{i}")))}}}"
            ),
            Text("elements.json", $"[{string.Join(',', Enumerable.Repeat("{}", 2_000_000))}]"),
            Text("number.json", $"{{\"bomFormat\":\"CycloneDX\",\"version\":{new string('9', 5_000_000)}}}"),
            Text(
                "text.json",
                $"{{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"serialNumber\":\"{new string('x', 12_000_000)}\"}}"
            ),
            Text(
                "components.json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                    + string.Join(
                        ',',
                        Enumerable
                            .Range(0, 120_000)
                            .Select(i => Invariant($"{{\"type\":\"data\",\"name\":\"d{i}\",\"bom-ref\":\"d{i}\"}}"))
                    )
                    + "]}"
            ),
            Text(
                "nested.json",
                Nested(
                    "{\"type\":\"data\",\"name\":\"d\",\"components\":[",
                    "]}",
                    20_000,
                    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[",
                    "]}"
                )
            ),
            Text(
                "results.sarif",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\",\"rules\":["
                    + string.Join(',', Enumerable.Range(0, 50_000).Select(i => Invariant($"{{\"id\":\"r{i}\"}}")))
                    + "]}},\"results\":["
                    + string.Join(
                        ',',
                        Enumerable
                            .Range(0, 50_000)
                            .Select(i => Invariant($"{{\"ruleId\":\"r{49_999 - i}\",\"message\":{{\"text\":\"m\"}}}}"))
                    )
                    + "]}]}"
            ),
            Text(
                "controls.json",
                Nested(
                    "{\"id\":\"c\",\"title\":\"t\",\"controls\":[",
                    "]}",
                    20_000,
                    "{\"catalog\":{\"uuid\":\"x\",\"metadata\":{\"title\":\"t\"},\"controls\":[",
                    "]}}"
                )
            ),
        ];

    private static IEnumerable<HostileFile> Xml() =>
        [
            Text("deep.xml", string.Concat(Enumerable.Repeat("<testsuite>", Deep))),
            Text(
                "closed.xml",
                Nested("<testsuite name=\"s\">", "</testsuite>", 100_000, "<testsuites>", "</testsuites>")
            ),
            Text(
                "cases.xml",
                $"<testsuite name=\"s\">{string.Concat(Enumerable.Repeat("<testcase name=\"c\"/>", 600_000))}</testsuite>"
            ),
            Text(
                "entities.xml",
                "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\">"
                    + string.Concat(
                        "bcdefghi".Select(c =>
                            $"<!ENTITY {c} \"{string.Concat(Enumerable.Repeat($"&{(char)(c - 1)};", 10))}\">"
                        )
                    )
                    + "]><testsuite name=\"&i;\"/>"
            ),
            Text(
                "attributes.xml",
                $"<testsuite {string.Join(' ', Enumerable.Range(0, 400_000).Select(i => Invariant($"a{i}=\"\"")))}/>"
            ),
            Text("attribute.xml", $"<testsuite name=\"{new string('x', 12_000_000)}\"/>"),
        ];

    private static IEnumerable<HostileFile> Yaml() =>
        [
            Text("deep.yaml", new string('[', 400_000)),
            Text("dashes.yaml", string.Concat(Enumerable.Repeat("- ", 100_000)) + "a"),
            Text(
                "aliases.yaml",
                "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                    + string.Concat(
                        "bcdefghi".Select(c =>
                            $"{c}: &{c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"
                        )
                    )
            ),
            Text("keys.yaml", string.Concat(Enumerable.Range(0, 500_000).Select(i => Invariant($"k{i}: v\n")))),
            Text(
                "scalar.yaml",
                "urn: |\n" + string.Concat(Enumerable.Repeat("  " + new string('x', 118) + "\n", 100_000))
            ),
            Text("matter.md", "---\n" + new string('[', 200_000) + "\n---\ntext"),
        ];

    private static IEnumerable<HostileFile> Csv() =>
        [
            Text("row.csv", "Name,Kind\n" + new string(',', 12_000_000)),
            Text("rows.csv", "Name,Kind\n" + string.Concat(Enumerable.Repeat("a,model\n", 1_500_000))),
            Text("quote.csv", "Name,Kind\n\"" + new string('x', 12_000_000)),
            Text("columns.csv", string.Join(',', Enumerable.Range(0, 500_000).Select(i => Invariant($"c{i}"))) + "\na"),
            Text("newlines.csv", "Name,Kind\n" + new string('\n', 12_000_000)),
        ];

    private static IEnumerable<HostileFile> Workbooks() =>
        [
            Workbook("cells.xlsx", Repeated("<row r=\"1\">", "<c r=\"A1\"/>", 20_000_000, "</row>")),
            Workbook("empty-rows.xlsx", Repeated("", "<row/>", 10_000_000, "")),
            Workbook("deep.xlsx", Repeated("", "<row>", 200_000, "")),
            Workbook(
                "far.xlsx",
                Repeated(
                    "<row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>x</t></is></c></row><row r=\"1048576\">",
                    "",
                    0,
                    "</row>"
                )
            ),
            Workbook(
                "text.xlsx",
                Repeated(
                    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>",
                    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                    8_000_000,
                    "</t></is></c></row>"
                )
            ),
            Workbook(
                "merges.xlsx",
                Repeated(
                    "<row r=\"1\"/></sheetData><mergeCells>",
                    "<mergeCell ref=\"A1:XFD1048576\"/>",
                    50_000,
                    "</mergeCells><sheetData>"
                )
            ),
            Workbook("shared.xlsx", Repeated("<row r=\"1\">", "<c r=\"A1\" t=\"s\"><v>0</v></c>", 2_000_000, "</row>")),
        ];

    private static HostileFile Text(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));

    private static string Nested(string open, string close, int times, string before, string after) =>
        before + string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times)) + after;

    private static Action<StreamWriter> Repeated(string before, string part, int times, string after) =>
        to =>
        {
            to.Write(before);
            for (var i = 0; i < times; i++)
                to.Write(part);
            to.Write(after);
        };

    private static HostileFile Workbook(string name, Action<StreamWriter> rows)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(
                archive,
                "[Content_Types].xml",
                w =>
                    w.Write(
                        """
                        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
                        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                        <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
                        """
                    )
            );
            Part(archive, "_rels/.rels", w => w.Write(Relation($"{Relations}/officeDocument", "xl/workbook.xml")));
            Part(
                archive,
                "xl/_rels/workbook.xml.rels",
                w => w.Write(Relation($"{Relations}/worksheet", "worksheets/sheet1.xml"))
            );
            Part(
                archive,
                "xl/workbook.xml",
                w =>
                    w.Write(
                        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Assets\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
                    )
            );
            Part(
                archive,
                "xl/worksheets/sheet1.xml",
                w =>
                {
                    w.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
                    rows(w);
                    w.Write("</sheetData></worksheet>");
                }
            );
        }
        return new HostileFile(name, stream.ToArray());
    }

    private static string Relation(string type, string target) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + $"<Relationship Id=\"rId1\" Type=\"{type}\" Target=\"{target}\"/></Relationships>";

    private static void Part(ZipArchive archive, string name, Action<StreamWriter> write)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false), 1 << 16);
        write(writer);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
