using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Registers;
using Moat.Reports;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>Whoever holds the key can sign other registers; the journal in the same pack tells on him.</summary>
[TakesLong]
public sealed class ProvedRegisterTests
{
    private const string Risks = "registers/risks.json";

    [Fact]
    public async Task Another_cell_one_row_less_or_more_is_found_though_the_pack_is_signed_again()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var pack = await Pack(company);
        var signer = Packs.SignerOf(company);
        Assert.Empty(Packs.Verify(Packs.Sign(pack, signer, _ => { })).Findings);
        List<string> Found(Action<JsonArray> change) =>
            [.. Packs.Verify(Packs.Sign(pack, signer, files => files[Risks] = Changed(files[Risks], change))).Findings];
        Assert.Equal(
            $"{Risks}: Title of Risk RISK-1 is not what the journal says.",
            Assert.Single(Found(rows => rows[0]!["Title"] = "Something else"))
        );
        Assert.Equal(
            $"{Risks}: Risk RISK-1 is in the journal and not in the register.",
            Assert.Single(Found(rows => rows.RemoveAt(0)))
        );
        Assert.Equal(
            $"{Risks}: Risk RISK-1 stands in it twice.",
            Assert.Single(Found(rows => rows.Add(rows[0]!.DeepClone())))
        );
        Assert.Equal(
            $"{Risks}: the journal does not tell of Risk RISK-999.",
            Assert.Single(
                Found(rows =>
                {
                    rows.Add(rows[0]!.DeepClone());
                    rows[^1]!["Ref"] = "RISK-999";
                })
            )
        );
        Assert.Equal(
            $"{Risks}: it is missing.",
            Assert.Single(Packs.Verify(Packs.Sign(pack, signer, files => files.Remove(Risks))).Findings)
        );
        Assert.Equal(
            $"{Risks}: it is not a register.",
            Assert.Single(Packs.Verify(Packs.Sign(pack, signer, files => files[Risks] = "no"u8.ToArray())).Findings)
        );
    }

    [Fact]
    public async Task A_piece_of_evidence_or_a_statement_that_is_left_out_is_found_though_the_pack_is_signed_again()
    {
        await using var company = await RuleTests.Completed("sqlite");
        await company.Do(
            "evidence.add",
            new
            {
                title = "Access review",
                clauses = new[] { "9.1" },
                periodFrom = "2026-01-01",
                periodTo = "2026-02-28",
                file = new { name = "review.txt", content = Convert.ToBase64String("reviewed"u8) },
            }
        );
        await company.Do(
            "soa.publish",
            new { changeNote = "The first version" },
            await company.As(Role.IsmsManager, "Max Manager")
        );
        var pack = await Pack(company);
        var signer = Packs.SignerOf(company);
        foreach (
            var path in Packs
                .Names(pack)
                .Where(n =>
                    n.StartsWith("evidence/", StringComparison.Ordinal)
                    || n.StartsWith("soa/", StringComparison.Ordinal)
                )
        )
        {
            Assert.StartsWith(
                $"{path}: it is missing; the journal tells of",
                Assert.Single(Packs.Verify(Packs.Sign(pack, signer, files => files.Remove(path))).Findings),
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                $"{path}: it is not what the journal says of",
                Packs.Verify(Packs.Sign(pack, signer, files => files[path] = [1])).Findings[0],
                StringComparison.Ordinal
            );
        }
        Assert.StartsWith(
            "soa.json: it is not what",
            Assert.Single(Packs.Verify(Packs.Sign(pack, signer, files => files["soa.json"] = [1])).Findings),
            StringComparison.Ordinal
        );
        Assert.Contains("index.html", Packs.Names(pack));
    }

    [Fact]
    public async Task A_file_that_no_pack_of_this_journal_has_is_found_though_the_pack_is_signed_again()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await DocumentTests.InForce(company);
        var pack = await Pack(company);
        var signer = Packs.SignerOf(company);
        Assert.Empty(Packs.Verify(Packs.Sign(pack, signer, _ => { })).Findings);
        string[] nowhere =
        [
            "registers/penetration-tests.json",
            "registers/risks (final).json",
            "evidence-of-pentest.pdf",
            "processes/ours.json",
            "journal/x",
        ];
        string[] untold =
        [
            "documents/Policy.docx",
            "documents/DOC-1-policy-9.9.docx",
            "evidence/EVD-9-pentest.pdf",
            "soa/SOA-9.json",
            "journal/anchors/0001-2025-01-01-7-timestamp.checkpoint",
            "journal/anchors/x",
        ];
        var check = Packs.Verify(
            Packs.Sign(
                pack,
                signer,
                files =>
                {
                    foreach (var path in nowhere.Concat(untold))
                        files[path] = "garbage"u8.ToArray();
                }
            )
        );
        Assert.Equal(
            nowhere
                .Select(p => $"{p}: no pack has such a file.")
                .Concat(untold.Select(p => $"{p}: the journal does not tell of it."))
                .Order(StringComparer.Ordinal),
            check.Findings.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_manifest_with_odd_entries_is_told_by_their_places()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var (pack, signer) = (await Pack(company), Packs.SignerOf(company));
        var files = Packs.Files(pack).Count - 2;
        string[] odd =
        [
            "null",
            "[]",
            """{"path":null,"sha256":5,"size":-1}""",
            """{"path":"soa.docx","sha256":"00","size":-1}""",
            """{"path":"../../etc/passwd","sha256":"00","size":9223372036854775807}""",
        ];
        var check = Packs.Verify(
            Packs.Sign(
                pack,
                signer,
                _ => { },
                manifest =>
                {
                    foreach (var entry in odd)
                        manifest["files"]!.AsArray().Add(JsonNode.Parse(entry));
                }
            )
        );
        Assert.Equal(
            Enumerable.Range(files + 1, odd.Length).Select(n => $"manifest.json: entry {n} names no file of a pack."),
            check.Findings
        );
        foreach (
            var change in new Action<JsonObject>[]
            {
                m => m["files"] = new JsonObject(),
                m => m["madeAt"] = 5,
                m => m.Remove("madeAt"),
            }
        )
        {
            var found = Packs.Verify(Packs.Sign(pack, signer, _ => { }, change)).Findings;
            Assert.NotEmpty(found);
            Assert.DoesNotContain(
                found,
                f =>
                    f.Contains("Parameter", StringComparison.Ordinal)
                    || f.Contains("Exception", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task What_is_not_proved_is_named_with_the_verdict()
    {
        await using var company = await RuleTests.Completed("sqlite");
        string[] reading = ["index.html", "readiness.json", "processes/"];
        var draft = Packs.Verify(await Pack(company)).NotProved;
        Assert.Superset(
            reading.Append("soa.json").Concat(PackVerifier.NotProved.Select(c => c.Column)).ToHashSet(),
            draft.ToHashSet()
        );
        await company.Do(
            "soa.publish",
            new { changeNote = "The first version" },
            await company.As(Role.IsmsManager, "Max Manager")
        );
        var published = Packs.Verify(await Pack(company)).NotProved;
        Assert.Equal(draft.Where(n => n != "soa.json"), published);
    }

    /// <summary>
    /// Every column of every register of a company in which every operation was done on everything it could be done on.
    /// </summary>
    [Fact]
    public async Task Every_column_of_every_register_is_proved_or_named_as_not_proved()
    {
        await using var company = await Company.Found("sqlite");
        var sham = new ShamCompany(company, length => new string('x', Math.Max(1, length)));
        await sham.Begin(sham.Person);
        await sham.Fill([sham.Person], rounds: 1);
        var files = Packs.Files(await Pack(company));
        var registers = new PackRegisters(
            Replay(files),
            PackFormat.Moment((string)JsonNode.Parse(files[PackFormat.Manifest])!["madeAt"]!)!.Value
        );
        var (cells, unproved) = (0, new SortedSet<string>());
        foreach (var register in RegisterSheets.All)
        {
            var text = Encoding.UTF8.GetString(files[PackRegisters.PathOf(register)]);
            Assert.Empty(await Compare(registers, register, JsonNode.Parse(text)!));
            foreach (
                var sheet in JsonNode
                    .Parse(text)!
                    .AsObject()
                    .Where(s => s.Value!.AsArray().Count > 0)
                    .Select(s => s.Key)
            )
            {
                var columns = JsonNode.Parse(text)![sheet]![0]!.AsObject().Select(c => c.Key).ToList();
                // Each column once, in one of the rows: all rows are compared by the same lines.
                var rows = JsonNode.Parse(text)![sheet]!.AsArray().Count;
                for (var shift = 0; shift < columns.Count; shift += rows)
                    cells += await Flip(registers, register, text, sheet, columns, shift, unproved);
            }
        }
        Assert.True(cells > 1000, $"Only {cells} cells were there to change.");
        Assert.Subset(PackVerifier.NotProved.Select(c => c.Column).ToHashSet(), unproved);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cells} cells changed; not proved: {string.Join(", ", unproved)}"
        );
    }

    /// <summary>
    /// Changes one cell of each row, the next column in the next row, and looks for each change among the findings.
    /// </summary>
    private static async Task<int> Flip(
        PackRegisters registers,
        string register,
        string text,
        string sheet,
        List<string> columns,
        int shift,
        SortedSet<string> unproved
    )
    {
        var changed = JsonNode.Parse(text)!;
        var key = columns.Contains(TableSheet.Record) ? TableSheet.Record : "Ref";
        var expected = new List<(string Column, string Finding)>();
        var rows = changed[sheet]!.AsArray();
        for (var i = 0; i < rows.Count; i++)
        {
            var column = columns[(i + shift) % columns.Count];
            var name = (string)rows[i]![key]!;
            rows[i]![column] = Other(rows[i]![column]);
            expected.Add(
                (
                    column,
                    column == key
                        ? $"the journal does not tell of {sheet} {name}x."
                        : $"{column} of {sheet} {name} is not what the journal says."
                )
            );
        }
        var found = (await Compare(registers, register, changed)).ToHashSet();
        foreach (var (column, finding) in expected.Where(e => !found.Contains(e.Finding)))
            unproved.Add($"{sheet}: {column}");
        return expected.Count;
    }

    private static JsonNode Other(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => "x",
            JsonValueKind.Number => value.GetValue<long>() + 1,
            JsonValueKind.True => false,
            JsonValueKind.False => true,
            _ => value.GetValue<string>() + "x",
        };

    private static async Task<IReadOnlyList<string>> Compare(PackRegisters registers, string register, JsonNode given)
    {
        using var json = JsonDocument.Parse(given.ToJsonString());
        return await registers.Compare(register, json.RootElement, CancellationToken.None);
    }

    private static JournalReplay Replay(Dictionary<string, byte[]> files)
    {
        var replay = new JournalReplay();
        foreach (
            var line in Encoding
                .UTF8.GetString(files[PackFormat.Entries])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        )
            replay.Add(PackFormat.Entry(line));
        return replay;
    }

    private static byte[] Changed(byte[] register, Action<JsonArray> change)
    {
        var json = JsonNode.Parse(register)!;
        change(json["Risk"]!.AsArray());
        return CanonicalJson.Bytes(json);
    }

    private static async Task<byte[]> Pack(Company company) =>
        (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
}
