using Moat.Isms.Drafts;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;
using Moat.Reports;

namespace Moat.Tests;

/// <summary>
/// What Moat writes as a table it reads again: every register that has both an export and an import, into an empty
/// organisation.
/// </summary>
public sealed class RegisterRoundTripTests
{
    // What a record gets anew where it is entered, what is computed, and what a file cannot decide.
    private static readonly Dictionary<string, string[]> StaysBehind = new()
    {
        ["assets"] = ["Needs confidentiality", "Needs integrity", "Needs availability", "Need"],
        ["people"] = ["Ref"],
        ["requests"] = ["Audit", "Asked by", "Asked by id", "Imported from", "Waits"],
        ["risks"] = ["Inherent score", "Current score", "Residual score", "Assessed at", "Accepted until"],
    };

    private static readonly string[] OfEveryRecord =
    [
        "Why proposed",
        "Source",
        "Drafted from",
        "Version",
        "Created at",
        "Changed at",
        "Changed by",
    ];

    public static TheoryData<string, string> Registers
    {
        get
        {
            var both = new TheoryData<string, string>();
            foreach (var database in Company.Databases)
            foreach (var register in ImportedRegisters())
                both.Add(database, register);
            return both;
        }
    }

    [Theory, MemberData(nameof(Registers))]
    public async Task A_register_is_the_same_after_it_was_exported_and_imported(string database, string register)
    {
        await using var here = await Filled(database);
        await using var there = await Company.Found(database);
        if (register != "people")
            await there.Do("people.import-table", new GiveTable { File = await Export(here, "people") });

        var file = await Export(here, register);
        var preview = (TableResult)await there.Do($"{register}.preview-table", new GiveTable { File = file });
        Assert.Empty(preview.Problems);
        Assert.DoesNotContain(preview.Remarks, r => !r.StartsWith("Sheet '", StringComparison.Ordinal));
        Assert.Equal(
            [
                .. StaysBehind[register]
                    .Concat(OfEveryRecord)
                    .Where(preview.Unmatched.Contains)
                    .Order(StringComparer.Ordinal),
            ],
            preview.Unmatched.Order(StringComparer.Ordinal)
        );
        Assert.True(preview.New > 1);
        Assert.Equal(0, preview.Differing);
        await there.Do($"{register}.import-table", new GiveTable { File = file });

        var left = preview.NotTaken.SelectMany(n => n.Rows).ToHashSet();
        Assert.Equal(Rows(file, preview, left), Rows(await Export(there, register), preview, []));
        var again = (TableResult)await there.Do($"{register}.preview-table", new GiveTable { File = file });
        Assert.Equal((0, 0), (again.New, again.Differing));
    }

