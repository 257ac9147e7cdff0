using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;

namespace Moat.Collectors.GitHub;

/// <summary>
/// What classic protection and rulesets together ask of a change to a branch. They protect alike, and of several rules
/// the strictest holds: what one of them asks for is known from that one, but that nothing asks for it is known only
/// when both can be read.
/// </summary>
internal sealed class AskedOfBranch
{
    private readonly JsonObject? _classic;
    private readonly IReadOnlyList<JsonObject> _rules;
    private readonly bool _areRulesKnown;

    public AskedOfBranch(bool? flag, SourceAnswer classic, IReadOnlyList<JsonObject> rules, bool areRulesKnown)
    {
        _classic = classic.Ok ? classic.Json.Object() : null;
        _rules = rules;
        _areRulesKnown = areRulesKnown;
        IsProtected = _classic is not null || rules.Count > 0 || flag == true;
        // 404 says that a branch has no protection as well as that the token may not read it; only the former says so
        // in words.
        IsClassicKnown =
            _classic is not null
            || flag == false
            || (
                classic.Status == HttpStatusCode.NotFound && classic.Json.At("message").Text() == "Branch not protected"
            );
    }

    /// <summary>Whether anything protects it.</summary>
    public bool IsProtected { get; }

    /// <summary>Whether classic protection could be read, or is known not to be there.</summary>
    public bool IsClassicKnown { get; }

    /// <summary>Whether both kinds are known, so that what none of them asks for is not asked for.</summary>
    public bool IsKnown => IsClassicKnown && _areRulesKnown;

    /// <summary>The rulesets that the rules stand in.</summary>
    public IReadOnlyList<string> Rulesets =>
        [.. _rules.Select(r => r["ruleset_id"]?.ToString()).OfType<string>().Distinct()];

    /// <summary>The strictest of all, as the fact tells it; null where nobody knows.</summary>
    public JsonObject Strictest()
    {
        var pulls = _rules.Where(r => Is(r, "pull_request")).Select(r => r["parameters"].Object()).ToList();
        var reviews = _classic?["required_pull_request_reviews"].Object();
        bool? Asked(bool? classically, string rule) =>
            Known(classically == true || pulls.Any(p => p?[rule].Flag() == true));
        var approvals = pulls.Append(reviews).Select(p => p?["required_approving_review_count"].Number()).Max() ?? 0;
        return new JsonObject
        {
            ["enabled"] = IsProtected,
            ["requiredReviews"] = approvals > 0 || IsKnown ? approvals : null,
            ["dismissStale"] = Asked(reviews?["dismiss_stale_reviews"].Flag(), "dismiss_stale_reviews_on_push"),
            ["codeOwnerReview"] = Asked(reviews?["require_code_owner_reviews"].Flag(), "require_code_owner_review"),
            ["statusChecks"] = Known(
                _classic?["required_status_checks"] is JsonObject || Has("required_status_checks")
            ),
            ["signedCommits"] = Known(
                _classic.At("required_signatures").At("enabled").Flag() == true || Has("required_signatures")
            ),
            ["administrators"] = _classic.At("enforce_admins").At("enabled").Flag(),
            ["forcePush"] =
                KeepsHistory || Has("non_fast_forward") ? false
                : IsKnown ? true
                : null,
            ["rulesets"] = _areRulesKnown ? Rulesets.Count : null,
        };
    }

    /// <summary>Classic protection keeps history as it is unless it says that pushes may overwrite it.</summary>
    private bool KeepsHistory => _classic is not null && _classic["allow_force_pushes"].At("enabled").Flag() != true;

    private bool? Known(bool found) =>
        found ? true
        : IsKnown ? false
        : null;

    private bool Has(string type) => _rules.Any(r => Is(r, type));

    private static bool Is(JsonObject rule, string type) => rule["type"].Text() == type;
}
