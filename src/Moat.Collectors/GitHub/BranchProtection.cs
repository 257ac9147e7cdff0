using System.Text.Json.Nodes;
using Moat.Collectors.Http;

namespace Moat.Collectors.GitHub;

/// <summary>
/// Reads how the default branch is protected and who need not follow it, and says what of that cannot be known.
/// </summary>
internal sealed class BranchProtection(GitHubApi api, string repository, string branch, JsonObject fact)
{
    private const int MostRulesets = 50;
    private const string NoRules = "the rules of the branch cannot be read";

    /// <summary>Writes the protection into the fact.</summary>
    public async Task Read(CancellationToken ct)
    {
        var name = Uri.EscapeDataString(branch);
        var about = await api.Get($"{repository}/branches/{name}", ct);
        var classic = await api.Get($"{repository}/branches/{name}/protection", ct);
        var (rules, last) = await api.All($"{repository}/rules/branches/{name}?per_page=100", ct);
        var asked = new AskedOfBranch(about.Json.At("protected").Flag(), classic, rules, last.Ok);
        if (!asked.IsProtected && !asked.IsKnown)
        {
            fact.Unknown(
                "protection",
                RepositoryReading.Why(classic, "neither the branch's protection nor its rules can be read")
            );
            return;
        }
        fact["protection"] = asked.Strictest();
        if (!asked.IsClassicKnown)
            fact.Doubt(
                "protection",
                RepositoryReading.Why(classic, "the token may not read the classic protection of the branch")
            );
        else if (!last.Ok)
            fact.Doubt("protection", RepositoryReading.Why(last, NoRules));
        if (last.Ok)
            await Bypass(asked.Rulesets, ct);
        else
            fact.Unknown("bypass", RepositoryReading.Why(last, NoRules));
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
}
