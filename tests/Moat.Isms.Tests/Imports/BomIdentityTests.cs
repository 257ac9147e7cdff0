using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Imports;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Bills that do not say who they are: one takes nothing away that another one told, and what a bill took away comes
/// back.
/// </summary>
[TakesLong]
public sealed class BomIdentityTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    private static readonly string Long = $"pkg:generic/{new string('n', 300)}";

    public static TheoryData<string, string, string> Pairs =>
        new()
        {
            { "no serial number", Bill("", "va", true), Bill("", "vb", true) },
            {
                "no serial number, and one more asset",
                Bill("", "va", true),
                Bill("", "va", false, """,{"type":"machine-learning-model","bom-ref":"n","name":"nb"}""")
            },
            { "another group", Bill(About("acme", "app"), "va", true), Bill(About("rival", "app"), "vb", true) },
            {
                "another package URL",
                Bill(AboutPurl("pkg:generic/a@1"), "va", true),
                Bill(AboutPurl("pkg:generic/b@1"), "vb", true)
            },
            {
                "long addresses with one beginning",
                Bill(AboutPurl(Long + "1"), "va", true),
                Bill(AboutPurl(Long + "2"), "vb", true)
            },
            { "no id of the document", Spdx("", "urn:va"), Spdx("", "urn:vb") },
            { "the same id within the file", Spdx(Document("_:doc"), "urn:va"), Spdx(Document("_:doc"), "urn:vb") },
            {
                "the same relative id",
                Spdx(Document("SPDXRef-DOCUMENT"), "_:v"),
                Spdx(Document("SPDXRef-DOCUMENT"), "_:v").Replace("\"m\"", "\"other\"", StringComparison.Ordinal)
            },
            { "another root", Spdx(Rooted("urn:one"), "urn:va"), Spdx(Rooted("urn:two"), "urn:vb") },
        };

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_bill_takes_away_nothing_that_another_one_told(string what, string one, string other)
    {
        foreach (var database in Company.Databases)
        {
            await using var company = await Company.Found(database);
            await Import(company, one);
            var said = await Relations(company);
            Assert.NotEmpty(said);
            Assert.DoesNotContain((await Import(company, other)).Changes, c => c.What is "gone relation" or "changed");
            Assert.True(said.IsSubsetOf(await Relations(company)), what);
            Assert.Empty((await Import(company, one)).Changes);
        }
    }

    public static TheoryData<string, string> Replaced =>
        new()
        {
            { Bill("", "va", true), Bill("", "va", false) },
            { Bill(About("acme", "app"), "va", true), Bill(About("acme", "app"), "va", false) },
            { Bill(AboutPurl("pkg:generic/a@1"), "va", true), Bill(AboutPurl("pkg:generic/a@2"), "va", false) },
            { Spdx(Rooted("urn:one"), "urn:va"), Spdx(Rooted("urn:one"), "urn:va", related: false) },
            { Spdx("", "urn:va"), Spdx("", "urn:va", related: false) },
        };

    [Theory, MemberData(nameof(Replaced))]
    public async Task A_later_bill_of_the_same_takes_away_what_it_does_not_tell_and_taking_it_back_brings_that_again(
        string first,
        string later
    )
    {
        foreach (var database in Company.Databases)
        {
            await using var company = await Company.Found(database);
            await Import(company, first);
            var said = await Relations(company);
            Assert.Contains((await Import(company, later)).Changes, c => c.What == "gone relation");
            Assert.NotEqual(said, await Relations(company));

            var import = (
                await company.Run<ImportProcess, Nothing, IReadOnlyList<ImportRow>>(p => p.List, new Nothing())
            )[0];
            var preview = await company.Run<ImportProcess, OneImport, UndoView>(
                p => p.Preview,
                new OneImport { Entry = import.Entry }
            );
            Assert.Equal((1, 1), (import.Unrelated, preview.Related));
            await company.Run<ImportProcess, UndoImport, UndoView>(
                p => p.Undo,
                new UndoImport { Entry = import.Entry, Reason = "It was a wrong bill." }
            );
            Assert.Equal(said, await Relations(company));
            // It is that bill's relation again, so a right one can take it away.
            Assert.Contains((await Preview(company, later)).Changes, c => c.What == "gone relation");
        }
    }

    [Fact]
    public async Task A_relation_that_cannot_come_again_is_named()
    {
        await using var company = await Company.Found("sqlite");
        await Import(company, Bill("", "va", true));
        await Import(company, Bill("", "va", false));
        var imports = await company.Run<ImportProcess, Nothing, IReadOnlyList<ImportRow>>(p => p.List, new Nothing());
        await company.Run<ImportProcess, UndoImport, UndoView>(
            p => p.Undo,
            new UndoImport { Entry = imports[1].Entry, Reason = "It was a wrong bill." }
        );
        var preview = await company.Run<ImportProcess, OneImport, UndoView>(
            p => p.Preview,
            new OneImport { Entry = imports[0].Entry }
        );
        Assert.Equal(
            (0, 1),
            (preview.Related, preview.Kept.Count(k => k.Why.Contains("not there any more", StringComparison.Ordinal)))
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task How_a_bill_without_a_name_is_known_is_said(bool named)
    {
        await using var company = await Company.Found("sqlite");
        var remarks = (await Preview(company, Bill(named ? About("acme", "app") : "", "va", true))).Remarks.Concat(
            (await Preview(company, Spdx(named ? Document("urn:doc") : "", "urn:va"))).Remarks
        );
        Assert.Equal(
            named ? 0 : 2,
            remarks.Count(r => r.Contains("neither what it is about", StringComparison.Ordinal))
        );
    }

    private static string About(string group, string name) =>
        $$""","metadata":{"component":{"type":"library","group":"{{group}}","name":"{{name}}"} }""";

    private static string AboutPurl(string purl) =>
        $$""","metadata":{"component":{"type":"library","name":"app","purl":"{{purl}}"} }""";

    private static string Bill(string about, string model, bool related, string more = "") =>
        $$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","version":1{{about}},
             "components":[{"type":"machine-learning-model","bom-ref":"m","name":"{{model}}"},{"type":"data","bom-ref":"d","name":"{{model}}-data"}{{more}}],
             "dependencies":[{{(related ? """{"ref":"m","dependsOn":["d"]}""" : "")}}]}
            """;

    private static string Document(string id) => $$"""{"type":"SpdxDocument","spdxId":"{{id}}"},""";

    private static string Rooted(string id) => $$"""{"type":"SpdxDocument","rootElement":["{{id}}"]},""";

    private static string Spdx(string document, string id, bool related = true) =>
        $$"""
            {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{{document}}
             {"type":"ai_AIPackage","spdxId":"{{id}}-m","name":"m"},{"type":"dataset_DatasetPackage","spdxId":"{{id}}-d","name":"d"}
             {{(
                related
                    ? $$""",{"type":"Relationship","relationshipType":"trainedOn","from":"{{id}}-m","to":["{{id}}-d"]}"""
                    : ""
            )}}]}
            """;

    private static Task<BomResult> Import(Company company, string bill) =>
        company.Run<BomImport, GiveBom, BomResult>(p => p.Import, new GiveBom { File = File(bill) });

    private static Task<BomResult> Preview(Company company, string bill) =>
        company.Run<BomImport, GiveBom, BomResult>(p => p.Preview, new GiveBom { File = File(bill) });

    private static GivenFile File(string bill) => new() { Name = "bill.json", Content = Encoding.UTF8.GetBytes(bill) };

    private static async Task<HashSet<(Guid, string, Guid, string?)>> Relations(Company company) =>
        [
            .. (
                await company.Read(db =>
                    db.Links.AsNoTracking().Where(l => LinkTypes.BetweenAssets.Contains(l.Type)).ToListAsync()
                )
            ).Select(l => (l.FromId, l.Type, l.ToId, l.Source)),
        ];
}
