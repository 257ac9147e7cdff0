using System.Text.Json.Nodes;
using Moat.Collectors.GitHub;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Every recorded answer of the corpus of GitHub's REST API, with what the facts say because of it. A file that nobody
/// listed here fails.
/// </summary>
public sealed class GitHubCorpusTests
{
    private const string Folder = "github-rest";
    private const string Repository = "/repos/octocat/Hello-World";

    /// <summary>
    /// Where a file is asked for, and what a fact says because of it: a member with its value. The organisation's
    /// members begin with "org:".
    /// </summary>
    private static readonly Dictionary<string, (string Path, string Member, string Json)> Told = new()
    {
        ["orgs__org.default-response.json"] = ("/orgs/acme", "org:twoFactorRequired", "true"),
        ["orgs__org__members.default.json"] = (
            "/orgs/github/members",
            "org:principals",
            """[{"id":"octocat","permission":"owner"}]"""
        ),
        ["orgs__org__repos.default.json"] = ("/orgs/acme/repos", "visibility", "\"public\""),
        ["repos__owner__repo__branches__branch.default.json"] = (
            $"{Repository}/branches/master",
            "defaultBranch",
            "\"master\""
        ),
        ["repos__owner__repo__rules__branches__branch.default.json"] = (
            $"{Repository}/rules/branches/master",
            "protection/rulesets",
            "2"
        ),
        ["repos__owner__repo__rulesets__ruleset_id.default.json"] = (
            $"{Repository}/rulesets/73",
            "bypass",
            "[\"Team 234 (always)\"]"
        ),
        ["repos__owner__repo__collaborators.default.json"] = (
            $"{Repository}/collaborators",
            "principals",
            """[{"id":"octocat","permission":"write"}]"""
        ),
        ["repos__owner__repo__code-scanning__alerts.default.json"] = (
            $"{Repository}/code-scanning/alerts",
            "codeScanning",
            """{"open":1,"severe":1,"oldestAt":"2020-02-13","severeOver30Days":1}"""
        ),
        ["repos__owner__repo__dependabot__alerts.default.json"] = (
            $"{Repository}/dependabot/alerts",
            "dependabot",
            """{"open":1,"severe":0,"oldestAt":"2022-06-14","severeOver30Days":0}"""
        ),
        ["repos__owner__repo__secret-scanning__alerts.default.json"] = (
            $"{Repository}/secret-scanning/alerts",
            "secretScanning",
            """{"open":0,"severe":0,"oldestAt":null,"severeOver30Days":0}"""
        ),
        ["repos__owner__repo__actions__permissions.default.json"] = (
            $"{Repository}/actions/permissions",
            "actions/allowed",
            "\"selected\""
        ),
        ["repos__owner__repo__actions__runs.default.json"] = ($"{Repository}/actions/runs", "actions/runs", "1"),
    };

    /// <summary>
    /// Protections of a branch: reviews, review by code owners, whether history may be overwritten, and whether it
    /// holds for administrators.
    /// </summary>
    private static readonly Dictionary<string, string> Protections = new()
    {
        ["repos__owner__repo__branches__branch__protection.default.json"] = "2 true true true",
        ["recorded-branch-protection-full.json"] = "2 true true true",
        ["recorded-branch-protection-minimal.json"] = "0 false false false",
    };

    /// <summary>What is never asked for. In place of every answer it is none, and no repository comes of it.</summary>
    private static readonly string[] NeverAsked =
    [
        "repos__owner__repo__dependency-graph__sbom.default.json",
        "repos__owner__repo__environments.default.json",
        "repos__owner__repo__pulls__pull_number__reviews.default.json",
        "repos__owner__repo__rulesets.default.json",
        // A repository comes from the list of its organisation, which tells the same.
        "repos__owner__repo.default-response.json",
    ];

    [Fact]
    public void Every_file_is_listed() =>
        Assert.Equal(
            Corpus.Files(Folder, "*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
            Told.Keys.Concat(Protections.Keys).Concat(NeverAsked).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Each_answer_is_told_in_a_fact()
    {
        foreach (var (protection, expected) in Protections)
        {
            var (organization, repository) = await Facts(protection);
            foreach (var (file, (_, member, json)) in Told)
            {
                var (fact, path) = member.StartsWith("org:", StringComparison.Ordinal)
                    ? (organization, member[4..])
                    : (repository, member);
                Assert.Equal(
                    (file, json),
                    (file, path.Split('/').Aggregate((JsonNode?)fact, (at, part) => at?[part])?.ToJsonString())
                );
            }
            var told = repository["protection"]!;
            Assert.Equal(
                (protection, expected),
                (
                    protection,
                    string.Join(
                        ' ',
                        new[] { "requiredReviews", "codeOwnerReview", "forcePush", "administrators" }.Select(m =>
                            told[m]?.ToJsonString()
                        )
                    )
                )
            );
            foreach (var check in KnowledgeBase.Shipped.Checks.Where(c => c.Resource == "github.repository"))
                check.Rule.Evaluate(new FactContent(repository.ToJsonString()));
        }
    }

    [Fact]
    public void A_repository_is_told_alike_alone_and_in_the_list_of_its_organisation()
    {
        var (alone, listed) = (
            JsonNode.Parse(Read("repos__owner__repo.default-response.json"))!,
            JsonNode.Parse(Read("orgs__org__repos.default.json"))![0]!
        );
        foreach (
            var member in new[]
            {
                "id",
                "full_name",
                "default_branch",
                "visibility",
                "private",
                "archived",
                "fork",
                "html_url",
            }
        )
            Assert.Equal(alone[member]?.ToJsonString(), (listed[member] ?? alone[member])?.ToJsonString());
    }

    [Fact]
    public async Task What_is_never_asked_for_makes_no_repository()
    {
        foreach (var file in NeverAsked)
        {
            await using var source = await RecordedSource.Start();
            source.On(_ => true, Read(file));
            await Assert.ThrowsAsync<CollectorFailed>(() =>
                RecordedSource.Everything(
                    new GitHubCollector(RecordedSource.Http(), TimeProvider.System),
                    source.Access(settings: ("organization", "acme"))
                )
            );
        }
    }

    private static async Task<(JsonObject Organization, JsonObject Repository)> Facts(string protection)
    {
        await using var source = await RecordedSource.Start();
        foreach (var (file, (path, _, _)) in Told)
            source.On(path, Read(file));
        source
            .On($"{Repository}/branches/master/protection", Read(protection))
            .On($"{Repository}/rulesets/42", """{"bypass_actors":[]}""");
        var facts = (
            await RecordedSource.Everything(
                new GitHubCollector(RecordedSource.Http(), TimeProvider.System),
                source.Access(settings: ("organization", "acme"))
            )
        )
            .OfType<CollectedFact>()
            .ToList();
        return (
            facts.Single(f => f.Kind == "github.organization").Content,
            facts.Single(f => f.Kind == "github.repository").Content
        );
    }

    private static string Read(string file) => File.ReadAllText(Corpus.Of($"{Folder}/{file}"));
}
