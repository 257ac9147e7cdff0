using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;

namespace Moat.Collectors.GitHub;

/// <summary>
/// How the default branch is protected. Classic protection and rulesets protect alike, and of several rules the
/// strictest holds: what one of them asks for is known from that one, but that nothing asks for it is known only when
/// both can be read.
/// </summary>
internal sealed class BranchProtection(GitHubApi api, string repository, string branch, JsonObject fact)
{
    private const int MostRulesets = 50;

    /// <summary>Writes the protection into the fact.</summary>
    public async Task Read(CancellationToken ct)
    {
        var name = Uri.EscapeDataString(branch);
        var about = await api.Get($"{repository}/branches/{name}", ct);
        var classic = await api.Get($"{repository}/branches/{name}/protection", ct);
        var (rules, last) = await api.All($"{repository}/rules/branches/{name}?per_page=100", ct);
        var told = classic.Ok ? classic.Json.Object() : null;
        var flag = about.Json.At("protected").Flag();
        // 404 says that a branch has no protection as well as that the token may not read it; only the former says so
        // in words.
        var isClassicKnown =
            told is not null
            || flag == false
            || (
                classic.Status == HttpStatusCode.NotFound && classic.Json.At("message").Text() == "Branch not protected"
            );
        var isKnown = isClassicKnown && last.Ok;
        var isProtected = told is not null || rules.Count > 0 || flag == true;
        if (!isProtected && !isKnown)
        {
            fact.Unknown(
                "protection",
                RepositoryReading.Why(classic, "neither the branch's protection nor its rules can be read")
            );
            return;
        }
        var pulls = rules.Where(r => Is(r, "pull_request")).Select(r => r["parameters"].Object()).ToList();
        var reviews = told?["required_pull_request_reviews"].Object();
        bool? Known(bool found) =>
            found ? true
            : isKnown ? false
            : null;
        bool? Asked(bool? classically, string rule) =>
            Known(classically == true || pulls.Any(p => p?[rule].Flag() == true));
        var approvals = pulls.Append(reviews).Select(p => p?["required_approving_review_count"].Number()).Max() ?? 0;
        fact["protection"] = new JsonObject
        {
            ["enabled"] = isProtected,
            ["requiredReviews"] = approvals > 0 || isKnown ? approvals : null,
            ["dismissStale"] = Asked(reviews?["dismiss_stale_reviews"].Flag(), "dismiss_stale_reviews_on_push"),
            ["codeOwnerReview"] = Asked(reviews?["require_code_owner_reviews"].Flag(), "require_code_owner_review"),
            ["statusChecks"] = Known(
                told?["required_status_checks"] is JsonObject || Has(rules, "required_status_checks")
            ),
            ["signedCommits"] = Known(
                told.At("required_signatures").At("enabled").Flag() == true || Has(rules, "required_signatures")
            ),
            ["administrators"] = told.At("enforce_admins").At("enabled").Flag(),
            ["forcePush"] =
                BlocksForcePush(told) || Has(rules, "non_fast_forward") ? false
                : isKnown ? true
                : null,
            ["rulesets"] = last.Ok ? Rulesets(rules).Count : null,
        };
        const string noRules = "the rules of the branch cannot be read";
        if (!isClassicKnown)
            fact.Doubt(
                "protection",
                RepositoryReading.Why(classic, "the token may not read the classic protection of the branch")
            );
        else if (!last.Ok)
            fact.Doubt("protection", RepositoryReading.Why(last, noRules));
        if (last.Ok)
            await Bypass(Rulesets(rules), ct);
        else
            fact.Unknown("bypass", RepositoryReading.Why(last, noRules));
    }

    /// <summary>
    /// Who need not follow the rulesets, as kind, number and when. GitHub tells it only to a token that may change the
    /// ruleset; otherwise nobody knows.
    /// </summary>
    private async Task Bypass(IReadOnlyList<string> rulesets, CancellationToken ct)
    {
        if (rulesets.Count == 0)
            return;
        var actors = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in rulesets.Take(MostRulesets))
        {
            var answer = await api.Get($"{repository}/rulesets/{Uri.EscapeDataString(id)}", ct);
            if (!answer.Ok || answer.Json.At("bypass_actors") is not JsonArray told)
            {
                fact.Unknown(
                    "bypass",
                    RepositoryReading.Why(answer, $"the token may not read who can bypass ruleset {id}")
                );
                return;
            }
            foreach (var actor in told.Objects())
            {
                var said =
                    $"{actor["actor_type"].Text()} {actor["actor_id"]} ({actor["bypass_mode"].Text() ?? "always"})";
                actors.Add(said.Replace("  ", " ", StringComparison.Ordinal));
            }
        }
        if (rulesets.Count > MostRulesets)
            fact.Unknown("bypass", $"the branch has more than {MostRulesets} rulesets");
        else
            fact["bypass"] = Lenient.List(actors);
    }

    /// <summary>Classic protection keeps history as it is unless it says that pushes may overwrite it.</summary>
    private static bool BlocksForcePush(JsonObject? classic) =>
        classic is not null && classic["allow_force_pushes"].At("enabled").Flag() != true;

    private static IReadOnlyList<string> Rulesets(IEnumerable<JsonObject> rules) =>
        [.. rules.Select(r => r["ruleset_id"]?.ToString()).OfType<string>().Distinct()];

    private static bool Has(IEnumerable<JsonObject> rules, string type) => rules.Any(r => Is(r, type));

    private static bool Is(JsonObject rule, string type) => rule["type"].Text() == type;
}
