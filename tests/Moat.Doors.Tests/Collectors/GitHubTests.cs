using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Moat.Collectors.GitHub;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// GitHub: 404 that means two things, features that are off, rulesets beside classic protection, pages, tags and rate
/// limits.
/// </summary>
public sealed class GitHubTests
{
    private const string Organization =
        """{"login":"acme","id":1,"two_factor_requirement_enabled":true,"default_repository_permission":"read","members_can_create_public_repositories":false}""";
    private const string Repository =
        """{"id":7,"full_name":"acme/training","html_url":"https://github.test/acme/training","private":true,"visibility":"private","archived":false,"fork":false,"default_branch":"main"}""";

    [Fact]
    public async Task A_branch_is_open_only_when_both_kinds_of_protection_say_so()
    {
        Assert.Equal(
            ("Failing", false),
            await Protected(branch: """{"protected":false}""", classic: null, rules: "[]")
        );
        Assert.Equal(
            ("Passing", true),
            await Protected(
                """{"protected":true}""",
                """{"required_pull_request_reviews":{"required_approving_review_count":2,"require_code_owner_reviews":true},"allow_force_pushes":{"enabled":false}}""",
                "[]"
            )
        );
        Assert.Equal(
            ("Passing", true),
            await Protected(
                """{"protected":true}""",
                null,
                """[{"type":"pull_request","ruleset_id":4,"parameters":{"required_approving_review_count":1}},{"type":"non_fast_forward","ruleset_id":4}]"""
            )
        );
        Assert.Equal(("Unknown", null), await Protected(null, null, null));
    }

    [Fact]
    public async Task A_branch_that_is_protected_in_a_way_that_the_token_may_not_read_passes_that_and_nothing_else()
    {
        var fact = await RepositoryFact(s =>
            s.On("/repos/acme/training/branches/main", """{"protected":true}""")
                .On("/repos/acme/training/rules/branches/main", "[]")
        );
        Assert.Equal(CheckOutcome.Passing, Outcome("github-branch-protected", fact));
        Assert.Equal(CheckOutcome.Unknown, Outcome("github-review-required", fact));
        Assert.Equal(CheckOutcome.Unknown, Outcome("github-no-force-push", fact));
    }

    [Theory]
    // Classic protection that may not be read: what a ruleset asks for is known, that nothing asks for more is not.
    [InlineData(
        true,
        403,
        """[{"type":"deletion","ruleset_id":1},{"type":"non_fast_forward","ruleset_id":1}]""",
        CheckOutcome.Unknown,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown,
        CheckOutcome.Passing
    )]
    [InlineData(
        true,
        403,
        """[{"type":"pull_request","parameters":{"required_approving_review_count":1}}]""",
        CheckOutcome.Passing,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown
    )]
    // A ruleset that only forbids to delete the branch lets history be overwritten.
    [InlineData(
        false,
        404,
        """[{"type":"deletion"}]""",
        CheckOutcome.Failing,
        CheckOutcome.Failing,
        CheckOutcome.Failing,
        CheckOutcome.Failing
    )]
    // Of several rules the strictest holds.
    [InlineData(
        false,
        404,
        """[{"type":"pull_request","parameters":{"required_approving_review_count":0}},{"type":"pull_request","parameters":{"required_approving_review_count":2,"require_code_owner_review":true}}]""",
        CheckOutcome.Passing,
        CheckOutcome.Passing,
        CheckOutcome.Failing,
        CheckOutcome.Failing
    )]
    [InlineData(
        false,
        404,
        """[{"type":"required_signatures"},{"type":"non_fast_forward"}]""",
        CheckOutcome.Failing,
        CheckOutcome.Failing,
        CheckOutcome.Passing,
        CheckOutcome.Passing
    )]
    // The rules may not be read.
    [InlineData(
        false,
        404,
        null,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown,
        CheckOutcome.Unknown
    )]
    public async Task Rulesets_and_classic_protection_are_read_together(
        bool isProtected,
        int classic,
        string? rules,
        CheckOutcome reviews,
        CheckOutcome owners,
        CheckOutcome signed,
        CheckOutcome history
    )
    {
        var fact = await RepositoryFact(s =>
        {
            s.On("/repos/acme/training/branches/main", $$"""{"protected":{{(isProtected ? "true" : "false")}}}""")
                .On("/repos/acme/training/branches/main/protection", """{"message":"no"}""", classic)
                .On("/repos/acme/training/codeowners/errors", """{"errors":[]}""");
            if (rules is not null)
                s.On("/repos/acme/training/rules/branches/main", rules);
        });
        Assert.Equal(
            [reviews, owners, signed, history],
            new[]
            {
                "github-review-required",
                "github-code-owners-review",
                "github-signed-commits",
                "github-no-force-push",
            }.Select(c => Outcome(c, fact))
        );
    }

