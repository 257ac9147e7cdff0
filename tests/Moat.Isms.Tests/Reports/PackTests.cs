using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.StatementOfApplicability;
using Moat.Reports;
using Moat.Reports.Documents;
using Moat.Reports.Pack;

namespace Moat.Tests;

public sealed class PackTests : IAsyncLifetime
{
    // Made once for all tests: none of them changes it.
    private static readonly Lazy<Task<byte[]>> Made = new(() => Make("sqlite"));

    private byte[] _pack = [];

    public static TheoryData<string> Databases => [.. Company.Databases];

    public async ValueTask InitializeAsync() => _pack = await Made.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pack_verifies_with_nothing_but_the_file(string database)
    {
        var check = Packs.Verify(database == "sqlite" ? _pack : await Make(database));
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.Equal("acme", check.Organization);
        Assert.True(check.Proofs >= 2, "A published statement and a piece of evidence are proved.");
        Assert.Matches("^([0-9a-f]{4} ){15}[0-9a-f]{4}$", check.Fingerprint);
    }

    // A pack whose verification fails for a name would fail for ever: evidence stays in the journal when it is
    // withdrawn.
    [Fact]
    public async Task It_verifies_whatever_a_file_is_called()
    {
        await using var company = await RuleTests.Completed("sqlite");
        string[] names =
        [
            "quarter review..final.txt",
            "..",
            "...",
            "../up.txt",
            "a:b.txt",
            "x\\y.txt",
            "C:\\temp\\z.csv",
            ".hidden",
            "end.",
            "日本語.txt",
            "\U0001F600.png",
            "a\tb.txt",
            new string('n', 180) + ".txt",
            "con",
            " ",
        ];
        foreach (var name in names)
        {
            try
            {
                await Give(company, name, System.Text.Encoding.UTF8.GetBytes(name));
            }
            catch (InputInvalid refused)
            {
                Assert.All(refused.Errors, e => Assert.StartsWith("file", e.Field, StringComparison.Ordinal));
            }
        }
        var pack = (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
        var check = Packs.Verify(pack);
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.True(
            Packs.Names(pack).Count(n => n.StartsWith("evidence/", StringComparison.Ordinal)) >= 10,
            "Most of these names are a person's to give."
        );
    }

    [Fact]
    public void It_carries_the_process_map_as_a_drawing_that_stands_alone_and_what_is_broken()
    {
        Assert.Superset(
            new HashSet<string>
            {
                "processes/map.svg",
                "processes/map.dot",
                "processes/map.json",
                "processes/breaks.json",
            },
            Packs.Names(_pack).ToHashSet()
        );
        var files = new Dictionary<string, byte[]>();
        Packs.Rewrite(_pack, all => files = new Dictionary<string, byte[]>(all));
        var svg = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(files["processes/map.svg"]));
        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "style");
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "image" or "a");
        Assert.Contains(
            "Processes and their interactions",
            System.Text.Encoding.UTF8.GetString(files["index.html"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Changing_one_byte_of_any_file_is_found_and_named()
    {
        foreach (var name in OfEachKind())
        {
            var changed = Packs.Rewrite(_pack, files => files[name][files[name].Length / 2] ^= 1);
            var check = Packs.Verify(changed);
            Assert.False(check.Holds, name);
            Assert.All(check.Findings, f => Assert.StartsWith($"{name}: ", f, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Dropping_or_adding_any_file_is_found_and_named()
    {
        foreach (var name in OfEachKind())
        {
            var check = Packs.Verify(Packs.Rewrite(_pack, files => files.Remove(name)));
            Assert.Contains(check.Findings, f => f.Contains(name, StringComparison.Ordinal));
        }
        // Many at once: each is named, not only the first.
        var registers = Packs
            .Names(_pack)
            .Where(n =>
                n.StartsWith("registers/", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)
            )
            .ToList();
        var dropped = Packs.Verify(Packs.Rewrite(_pack, files => registers.ForEach(n => files.Remove(n))));
        Assert.All(registers, n => Assert.Contains($"{n}: it is missing.", dropped.Findings));
        Assert.Contains(
            Packs.Verify(Packs.Rewrite(_pack, files => files["evidence/extra.txt"] = [1])).Findings,
            f => f.Contains("evidence/extra.txt", StringComparison.Ordinal)
        );
    }

    /// <summary>
    /// Every file but the registers, and of those one workbook and one as JSON: they are all checked by the same lines.
    /// </summary>
    private IEnumerable<string> OfEachKind()
    {
        var random = new Random(20260302);
        return Packs
            .Names(_pack)
            .GroupBy(n => n.StartsWith("registers/", StringComparison.Ordinal) ? Path.GetExtension(n) : n)
            .Select(g => g.ElementAt(random.Next(g.Count())));
    }

    [Fact]
    public void A_journal_that_was_cut_reordered_or_rewritten_is_found_even_with_fresh_hashes()
    {
        foreach (
            var change in new Func<string[], string[]>[]
            {
                lines => lines[..^1],
                lines => [.. lines[..3], lines[4], lines[3], .. lines[5..]],
                lines => [.. lines.Skip(1)],
                lines => [.. lines.Select((l, i) => i == 2 ? l.Replace("Ada", "Eve", StringComparison.Ordinal) : l)],
            }
        )
        {
            var check = Packs.Verify(
                Packs.Rewrite(
                    _pack,
                    files =>
                    {
                        var lines = Encoding.UTF8.GetString(files["journal/entries.jsonl"]).TrimEnd('\n').Split('\n');
                        files["journal/entries.jsonl"] = Encoding.UTF8.GetBytes(
                            string.Join('\n', change(lines)) + "\n"
                        );
                    }
                )
            );
            Assert.Contains(
                check.Findings,
                f =>
                    f.StartsWith("journal/entries.jsonl", StringComparison.Ordinal)
                    && !f.EndsWith("it was changed.", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_pack_carries_the_approved_texts_and_the_journal_proves_them()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await DocumentTests.InForce(company);
        var pack = (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
        Assert.True(Packs.Verify(pack).Holds, string.Join('\n', Packs.Verify(pack).Findings));
        var text = Assert.Single(
            Packs.Names(pack),
            n => n.StartsWith("documents/approved/VER-", StringComparison.Ordinal)
        );
        Assert.Contains(
            Packs.Names(pack),
            n =>
                n.StartsWith("documents/DOC-", StringComparison.Ordinal)
                && n.EndsWith(".docx", StringComparison.Ordinal)
        );
        var changed = Packs.Rewrite(pack, files => files[text] = [.. files[text], (byte)'!']);
        Assert.Contains(
            Packs.Verify(changed).Findings,
            f => f.Contains($"{text}: it was changed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_document_is_valid_word_and_opens_in_LibreOffice()
    {
        Counterpart.Need(Counterpart.Find("soffice") is not null, "LibreOffice");
        await using var company = await RuleTests.Drafted("sqlite");
        await DocumentTests.InForce(company);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder.Of("text.docx"),
            (
                await company.Run<DocumentReport, ChooseDocument, MadeFile>(
                    p => p.One,
                    new ChooseDocument { Document = "DOC-1" }
                )
            ).Content
        );
        using (var document = WordprocessingDocument.Open(folder.Of("text.docx"), false))
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        Convert(folder, "text.docx", "txt:Text");
        Assert.NotEmpty(File.ReadAllText(Path.Combine(folder.Of("out"), "text.txt")));
    }

    [Fact]
    public async Task A_document_prints_as_PDF_through_the_browser_on_the_machine()
    {
        Counterpart.Need(PdfPrinter.IsHere, "Chromium");
        await using var company = await RuleTests.Drafted("sqlite");
        await DocumentTests.InForce(company);
        var file = await company.Run<DocumentReport, ChooseDocument, MadeFile>(
            p => p.One,
            new ChooseDocument { Document = "DOC-1", Format = FileForm.Pdf }
        );
        Assert.EndsWith(".pdf", file.Name, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(file.Content[..8]), StringComparison.Ordinal);
        Assert.True(file.Content.Length > 10_000, "It has a page with text.");
    }

    [Fact]
    public void Garbage_is_a_finding_and_never_an_exception()
    {
        foreach (
            var bytes in new[]
            {
                [],
                "not a zip"u8.ToArray(),
                _pack[..(_pack.Length / 2)],
                [.. _pack.Take(100), .. new byte[500]],
            }
        )
            Assert.Equal(
                "The pack cannot be read: it is not in the form of a pack, or a part of it is missing or damaged.",
                Assert.Single(Packs.Verify(bytes).Findings)
            );
    }

    [Fact]
    public void The_documents_are_valid_and_open_in_LibreOffice()
    {
        Counterpart.Need(Counterpart.Find("soffice") is not null, "LibreOffice");
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(_pack), folder.Path);
        using (var workbook = SpreadsheetDocument.Open(folder.Of("soa.xlsx"), false))
            Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(e => e.Description));
        using (var document = WordprocessingDocument.Open(folder.Of("soa.docx"), false))
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        foreach (var (file, to) in new[] { ("soa.docx", "pdf"), ("soa.xlsx", "csv"), ("registers/risks.xlsx", "csv") })
            Convert(folder, file, to);
        Assert.Contains("A.8.4", File.ReadAllText(Path.Combine(folder.Of("out"), "soa.csv")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_register_is_written(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        foreach (var name in RegisterTable.Registers.Keys)
            Assert.NotEmpty(
                (
                    await company.Run<ReportProcess, ChooseRegister, MadeFile>(
                        p => p.Register,
                        new ChooseRegister { Name = name }
                    )
                ).Content
            );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Numbers_of_objectives_and_intervals_of_checks_are_in_the_registers_and_no_secret_is(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Do("draft.adopt", new { Refs = new[] { "OBJ-1" } });
        await company.Do(
            "objectives.measure",
            new
            {
                Ref = "OBJ-1",
                From = "2026-02-01",
                To = "2026-02-28",
                Value = 99.95,
            }
        );
        await company.Do(
            "objectives.evaluate",
            new
            {
                Ref = "OBJ-1",
                Text = "It held with room to spare.",
                Conclusion = "keep",
            }
        );
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":false}"""));
        company.Clock.Advance(TimeSpan.FromHours(3));
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":true}"""));
        await company.Do(
            "collectors.create",
            new
            {
                Name = "Storage",
                Kind = "json",
                Settings = new[] { "url=https://x.test", "kind=a.b", "id=/id" },
                Secret = "very-secret",
            }
        );
        var pack = (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
        Assert.True(Packs.Verify(pack).Holds, string.Join('\n', Packs.Verify(pack).Findings));
        using var archive = new ZipArchive(new MemoryStream(pack));
        System.Text.Json.Nodes.JsonNode Register(string name)
        {
            using var stream = archive.GetEntry($"registers/{name}.json")!.Open();
            return System.Text.Json.Nodes.JsonNode.Parse(stream)!;
        }
        var measured = Register("objectives")["Measurements"]!.AsArray().Single()!;
        Assert.Equal(
            ("OBJ-1", "99.95", "2026-02-28"),
            ((string)measured["Objective"]!, $"{measured["Value"]}"[..5], (string)measured["To"]!)
        );
        Assert.Equal(
            "It held with room to spare.",
            (string)Register("objectives")["Evaluations"]![0]!["What the numbers told"]!
        );
        var intervals = Register("checks")["Intervals"]!
            .AsArray()
            .Where(i => (string)i!["Check"]! == "s3-no-public-policy")
            .ToList();
        Assert.Equal(["Failing", "Passing"], intervals.Select(i => (string)i!["Outcome"]!));
        Assert.StartsWith("3", $"{intervals[1]!["Hours"]}", StringComparison.Ordinal);
        var source = Register("collectors")["CollectorSource"]![0]!.AsObject();
        Assert.True(
            source.ContainsKey("Settings") && !source.ContainsKey("Secret") && !source.ContainsKey("Hook Secret"),
            source.ToJsonString()
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_happened_in_an_incident_and_every_hand_of_its_evidence_are_in_it_as_the_journal_tells_them(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await IncidentTests.Open(company);
        var file = new { name = "gateway.log", content = System.Convert.ToBase64String("10:02 GET /v1/weights 200"u8) };
        await company.Do(
            "incidents.note",
            new
            {
                @ref = "INC-1",
                text = "Log of the gateway",
                at = "2026-03-02T08:30:00Z",
                file,
                takenFrom = "gateway, node 3",
            }
        );
        await company.Do(
            "incidents.hand-over",
            new
            {
                @ref = "INC-1",
                evidence = "EVD-1",
                to = "Police",
                purpose = "Charge of theft",
            }
        );
        var pack = (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
        var check = Packs.Verify(pack);
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.True(check.Proofs >= 2, "What was noted and handed over is proved.");
        const string Register = "registers/incidents.json";
        var json = "";
        Packs.Rewrite(pack, files => json = Encoding.UTF8.GetString(files[Register]));
        var register = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        var view = await IncidentTests.Get(company);
        Assert.Equal(
            view.Timeline.Select(t => t.Text),
            register["Timeline"]!.AsArray().Select(t => (string)t!["Text"]!)
        );
        var note = register["Timeline"]!.AsArray().Single(t => (string?)t!["Text"] == "Log of the gateway")!;
        Assert.Equal(
            ("INC-1", "2026-03-02T08:30:00.000Z", "Evidence", "EVD-1", "Ada Acme"),
            (
                (string)note["Incident"]!,
                (string)note["At"]!,
                (string)note["Kind"]!,
                (string)note["Evidence"]!,
                (string)note["By"]!
            )
        );
        Assert.Equal(
            ["gateway, node 3 > Ada Acme", "Ada Acme > Police"],
            register["Custody"]!.AsArray().Select(c => $"{c!["From"]} > {c["To"]}")
        );
        Assert.Equal(
            view.Custody.Select(c => c.Sha256),
            register["Custody"]!.AsArray().Select(c => (string)c!["Sha256"]!)
        );
    }

    private static void Convert(TemporaryFolder folder, string file, string to)
    {
        using var soffice = Process.Start(
            new ProcessStartInfo(
                "soffice",
                [
                    "-env:UserInstallation=file://" + folder.Of("profile"),
                    "--headless",
                    "--convert-to",
                    to,
                    "--outdir",
                    folder.Of("out"),
                    folder.Of(file),
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        soffice.WaitForExit();
        Assert.True(
            File.Exists(Path.Combine(folder.Of("out"), $"{Path.GetFileNameWithoutExtension(file)}.{to.Split(':')[0]}")),
            $"{file} does not open."
        );
    }

    private static async Task<byte[]> Make(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var manager = await company.As(Role.IsmsManager, "Max Manager");
        await company.Run<SoaProcess, PublishSoa, Done>(
            p => p.Publish,
            new PublishSoa { ChangeNote = "The first version" },
            manager
        );
        await Give(company, "rev/iew?.csv", "a,b\n"u8.ToArray());
        return (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
    }

    private static Task Give(Company company, string name, byte[] content) =>
        company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Access review",
                Controls = ["A.8.4"],
                PeriodFrom = new DateOnly(2026, 1, 1),
                PeriodTo = new DateOnly(2026, 2, 28),
                File = new GivenFile { Name = name, Content = content },
            }
        );
}
