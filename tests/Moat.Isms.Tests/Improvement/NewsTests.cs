using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Drafts;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Threads;
using Moat.Isms.Risks;

namespace Moat.Tests;

/// <summary>
/// Threat news: what changed in a catalogue proposes risks and documents, a person decides, and what changes says what
/// it learned from.
/// </summary>
public sealed class NewsTests
{
    private const string First = """
        id: ATLAS
        version: 1.0.0
        matrices:
        - id: ATLAS
          techniques:
          - id: AML.T0020
            name: Poison Training Data
            description: Records are altered before training.
          - id: AML.T0099
            name: Unheard Of
            description: Nobody has a risk of it.
        """;

    private static readonly string Second =
        First
            .Replace("1.0.0", "1.1.0", StringComparison.Ordinal)
            .Replace("Records are altered", "Records and\n              labels are altered", StringComparison.Ordinal)
            .Replace("Nobody has", "Nobody had", StringComparison.Ordinal)
        + """

              - id: AML.T0020.001
                name: Poison Preference Data
                description: Ratings of answers are bought.
            """;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_release_of_ATLAS_becomes_news_about_risks_and_documents_and_their_change_links_back(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        await company.Run<DraftProcess, DecideDrafts, Tally>(
            p => p.Adopt,
            new DecideDrafts { Refs = await Proposed(company, "documents") }
        );
        Assert.Equal(new ThreatComparison("1.0.0", true, 0, 0, 0, 0), await Import(company, First));
        Assert.Equal(new ThreatComparison("1.0.0", false, 0, 0, 0, 0), await Import(company, First));
        // What changed about a technique of which there is no risk is no news; what is new always is.
        Assert.Equal(new ThreatComparison("1.1.0", false, 1, 2, 0, 2), await Import(company, Second));
        var news = (
            await company.Run<ThreatNewsProcess, ListNews, Page<NewsRow>>(p => p.List, new ListNews { Sort = "number" })
        ).Items;
        Assert.Equal([NewsKind.NewTechnique, NewsKind.ChangedTechnique], news.Select(n => n.Kind));
        var view = await Get(company, "NEWS-2");
        var risk = Assert.Single(view.Risks, r => r.Title.Contains("poisoned records", StringComparison.Ordinal));
        Assert.NotEmpty(view.Documents);

        Assert.Equal(
            "reason",
            (await Assert.ThrowsAsync<InputInvalid>(() => Decide(company, "NEWS-1", NewsDecision.Nothing)))
                .Errors[0]
                .Field
        );
        await Decide(company, "NEWS-1", NewsDecision.Nothing, "We buy no preference data.");
        await NonconformityTests.Broken(
            "threat-news.decide.open",
            () => Decide(company, "NEWS-1", NewsDecision.Reassess)
        );
        Assert.Equal(1, (await Decide(company, "NEWS-2", NewsDecision.Reassess, risks: [risk.Ref])).Count);
        Assert.Contains(
            await NonconformityTests.Tasks(company),
            t => t.Purpose == "news:NEWS-2" && t.SubjectRef == risk.Ref
        );
        await Assess(company, risk.Ref, null);
        Assert.DoesNotContain(await NonconformityTests.Tasks(company), t => t.Purpose == "news:NEWS-2");
        Assert.Equal([risk.Ref], (await Get(company, "NEWS-2")).Changed.Select(c => c.Ref));
        var thread = await company.Run<ThreadProcess, OneThread, ThreadView>(
            p => p.Get,
            new OneThread { Ref = risk.Ref }
        );
        Assert.Contains(thread.Links, l => l is { Type: "learned-from", Outgoing: true, Ref: "NEWS-2" });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task News_that_somebody_read_asks_for_a_look_at_documents_and_the_shipped_catalogue_is_compared_silently_at_first(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Run<DraftProcess, DecideDrafts, Tally>(
            p => p.Adopt,
            new DecideDrafts { Refs = await Proposed(company, "documents") }
        );
        Assert.True(
            (await company.Run<ThreatNewsProcess, Nothing, ThreatComparison>(p => p.KeepCurrent, new Nothing())).First
        );
        Assert.Equal(
            (false, 0),
            (
                (await company.Run<ThreatNewsProcess, Nothing, ThreatComparison>(p => p.KeepCurrent, new Nothing()))
                    is var again
                    ? again.First
                    : true,
                again.News
            )
        );
        var told = new TellNews
        {
            Title = "A loader runs code from model files",
            Origin = "Advisory 2026-17",
            Summary = "A crafted file runs code when it is loaded.",
            Threats = ["supply-chain-model"],
        };
        Assert.Equal(
            "threats",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Run<ThreatNewsProcess, TellNews, Done>(p => p.Create, told with { Threats = ["no-such"] })
                )
            )
                .Errors[0]
                .Field
        );
        await company.Run<ThreatNewsProcess, TellNews, Done>(p => p.Create, told);
        var document = (await Get(company, "NEWS-1")).Documents[0].Ref;
        await Assert.ThrowsAsync<InputInvalid>(() => Decide(company, "NEWS-1", NewsDecision.Reassess));
        Assert.Equal(1, (await Decide(company, "NEWS-1", NewsDecision.Review, documents: [document])).Count);
        Assert.Contains(
            await NonconformityTests.Tasks(company),
            t => t.Purpose == "news:NEWS-1" && t.SubjectRef == document
        );
    }

    [Theory]
    [InlineData("id: SOMETHING\nversion: 1\n", "no matrix")]
    [InlineData("id: ATLAS\nmatrices: []\n", "no version")]
    [InlineData("id: ATLAS\nversion: 1\nmatrices: []\n", "no technique")]
    [InlineData("id: ATLAS\nversion: 1\nmatrices:\n- techniques:\n  - id: T1059\n", "not the id of a technique")]
    [InlineData("id: ATLAS\nversion: 1\nmatrices:\n- techniques:\n  - id: AML.T0001\n  - id: AML.T0001\n", "twice")]
    [InlineData("{\"version\": [", "Line")]
    [InlineData("", "no matrix")]
    [InlineData("just words", "Line")]
    public void A_wrong_file_is_refused_with_what_is_wrong(string text, string says)
    {
        var refused = Assert.Throws<InputInvalid>(() => Read(text));
        Assert.Equal("file", refused.Errors[0].Field);
        Assert.Contains(says, refused.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_breaks_and_key_order_change_no_digest_and_JSON_is_read_alike()
    {
        var json =
            """{"matrices":[{"techniques":[{"description":"Records are\n altered before training.","name":"Poison Training Data","id":"AML.T0020"}]}],"version":"1.0.0","id":"ATLAS"}""";
        Assert.Equal(Read(First).Techniques[0].Digest, Read(json).Techniques[0].Digest);
        Assert.NotEqual(Read(First).Techniques[0].Digest, Read(Second).Techniques[0].Digest);
    }

    [Fact]
    public void The_published_release_is_read()
    {
        var release = AtlasReader.Read(
            new GivenFile { Name = "ATLAS.yaml", Content = File.ReadAllBytes(Corpus.Of("ai-threats/ATLAS.yaml")) }
        );
        Assert.Equal(("5.6.0", 170), (release.Version, release.Techniques.Count));
        Assert.Equal("AML.T0010", release.Techniques.Single(t => t.Id == "AML.T0010.002").Whole);
    }

    [Fact]
    public void No_bytes_whatever_do_anything_but_be_read_or_refused() =>
        Prop.ForAll<byte[]>(ReadsOrRefuses).QuickCheckThrowOnFailure();

    [Fact]
    public void No_truncated_or_damaged_release_does_anything_but_be_read_or_refused() =>
        Prop.ForAll(
                Gen.Choose(0, Second.Length - 1).Zip(Gen.Choose(9, 126)).ToArbitrary(),
                at =>
                {
                    var damaged = Encoding.UTF8.GetBytes(Second);
                    damaged[at.Item1] = (byte)at.Item2;
                    ReadsOrRefuses(damaged);
                    ReadsOrRefuses(damaged[..at.Item1]);
                }
            )
            .QuickCheckThrowOnFailure();

    internal static Task<Done> Assess(Company company, string risk, string? because) =>
        company.Run<RiskRegister, AssessRisk, Done>(
            p => p.Assess,
            new AssessRisk
            {
                Ref = risk,
                InherentLikelihood = 4,
                InherentImpact = 4,
                CurrentLikelihood = 3,
                CurrentImpact = 4,
                Rationale = "Looked at again after what we learned.",
                BecauseOf = because,
            }
        );

    private static void ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            Assert.NotEmpty(AtlasReader.Read(new GivenFile { Name = "ATLAS.yaml", Content = bytes }).Techniques);
        }
        catch (InputInvalid)
        {
            // Refused with what is wrong.
        }
    }

    private static AtlasRelease Read(string text) =>
        AtlasReader.Read(new GivenFile { Name = "ATLAS.yaml", Content = Encoding.UTF8.GetBytes(text) });

    private static async Task<List<string>> Proposed(Company company, string of) =>
        [
            .. (
                await company.Run<DraftProcess, ListDrafts, DraftList>(p => p.List, new ListDrafts { Of = of })
            ).Items.Select(i => i.Ref),
        ];

    private static Task<ThreatComparison> Import(Company company, string text) =>
        company.Run<ThreatNewsProcess, ImportAtlas, ThreatComparison>(
            p => p.ImportAtlas,
            new ImportAtlas
            {
                File = new GivenFile { Name = "ATLAS.yaml", Content = Encoding.UTF8.GetBytes(text) },
            }
        );

    private static Task<NewsView> Get(Company company, string news) =>
        company.Run<ThreatNewsProcess, OneRecord, NewsView>(p => p.Get, new OneRecord { Ref = news });

    private static Task<Tally> Decide(
        Company company,
        string news,
        NewsDecision decision,
        string? reason = null,
        List<string>? risks = null,
        List<string>? documents = null
    ) =>
        company.Run<ThreatNewsProcess, DecideNews, Tally>(
            p => p.Decide,
            new DecideNews
            {
                Ref = news,
                Decision = decision,
                Reason = reason,
                Risks = risks ?? [],
                Documents = documents ?? [],
            }
        );
}
