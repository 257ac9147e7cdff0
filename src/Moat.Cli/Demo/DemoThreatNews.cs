using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>What is news about threats, and what is assessed again because of it.</summary>
internal sealed partial class DemoStory
{
    private const string AtlasBefore = """
        id: ATLAS
        version: 5.5.0
        matrices:
        - id: ATLAS
          techniques:
          - { id: AML.T0020, name: Poison Training Data, description: Records that a model learns from are altered so that it learns what somebody chose. }
          - { id: AML.T0024, name: Exfiltration via AI Inference API, description: Answers of an interface are collected until they tell what the model was trained on. }
        """;

    private const string AtlasAfter = """
        id: ATLAS
        version: 5.6.0
        matrices:
        - id: ATLAS
          techniques:
          - { id: AML.T0020, name: Poison Training Data, description: "Records or labels are altered so that a model learns what somebody chose; a few hundred of them suffice, also in large sets." }
          - { id: AML.T0024, name: Exfiltration via AI Inference API, description: Answers of an interface are collected until they tell what the model was trained on. }
        """;

    private async Task ImportAtlas(string release, CancellationToken ct) =>
        await cast.Do(
            "jonas",
            "threat-news.import-atlas",
            new JsonObject
            {
                ["file"] = new JsonObject
                {
                    ["name"] = "ATLAS.yaml",
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(release)),
                },
            },
            ct
        );

    private async Task DecideAboutNews(CancellationToken ct)
    {
        var news = ((Page<NewsRow>)await cast.Do("jonas", "threat-news.list", new { limit = 1 }, ct)).Items[0];
        var view = (NewsView)await cast.Do("jonas", "threat-news.get", new { @ref = news.Ref }, ct);
        await cast.Do(
            "jonas",
            "threat-news.decide",
            new
            {
                @ref = news.Ref,
                decision = "reassess",
                risks = view.Risks.Take(1).Select(r => r.Ref).ToArray(),
                reason = "A few hundred records suffice: our sampling would not see them in the feedback stream.",
            },
            ct
        );
        await On(384, ct: ct);
        await Assess(view.Risks[0].Ref, "dana", ct, because: news.Ref);
    }
}
