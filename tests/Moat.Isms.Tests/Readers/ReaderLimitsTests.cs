using System.Diagnostics;
using System.Globalization;
using System.Text;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Tables;
using Moat.Isms.Versions;

namespace Moat.Tests;

/// <summary>
/// Each bound that docs/limits.md states is held: one more than that is refused, soon and in little memory.
/// </summary>
public sealed class ReaderLimitsTests
{
    public static TheoryData<string, string> Limits
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var limit in ReaderLimits.All)
                data.Add(limit.Reader, limit.Of);
            return data;
        }
    }

    [Theory, MemberData(nameof(Limits))]
    public void One_more_than_the_bound_is_refused(string reader, string of)
    {
        var most = ReaderLimits.All.Single(l => (l.Reader, l.Of) == (reader, of)).Most;
        var read = Beyond(reader, of, checked((int)most + 1));
        var (before, since) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var refused = Assert.ThrowsAny<InputInvalid>(read);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), $"It took {since.Elapsed}.");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 600_000_000);
        Assert.NotEmpty(refused.Errors);
    }

    [Fact]
    public void The_document_states_each_bound()
    {
        var text = new StringBuilder("\n| what is read | bound | at most |\n|---|---|---|\n");
        foreach (var limit in ReaderLimits.All)
            text.Append(CultureInfo.InvariantCulture, $"| {limit.Reader} | {limit.Of} | {limit.Most:N0} |\n");
        WrittenTable.Check(
            "limits.md",
            "<!-- bounds: written by the test of this table -->",
            "<!-- end of bounds -->",
            text.ToString()
        );
    }

    private static Action Pointing(string content) =>
        () =>
            (
                (IReadFirst)
                    new PointToVersion
                    {
                        Asset = "AST-1",
                        Name = "v1",
                        Pointers = [Given("notes.dvc", Encoding.UTF8.GetBytes(content))],
                    }
            ).ReadFirst();

    private static Action Beyond(string reader, string of, int more) =>
        (reader, of) switch
        {
            ("Every file", _) => Checked(new GiveBom { File = Given("b.json", new byte[more]) }),
            ("Pointer (DVC, Git LFS)", "bytes") => Pointing(new string('#', more)),
            ("Pointer (DVC, Git LFS)", _) => Pointing(
                $"outs:\n{string.Concat(Enumerable.Range(0, more).Select(i => $"- {{path: a{i}, md5: {i:x32}}}\n"))}"
            ),
            ("Input of an operation as JSON", _) => () => GivenJson.Object(Deep(more), "body"),
            ("JSON, whatever it is", _) => () =>
                GivenJson.Object(Encoding.UTF8.GetBytes($"{{\"a\":[{Repeated("0", more - 2, ",")}]}}"), "body"),
            ("YAML, whatever it is", "nesting") => () =>
                GivenYaml.MustBePlain(new string('[', more) + new string(']', more)),
            ("YAML, whatever it is", _) => () => GivenYaml.MustBePlain(Repeated("- a", more, "\n")),
            ("Bill of materials to import (CycloneDX, SPDX 3)", "nesting") => () =>
                BomReader.Read(Given("b.json", Deep(more))),
            ("Bill of materials to import (CycloneDX, SPDX 3)", _) => () =>
                BomReader.Read(Given("b.json", Models(more))),
            ("Report as JSON (SARIF, Great Expectations, CycloneDX)", _) => () => ReportReader.Read(Deep(more)),
            ("Great Expectations checkpoint", _) => () =>
                ReportReader.Read(Text($"{{\"run_results\":{{{Numbered("\"v#\":{}", more, ",")}}}}}")),
            ("in-toto attestations", "nesting") => () =>
                ReportReader.Read(Envelope($"{{\"a\":{new string('[', more)}{new string(']', more)}}}")),
            ("in-toto attestations", _) => () =>
                ReportReader.Read(Text(Repeated(Encoding.UTF8.GetString(Envelope(Statement)), more, "\n"))),
            ("XML (JUnit, parts of a workbook)", "nesting") => Each(
                () =>
                    ReportReader.Read(
                        Text(
                            $"<testsuites>{Repeated("<testsuite>", more, "")}{Repeated("</testsuite>", more, "")}</testsuites>"
                        )
                    ),
                Read(RawWorkbook.Of(w => Write(w, "", "<a>", more, Repeated("</a>", more, ""))))
            ),
            ("XML (JUnit, parts of a workbook)", _) => Each(
                () => ReportReader.Read(Text($"<testsuites {Numbered("a#=\"1\"", more / 6, " ")}/>")),
                Read(RawWorkbook.Of(w => Write(w, "<sheetData x=\"", "x", more + Buffered, "\"/>")))
            ),
            ("Schema of a format", _) => TooMuch(more),
            ("Framework (OSCAL, CISO Assistant)", "nesting") => Framework(Deep(more)),
            ("Framework (OSCAL, CISO Assistant)", _) => Framework(
                Text(
                    $"{{\"catalog\":{{\"uuid\":\"6b2f0b6e-53f4-4a52-8b3e-0e7d8c3b6a12\",\"metadata\":{{\"title\":\"t\"}},\"controls\":[{Numbered("{\"id\":\"c#\",\"title\":\"t\"}", more, ",")}]}}}}"
                )
            ),
            ("MITRE ATLAS", _) => () =>
                AtlasReader.Read(
                    Given(
                        "ATLAS.yaml",
                        Text(
                            $"id: ATLAS\nversion: 1\nmatrices:\n- techniques:\n{Repeated("  - {id: AML.T0001, name: n}", more, "\n")}"
                        )
                    )
                ),
            ("Fact of an event", _) => Event(more),
            ("Events", _) => Checked(
                new ReceiveEvents
                {
                    Events =
                    [
                        .. Enumerable.Repeat(
                            new GivenEvent
                            {
                                Id = "1",
                                Source = "s",
                                Type = "t",
                                Data = default,
                            },
                            more
                        ),
                    ],
                }
            ),
            _ => Table(of, more),
        };

    private static Action Table(string of, int more) =>
        of switch
        {
            "rows of a sheet" => () => TableReader.Read(Given("a.csv", Text(Repeated("a,b", more, "\n")))),
            "columns of a sheet" => () => TableReader.Read(Given("a.csv", Text(new string(',', more - 1)))),
            "cells, empty and merged ones included" => () =>
                TableReader.Read(Given("a.csv", Text(Repeated(new string(',', 999), more / 1000 + 1, "\n")))),
            "sheets" => Read(
                RawWorkbook.Of(
                    "",
                    [.. Enumerable.Range(1, more).Select(i => ($"S{i}", "visible", RawWorkbook.Rows(["Asset"])))]
                )
            ),
            "parts of the archive" => Read(Archive(more)),
            "bytes unpacked" => Read(
                RawWorkbook.Of(w => Write(w, "<!--", new string(' ', 1024), more / 1024 + 1, "-->"))
            ),
            "merged ranges" => Read(
                RawWorkbook.Of(w => Write(w, "<mergeCells>", "<mergeCell ref=\"A1:B2\"/>", more, "</mergeCells>"))
            ),
            "XML elements" => Read(RawWorkbook.Of(w => Write(w, "<extLst>", "<x/>", more, "</extLst>"))),
            _ => Read(
                RawWorkbook.Of(w =>
                    Write(w, "<sheetData><row><c t=\"str\"><v>", "x", more, "</v></c></row></sheetData>")
                )
            ),
        };

    // What was read together with the tag before counts as that one's.
    private const int Buffered = 64 * 1024;

    private const string Statement =
        """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"00"}}],"predicateType":"t"}""";

    private static Action Checked(object input) => () => InputValidation.Check(input);

    // Two readers with one bound: each holds it.
    private static Action Each(Action one, Action other) =>
        () =>
        {
            Assert.ThrowsAny<InputInvalid>(one);
            other();
        };

    private static Action Read(GivenFile workbook) => () => TableReader.Read(workbook);

    // A bill that cannot be held against its schema to the end is refused by the import: nobody can say that it follows
    // it. A licence that is on no list would not be a reason, and is looked at several times.
    private static Action TooMuch(int steps) =>
        () =>
        {
            var licences = Repeated("{\"license\":{\"id\":\"x\"}}", steps / 12, ",");
            var refused = Assert.Throws<InputInvalid>(() =>
                BomReader.Read(
                    Given(
                        "b.json",
                        Text(
                            $"{{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{{\"type\":\"library\",\"name\":\"l\",\"licenses\":[{licences}]}}]}}"
                        )
                    )
                )
            );
            Assert.Contains("too much in this file", refused.Message, StringComparison.Ordinal);
            throw refused;
        };

    private static Action Event(int characters) =>
        Done(
            "events.create",
            new
            {
                events = new[]
                {
                    new
                    {
                        id = "1",
                        source = "s",
                        type = "t",
                        data = new { text = new string('x', characters - 10) },
                    },
                },
            }
        );

    private static Action Framework(byte[] content) =>
        Done("frameworks.import", new { file = new { name = "f.json", content } });

    // The company is founded before the time is taken.
    private static Action Done(string operation, object input)
    {
        var company = Company.Found("sqlite").GetAwaiter().GetResult();
        return () =>
        {
            try
            {
                company.Do(operation, input).GetAwaiter().GetResult();
            }
            finally
            {
                company.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        };
    }

    private static byte[] Models(int count) =>
        Text(
            $"{{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{Numbered("{\"type\":\"machine-learning-model\",\"name\":\"m#\"}", count, ",")}]}}"
        );

    private static byte[] Envelope(string statement) =>
        Text(
            $"{{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"{Convert.ToBase64String(Text(statement))}\",\"signatures\":[]}}"
        );

    private static GivenFile Archive(int entries)
    {
        using var stream = new MemoryStream();
        using (
            var archive = new System.IO.Compression.ZipArchive(
                stream,
                System.IO.Compression.ZipArchiveMode.Create,
                leaveOpen: true
            )
        )
            for (var i = 0; i < entries; i++)
                archive.CreateEntry($"{i}");
        return Given("a.xlsx", stream.ToArray());
    }

    private static void Write(TextWriter writer, string before, string text, int times, string after)
    {
        writer.Write(before);
        for (var i = 0; i < times; i++)
            writer.Write(text);
        writer.Write(after);
    }

    private static byte[] Deep(int depth) => Text($"{{\"a\":{new string('[', depth)}{new string(']', depth)}}}");

    private static string Repeated(string text, int times, string between) =>
        string.Join(between, Enumerable.Repeat(text, times));

    private static string Numbered(string text, int times, string between) =>
        string.Join(
            between,
            Enumerable
                .Range(1, times)
                .Select(i => text.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        );

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static GivenFile Given(string name, byte[] content) => new() { Name = name, Content = content };
}