    [Fact]
    public async Task A_part_of_the_protection_that_cannot_be_read_says_why()
    {
        var fact = await RepositoryFact(s =>
            s.On("/repos/acme/training/branches/main", """{"protected":true}""")
                .On("/repos/acme/training/branches/main/protection", """{"message":"Resource not accessible"}""", 403)
                .On("/repos/acme/training/rules/branches/main", """[{"type":"deletion"}]""")
        );
        Assert.Contains(
            "Resource not accessible",
            KnowledgeBase
                .Shipped.CheckById["github-review-required"]
                .Rule.Evaluate(new FactContent(fact.ToJsonString()))
                .Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_may_bypass_a_ruleset_is_named_or_unknown()
    {
        const string Rules = """[{"type":"non_fast_forward","ruleset_id":4},{"type":"deletion","ruleset_id":5}]""";
        const string Actors =
            """{"bypass_actors":[{"actor_id":234,"actor_type":"Team","bypass_mode":"always"},{"actor_id":null,"actor_type":"DeployKey"}]}""";
        var told = await RepositoryFact(s =>
            s.On("/repos/acme/training/rules/branches/main", Rules)
                .On("/repos/acme/training/rulesets/4", Actors)
                .On("/repos/acme/training/rulesets/5", """{"bypass_actors":[]}""")
        );
        Assert.Equal("""["DeployKey (always)","Team 234 (always)"]""", told["bypass"]!.ToJsonString());
        var hidden = await RepositoryFact(s =>
            s.On("/repos/acme/training/rules/branches/main", Rules)
                .On("/repos/acme/training/rulesets/4", Actors)
                .On("/repos/acme/training/rulesets/5", """{"id":5}""")
        );
        Assert.Null(hidden["bypass"]);
        Assert.Contains("ruleset 5", (string)hidden["unknown"]!["bypass"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_that_is_off_is_unknown_and_an_empty_list_is_good()
    {
        var off = await RepositoryFact(s =>
            s.On(
                "/repos/acme/training/secret-scanning/alerts",
                """{"message":"Secret scanning is disabled on this repository."}""",
                404
            )
        );
        Assert.Equal(CheckOutcome.Unknown, Outcome("github-secret-scanning", off));
        Assert.Contains("disabled", (string)off["unknown"]!["secretScanning"]!, StringComparison.Ordinal);
        var on = await RepositoryFact(s => s.On("/repos/acme/training/secret-scanning/alerts", "[]"));
        Assert.Equal(CheckOutcome.Passing, Outcome("github-secret-scanning", on));
        var open = await RepositoryFact(s =>
            s.On(
                "/repos/acme/training/secret-scanning/alerts",
                """[{"state":"open","created_at":"2026-01-01T00:00:00Z"},{"state":"resolved"}]"""
            )
        );
        Assert.Equal(
            (CheckOutcome.Failing, 1),
            (Outcome("github-secret-scanning", open), (int)open["secretScanning"]!["open"]!)
        );
    }

    [Fact]
    public async Task A_file_of_code_owners_that_is_not_there_is_told_apart_from_one_that_may_not_be_read()
    {
        Assert.False(
            (bool)
                (await RepositoryFact(s => s.On("/repos/acme/training/git/trees/main", """{"tree":[]}""")))[
                    "codeOwners"
                ]!
        );
        Assert.Null((await RepositoryFact(_ => { }))["codeOwners"]);
        Assert.Equal(
            2,
            (int)
                (await RepositoryFact(s => s.On("/repos/acme/training/codeowners/errors", """{"errors":[{},{}]}""")))[
                    "codeOwnerErrors"
                ]!
        );
    }

    [Fact]
    public async Task Pages_are_followed_and_tags_spare_what_did_not_change()
    {
        await using var source = await Source();
        source
            .On(
                r => r.Path == "/orgs/acme/repos" && !r.Query.ContainsKey("page"),
                $"[{Repository}]",
                200,
                (
                    "Link",
                    $"<{source.Url}/orgs/acme/repos?page=2>; rel=\"next\", <{source.Url}/orgs/acme/repos?page=2>; rel=\"last\""
                )
            )
            .On(
                r => r.Path == "/orgs/acme/repos",
                $"[{Repository.Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal)}]"
            )
            .On(r => r.Path == "/repos/acme/training/collaborators" && r.Headers.IfNoneMatch == "\"v1\"", "", 304)
            .On(
                "/repos/acme/training/collaborators",
                """[{"login":"dana","role_name":"admin"}]""",
                200,
                ("ETag", "\"v1\"")
            );
        var collector = new GitHubCollector(RecordedSource.Http(), TimeProvider.System);
        var first = await RecordedSource.Everything(collector, source.Access(settings: ("organization", "acme")));
        var second = await RecordedSource.Everything(collector, source.Access(settings: ("organization", "acme")));
        Assert.Equal(["1", "7", "8"], first.OfType<CollectedFact>().Select(f => f.ExternalId));
        Assert.Equal(
            first.OfType<CollectedFact>().Select(f => f.Content.ToJsonString()),
            second.OfType<CollectedFact>().Select(f => f.Content.ToJsonString())
        );
        Assert.Equal("dana", (string)second.OfType<CollectedFact>().Last().Content["principals"]![0]!["id"]!);
    }

    [Theory]
    [InlineData(401, "", "does not accept the token")]
    [InlineData(403, "0", "rate limit is used up until")]
    [InlineData(404, "", "answers 404")]
    public async Task What_keeps_the_collector_out_is_said(int status, string remaining, string says)
    {
        await using var source = await RecordedSource.Start();
        source.On(
            "/orgs/acme",
            """{"message":"no"}""",
            status,
            ("X-RateLimit-Remaining", remaining.Length > 0 ? remaining : "50"),
            ("X-RateLimit-Reset", "1790000000")
        );
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            RecordedSource.Everything(
                new GitHubCollector(RecordedSource.Http(), TimeProvider.System),
                source.Access(settings: ("organization", "acme"))
            )
        );
        Assert.Contains(says, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """[{"login":"max"}]""", "Failing")]
    [InlineData(200, "[]", "Passing")]
    [InlineData(403, "{}", "Unknown")]
    [InlineData(404, "{}", "Unknown")]
    [InlineData(422, "{}", "Unknown")]
    public async Task Who_has_no_second_factor_is_named_or_unknown(int status, string body, string outcome)
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/orgs/acme", Organization)
            .On("/orgs/acme/repos", "[]")
            .On(r => r.Path == "/orgs/acme/members" && r.Query["filter"] == "2fa_disabled", body, status)
            .On("/orgs/acme/members", """[{"login":"ada"},{"login":"max"}]""");
        var fact = (
            await RecordedSource.Everything(
                new GitHubCollector(RecordedSource.Http(), TimeProvider.System),
                source.Access(settings: ("organization", "acme"))
            )
        )
            .OfType<CollectedFact>()
            .Single()
            .Content;
        Assert.Equal(outcome, $"{Outcome("github-members-second-factor", fact)}");
        if (outcome == "Failing")
            Assert.Equal("""["max"]""", fact["withoutSecondFactorNames"]!.ToJsonString());
        if (outcome == "Unknown")
            Assert.Contains($"{status}", (string)fact["unknown"]!["withoutSecondFactor"]!, StringComparison.Ordinal);
        Assert.Equal(2, (int)fact["owners"]!);
    }

    [Fact]
    public async Task An_app_exchanges_its_key_for_a_token()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        await using var source = await RecordedSource.Start();
        string? jwt = null;
        source
            .On(
                r => r.Path == "/app/installations/42/access_tokens",
                http =>
                {
                    jwt = http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
                    return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                        http.Response,
                        """{"token":"ghs_x"}"""
                    );
                }
            )
            .On(r => r.Path == "/orgs/acme" && r.Headers.Authorization == "Bearer ghs_x", Organization);
        var collector = new GitHubCollector(RecordedSource.Http(), TimeProvider.System);
        Assert.Contains(
            "acme",
            await collector.Test(
                source.Access(
                    rsa.ExportRSAPrivateKeyPem(),
                    ("organization", "acme"),
                    ("app", "9"),
                    ("installation", "42")
                ),
                CancellationToken.None
            ),
            StringComparison.Ordinal
        );
        var parts = jwt!.Split('.');
        Assert.True(
            rsa.VerifyData(
                System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
                System.Security.Cryptography.HashAlgorithmName.SHA256,
                System.Security.Cryptography.RSASignaturePadding.Pkcs1
            )
        );
        await Assert.ThrowsAsync<CollectorFailed>(() =>
            collector.Test(
                source.Access(
                    "-----BEGIN PRIVATE KEY-----\nx",
                    ("organization", "acme"),
                    ("app", "9"),
                    ("installation", "42")
                ),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Teams_are_told_with_what_each_may_do()
    {
        var fact = await RepositoryFact(s =>
            s.On(
                "/repos/acme/training/teams",
                """[{"slug":"research","permission":"push"},{"slug":"admins","permission":"admin"}]"""
            )
        );
        Assert.Equal(
            """[{"id":"admins","permission":"admin"},{"id":"research","permission":"push"}]""",
            fact["teams"]!.ToJsonString()
        );
        Assert.Contains(
            "may not read teams",
            (string)(await RepositoryFact(_ => { }))["unknown"]!["teams"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_alert_that_stays_open_changes_the_fact_once_when_it_grows_old_and_not_every_day()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var days = new List<string>();
        for (var day = 0; day < 33; day++)
        {
            days.Add(
                (
                    await RepositoryFact(
                        s =>
                            s.On(
                                "/repos/acme/training/dependabot/alerts",
                                """[{"state":"open","created_at":"2026-03-01T00:00:00Z","security_vulnerability":{"severity":"high"}}]"""
                            ),
                        clock
                    )
                ).ToJsonString()
            );
            clock.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(2, days.Distinct().Count());
        Assert.Equal(
            [CheckOutcome.Passing, CheckOutcome.Failing],
            new[] { days[0], days[^1] }.Select(f => Outcome("github-dependencies-fixed", JsonNode.Parse(f)!.AsObject()))
        );
        Assert.Contains("\"oldestAt\":\"2026-03-01\"", days[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "90", "{}", 90)]
    [InlineData("X-RateLimit-Remaining", "50", """{"message":"You have exceeded a secondary rate limit."}""", 60)]
    public async Task Too_much_at_once_is_busy_and_says_nothing_of_what_was_asked_for(
        string header,
        string value,
        string body,
        int seconds
    )
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            RepositoryFact(s => s.On("/repos/acme/training/secret-scanning/alerts", body, 403, (header, value)), clock)
        );
        Assert.Equal(clock.GetUtcNow().UtcDateTime.AddSeconds(seconds), failed.RetryAt);
    }

    [Fact]
    public async Task Who_says_to_come_back_in_an_hour_is_not_waited_for()
    {
        await using var source = await RecordedSource.Start();
        source.On("/orgs/acme", "{}", 429, ("Retry-After", "3600"));
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            new GitHubCollector(RecordedSource.Http(), TimeProvider.System).Test(
                source.Access(settings: ("organization", "acme")),
                CancellationToken.None
            )
        );
        Assert.True(failed.RetryAt > TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(58));
        Assert.Single(source.Requests);
    }

    private static async Task<(string Outcome, bool? Enabled)> Protected(string? branch, string? classic, string? rules)
    {
        var fact = await RepositoryFact(s =>
        {
            if (branch is not null)
                s.On("/repos/acme/training/branches/main", branch);
            if (classic is not null)
                s.On("/repos/acme/training/branches/main/protection", classic);
            else
                s.On("/repos/acme/training/branches/main/protection", """{"message":"Not Found"}""", 404);
            if (rules is not null)
                s.On("/repos/acme/training/rules/branches/main", rules);
        });
        return ($"{Outcome("github-branch-protected", fact)}", (bool?)fact["protection"]?["enabled"]);
    }

    private static CheckOutcome Outcome(string check, JsonObject fact) =>
        KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome;

    private static async Task<JsonObject> RepositoryFact(Action<RecordedSource> with, TimeProvider? clock = null)
    {
        await using var source = await Source();
        source.On("/orgs/acme/repos", $"[{Repository}]");
        with(source);
        var all = await RecordedSource.Everything(
            new GitHubCollector(RecordedSource.Http(), clock ?? TimeProvider.System),
            source.Access(settings: ("organization", "acme"))
        );
        Assert.Empty(all.OfType<NotRead>());
        return all.OfType<CollectedFact>().Single(f => f.Kind == "github.repository").Content;
    }

    private static async Task<RecordedSource> Source() =>
        (await RecordedSource.Start())
            .On("/orgs/acme", Organization)
            .On("/orgs/acme/members", """[{"login":"ada"},{"login":"max"}]""");
}
