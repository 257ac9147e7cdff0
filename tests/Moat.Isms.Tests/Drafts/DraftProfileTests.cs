using System.Text.RegularExpressions;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Twelve very different companies: what the draft of each says follows from what it answered, and a person can read
/// it.
/// </summary>
public sealed partial class DraftProfileTests
{
    private const string Rewrite = "MOAT_REWRITE_GOLDEN";

    public static TheoryData<string> Profiles => [.. DraftProfile.Names];

    [Fact]
    public void Twelve_companies_are_drafted() => Assert.Equal(12, DraftProfile.Names.Count());

    [Theory, MemberData(nameof(Profiles))]
    public async Task A_draft_speaks_only_of_what_was_answered(string name)
    {
        var profile = await DraftProfile.Draft(name);
        // What the company typed itself, such as the name of a product, it may read again.
        var own = DraftProfile.Answers(name).Select(a => a.Value!.ToJsonString()).ToList();
        var wrong = (
            from text in profile.Texts()
            // What stands in quotation marks is a question of the interview that was answered with no.
            from word in SpokenWords.Strange(Quoted().Replace(text.Text, ""), profile.Basis.Flags)
            where !own.Any(o => o.Contains(word, StringComparison.OrdinalIgnoreCase))
            select $"{text.Record} \"{word}\": {text.Text}"
        ).ToList();
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} texts of {name} speak of what was not answered:\n{string.Join("\n", wrong)}"
        );
    }

    [Theory, MemberData(nameof(Profiles))]
    public async Task Every_proposal_names_the_answers_or_assets_it_comes_from(string name)
    {
        var profile = await DraftProfile.Draft(name);
        var answers = DraftProfile.Answers(name);
        var fields = KnowledgeBase.Shipped.Interview.Fields.ToDictionary(f => f.Key);
        foreach (var record in profile.Records)
        {
            Assert.True(record.DraftedFrom.Count > 0, $"{record.Ref} {record.Caption} names no answer.");
            foreach (
                var from in record.DraftedFrom.Where(f =>
                    f != DraftBasis.Always && !f.StartsWith("AST-", StringComparison.Ordinal)
                )
            )
            {
                var key = from.Split('=', '≠')[0];
                Assert.True(fields.ContainsKey(key), $"{record.Ref} names {from}, which the interview does not ask.");
                if (from.Contains('≠', StringComparison.Ordinal))
                    continue;
                Assert.True(answers.ContainsKey(key), $"{record.Ref} names {from}, which {name} did not answer.");
                if (from.Split('=', 2) is [_, var value])
                    Assert.Contains(value, answers[key]!.ToString(), StringComparison.Ordinal);
            }
        }
        Assert.All(
            profile.All<Risk>(),
            r => Assert.Contains(r.DraftedFrom, f => f.StartsWith("AST-", StringComparison.Ordinal))
        );
    }

    [Theory, MemberData(nameof(Profiles))]
    public async Task A_reviewer_finds_the_draft_as_it_was_read(string name)
    {
        var told = (await DraftProfile.Draft(name)).Golden();
        var file = Path.Combine(DraftProfile.Folder, name + ".md");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
            await File.WriteAllTextAsync(file, told, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), told);
    }

    [Theory]
    [InlineData("Our open weights are pinned", "open-weights")]
    [InlineData("Outside developers build it", "outsourced-development")]
    [InlineData("The hospital asks", "health")]
    [InlineData("GPUs stand in a rack", "own-hardware")]
    [InlineData("Annotators see raw data", "crowd-labelled")]
    [InlineData("After fine-tuning", "fine-tunes")]
    [InlineData("Embeddings are stored", "has-rag")]
    [InlineData("An agent acts", "agents")]
    [InlineData("The EU AI Act asks", "ai-act-provider")]
    [InlineData("The ICO hears of it", "uk")]
    [InlineData("The prompt is read", "text")]
    [InlineData("Weights leave", "trains-models")]
    public void A_word_needs_its_answer(string text, string flag)
    {
        Assert.NotEmpty(SpokenWords.Strange(text, new HashSet<string>()));
        Assert.True(SpokenWords.Fits(text, new HashSet<string> { flag }));
    }

    [Fact]
    public async Task A_company_without_rooms_leaves_out_what_protects_rooms_and_keeps_what_protects_laptops()
    {
        var controls = (await DraftProfile.Draft("remote-start-up")).All<Control>().ToDictionary(c => c.Code);
        string[] rooms = ["A.7.1", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6", "A.7.11", "A.7.12", "A.7.13"];
        Assert.All(rooms, code => Assert.Equal(Applicability.Excluded, controls[code].Applicability));
        Assert.All(
            (string[])["A.7.7", "A.7.8", "A.7.9", "A.7.10", "A.7.14"],
            code => Assert.Equal(Applicability.Applicable, controls[code].Applicability)
        );
        Assert.EndsWith(
            "This changes once we have an office or run our own machines.",
            controls["A.7.1"].Justification,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["infrastructure≠own", "work≠office"],
            controls["A.7.1"].DraftedFrom.Order(StringComparer.Ordinal)
        );
        Assert.Empty(controls["A.7.1"].ReasonKinds);
    }

    [Fact]
    public async Task Outsourcing_is_a_control_only_where_somebody_else_develops()
    {
        Assert.Equal(
            Applicability.Applicable,
            (await DraftProfile.Draft("hiring-tool")).All<Control>().First(c => c.Code == "A.8.30").Applicability
        );
        Assert.Equal(
            Applicability.Excluded,
            (await DraftProfile.Draft("speech-us")).All<Control>().First(c => c.Code == "A.8.30").Applicability
        );
    }

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quoted();
}
