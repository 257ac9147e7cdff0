using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Tests;

/// <summary>
/// All templates for three very different companies: no field stays empty, and the three differ where they should.
/// </summary>
[TakesLong]
public sealed class TemplateTests
{
    // Nobody was named, no supplier described, and the climate and the notebooks left out are decisions: these stay
    // open whatever was answered.
    private static readonly string[] OnlyTheCompanyCanSay =
    [
        "has nobody yet.",
        "do for us?",
        "Is climate change relevant to us, and why?",
        "they hold only public data?",
        "of the scope apart from them?",
        "how does it touch what is in?",
    ];

    private static readonly string[] MandatoryClauses =
    [
        "4.3",
        "5.2",
        "6.1.2",
        "6.1.3",
        "6.2",
        "7.2",
        "8.2",
        "8.3",
        "9.1",
        "9.2.2",
        "9.3.3",
        "10.2",
    ];

    public static IReadOnlyDictionary<string, string> Profiles { get; } =
        new Dictionary<string, string>
        {
            ["wrapper"] = """
                {"name":"Quill","sector":"legal","people":10,"countries":["eu"],"customers":["smb"],"product":"Drafts of letters for small law firms","serving":["app"],"ai-act-role":["deployer"],"models":["third-party-api"],"modality":["text"],"data":["public"],
                 "code":"github","infrastructure":["aws"],"sandboxes":"none","suppliers":["Lumen API"],"supplier-data":"yes","work":["remote","byod"],"stage":"selling","budget":8000,"days":3,"expertise":"none"}
                """,
            ["maker"] = """
                {"name":"Sextant Models","sector":"industry","people":60,"countries":["eu","us"],"customers":["enterprise"],"product":"Vision models for inspection","serving":["api","on-premises"],"ai-act-role":["provider"],"products":["Inspect: minimal"],"models":["from-scratch","fine-tuned"],"base":["own"],"modality":["vision"],
                 "model-names":["inspect-12b"],"dataset-names":["weld-seams"],"repositories":["sextant/train"],"endpoints":["api.sextant.test"],"data":["customers","licensed","labelled"],"code":"gitlab","infrastructure":["gpu-cloud","own"],
                 "sandboxes":"in","suppliers":["Gridlane","Labelhouse"],"supplier-data":"no","work":["office","remote","contractors"],"stage":"scaling","budget":40000,"days":10,"expertise":"some"}
                """,
            ["health"] = """
                {"name":"Medora Health AI","sector":"health","people":400,"countries":["eu","uk"],"customers":["enterprise","public"],"product":"Triage and coding advice from clinical notes","serving":["api","app"],"ai-act-role":["provider"],"products":["Medora: high-risk"],"models":["fine-tuned","classical"],"base":["open-weights"],"modality":["text","tabular"],
                 "model-names":["triage-70b"],"dataset-names":["notes"],"repositories":["medora/core"],"endpoints":["api.medora.test"],"abilities":["agents","retrieval"],"data":["special","customers","feedback"],"code":"github","infrastructure":["azure"],
                 "sandboxes":"out","suppliers":["Lumen API"],"supplier-data":"yes","work":["office","outsourced"],"stage":"established","budget":200000,"days":60,"expertise":"experienced"}
                """,
        };

    [Fact]
    public void There_is_a_template_for_everything_the_standard_wants_in_writing_and_every_topic()
    {
        var knowledge = KnowledgeBase.Shipped;
        Assert.True(knowledge.Documents.Count >= 36, $"{knowledge.Documents.Count} templates");
        Assert.Empty(MandatoryClauses.Except(knowledge.Documents.SelectMany(d => d.RequiredBy.Concat(d.RecordsFor))));
        knowledge.CheckTexts();
    }

    [Fact]
    public async Task Three_companies_get_whole_documents_that_differ()
    {
        var texts = new Dictionary<string, Dictionary<string, string>>();
        foreach (var (name, answers) in Profiles)
            texts[name] = await Filled(answers);
        foreach (var (profile, filled) in texts)
        foreach (var (template, text) in filled)
        {
            var open = DocumentEngine
                .OpenPoints(text)
                .Where(point => !OnlyTheCompanyCanSay.Any(end => point.EndsWith(end, StringComparison.Ordinal)))
                .ToList();
            Assert.True(open.Count == 0, $"{profile} {template}: {string.Join(", ", open)}");
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            Assert.False(
                Regex.IsMatch(text, @"\|\s*\|\s*\|")
                    || Regex.IsMatch(text, @"(?m)^-\s*$")
                    || Regex.IsMatch(text, @"\b(is|by|of|at|for)\s+[.,;]"),
                $"{profile} {template} has an empty place"
            );
            Assert.True(text.Length > 1500, $"{profile} {template}: {text.Length}");
        }
        Assert.DoesNotContain("privacy-and-personal-data", texts["wrapper"].Keys);
        Assert.Contains("privacy-and-personal-data", texts["health"].Keys);
        Assert.Contains("Quill", texts["wrapper"]["information-security-policy"], StringComparison.Ordinal);
        var shared = texts["wrapper"].Keys.Intersect(texts["maker"].Keys).Intersect(texts["health"].Keys).ToList();
        var alike = shared
            .Where(t =>
                Nameless(texts["wrapper"][t], "Quill") == Nameless(texts["maker"][t], "Sextant Models")
                || Nameless(texts["maker"][t], "Sextant Models") == Nameless(texts["health"][t], "Medora Health AI")
            )
            .ToList();
        Assert.True(alike.Count <= shared.Count / 4, $"Alike for different companies: {string.Join(", ", alike)}");
    }

    private static string Nameless(string text, string name) => text.Replace(name, "", StringComparison.Ordinal);

    private static async Task<Dictionary<string, string>> Filled(string answers)
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("interview.answer", new { answers = JsonNode.Parse(answers), complete = true });
        await company.Do("draft.generate", new { });
        foreach (
            var process in new[]
            {
                "scope",
                "issues",
                "parties",
                "obligations",
                "assets",
                "risks",
                "controls",
                "objectives",
                "roles",
                "suppliers",
                "communication",
                "documents",
            }
        )
        {
            var list = (DraftList)await company.Do("draft.list", new { of = process });
            if (list.Items.Count > 0)
                await company.Do("draft.adopt", new { refs = list.Items.Select(i => i.Ref) });
        }
        var climate = ((IReadOnlyList<IssueView>)await company.Do("issues.list", new { })).Single(i => i.IsClimate);
        await company.Do(
            "issues.edit",
            new
            {
                @ref = climate.Ref,
                relevant = false,
                effect = "Nothing of ours runs where heat or power would stop it.",
            }
        );
        var filled = new Dictionary<string, string>();
        foreach (var row in ((Page<DocumentRow>)await company.Do("documents.list", new { limit = 200 })).Items)
        {
            var document = await DocumentTests.Get(company, row.Ref);
            foreach (var point in document.Decisions)
                await company.Do(
                    "documents.decide",
                    new
                    {
                        @ref = row.Ref,
                        point = point.Id,
                        option = point.Options[0].Value,
                    }
                );
            filled[row.Key] = (await DocumentTests.Get(company, row.Ref)).Text;
        }
        return filled;
    }
}