    [Theory]
    [InlineData("assets", "retired")]
    [InlineData("assets", "rejected")]
    [InlineData("risks", "retired")]
    [InlineData("risks", "rejected")]
    [InlineData("requests", "The auditor has what they need")]
    public async Task What_left_its_register_does_not_come_back_by_a_file(string register, string why)
    {
        await using var here = await Filled("sqlite");
        await using var there = await Company.Found("sqlite");
        var preview = (TableResult)
            await there.Do($"{register}.preview-table", new GiveTable { File = await Export(here, register) });
        Assert.Single(preview.NotTaken, n => n.Why.Contains(why, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ImportedRegisters() =>
        OperationCatalog
            .Whole.All.Select(o => o.Name)
            .Where(n => n.EndsWith(".import-table", StringComparison.Ordinal))
            .Select(n => n.Split('.')[0])
            .Where(RegisterTable.Registers.ContainsKey);

    /// <summary>
    /// The rows as texts of the columns that are imported, without references, by the name of the record.
    /// </summary>
    private static string[] Rows(GivenFile file, TableResult read, HashSet<int> left)
    {
        var sheet = TableReader.Read(file).Single(s => s.Name == read.Sheet);
        var header = sheet.Rows.Single(r => r.Number == read.HeaderRow);
        var columns = read
            .Columns.Where(c => c.Header != "Ref")
            .OrderBy(c => c.Field, StringComparer.Ordinal)
            .Select(c => (c.Header, At: header.Cells.ToList().IndexOf(c.Header)))
            .ToList();
        return
        [
            .. sheet
                .Rows.Where(r => r.Number > read.HeaderRow && !left.Contains(r.Number))
                .Select(r => string.Join(" | ", columns.Select(c => $"{c.Header}: {r.At(c.At)}")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<GivenFile> Export(Company company, string register)
    {
        var made = await company.Run<ReportProcess, ChooseRegister, MadeFile>(
            p => p.Register,
            new ChooseRegister { Name = register }
        );
        return new GivenFile { Name = made.Name, Content = made.Content };
    }

    /// <summary>A drafted company with every way in which a record of these registers can stand.</summary>
    private static Task<Company> Filled(string database) =>
        PreparedCompany.Copy(
            "registers",
            database,
            async () =>
            {
                var company = await RuleTests.Drafted(database);
                await company.Do(
                    "people.create",
                    new
                    {
                        name = "Lea Lead",
                        email = "lea@acme.example",
                        department = "Security",
                        jobTitle = "Head",
                        joinedOn = "2025-01-02",
                        logins = new[] { "lea-l", "lead" },
                    }
                );
                await company.Do(
                    "people.create",
                    new
                    {
                        name = "Nia New",
                        email = "nia@acme.example",
                        manager = "PER-2",
                        joinedOn = "2026-01-02",
                    }
                );
                foreach (var of in new[] { "assets", "risks" })
                {
                    var drafts = await company.Run<DraftProcess, ListDrafts, DraftList>(
                        p => p.List,
                        new ListDrafts { Of = of }
                    );
                    await company.Run<DraftProcess, RejectDrafts, Tally>(
                        p => p.Reject,
                        new RejectDrafts { Refs = [drafts.Items[0].Ref], Reason = "We have no such thing." }
                    );
                }
                await FillAssets(company);
                await FillRisks(company);
                await company.Do(
                    "requests.ask",
                    new
                    {
                        wanted = "Minutes of the last management review",
                        requirement = "9.3.3",
                        dueOn = "2026-03-20",
                        assignee = "PER-2",
                    }
                );
                await company.Do(
                    "requests.ask",
                    new { wanted = "Anything about backups. All of it; please", dueOn = "2026-03-05" }
                );
                await company.Do(
                    "requests.ask",
                    new
                    {
                        wanted = "The scope statement, signed",
                        requirement = "4.3",
                        dueOn = "2026-04-05",
                        assignee = "PER-1",
                    }
                );
                await company.Do(
                    "requests.answer",
                    new
                    {
                        @ref = "REQ-3",
                        text = "It is in the document.",
                        shown = Array.Empty<string>(),
                    }
                );
                await company.Do(
                    "requests.accept",
                    new { @ref = "REQ-3" },
                    await company.As(Role.Auditor, "Otto Auditor")
                );
                company.Clock.Advance(TimeSpan.FromDays(6));
                return company;
            }
        );

    private static async Task FillAssets(Company company)
    {
        await company.Do(
            "assets.create",
            new
            {
                name = "Weights; of the model. All",
                kind = "model",
                description = "Two\nlines",
                location = "s3://a",
                owner = "PER-2",
                crownJewel = true,
                confidentiality = 4,
                integrity = 1,
                availability = 3,
            }
        );
        await company.Do(
            "assets.create",
            new
            {
                name = "Old laptop",
                kind = "device-fleet",
                inScope = false,
            }
        );
        var gone = ((Done)await company.Do("assets.create", new { name = "Gone bucket", kind = "bucket" })).Ref;
        await company.Do("assets.retire", new { @ref = gone, reason = "It was switched off." });
    }

    private static async Task FillRisks(Company company)
    {
        var number = 0;
        foreach (var option in new[] { "undecided", "modify", "retain", "avoid", "share" })
        {
            var risk = (
                (Done)
                    await company.Do(
                        "risks.create",
                        new
                        {
                            title = $"Weights leave by way {++number}. Somebody sells them; nobody sees it",
                            cause = "A leaver copies them.",
                            consequence = "The model is sold.",
                            harms = new[] { "confidentiality", "integrity" },
                            owner = "PER-2",
                            threatId = "insider-threat",
                        }
                    )
            ).Ref;
            await company.Do(
                "risks.assess",
                new
                {
                    @ref = risk,
                    inherentLikelihood = 5,
                    inherentImpact = 4,
                    currentLikelihood = 3,
                    currentImpact = number == 1 ? 3 : 4,
                    residualLikelihood = 2,
                    residualImpact = 1,
                    rationale = "It happened elsewhere, twice.",
                }
            );
            if (option != "undecided")
                await company.Do(
                    "risks.treat",
                    new
                    {
                        @ref = risk,
                        option,
                        plan = $"What we do: {option}. Then we look.",
                    }
                );
        }
        var gone = (
            (Done)
                await company.Do(
                    "risks.create",
                    new
                    {
                        title = "A risk that is gone",
                        cause = "No copy is kept.",
                        consequence = "Nobody knows.",
                    }
                )
        ).Ref;
        await company.Do("risks.retire", new { @ref = gone, reason = "The service was switched off." });
    }
}
