using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.GitHub;

/// <summary>
/// Reads one repository. GitHub answers 404 both for what is not there and for what a token may not see, and 403 or 404
/// for a feature that is off: a value is only told when the answer leaves no other reading, and is unknown with its
/// reason otherwise.
/// </summary>
internal sealed class RepositoryReading(GitHubApi api, JsonObject repository, TimeProvider clock)
{
    private const int RunsLookedAt = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);
    private static readonly string[] Permissions = ["admin", "maintain", "push", "triage", "pull"];
    private readonly string _name = repository["full_name"].Text() ?? "";
    private readonly string _branch = repository["default_branch"].Text() ?? "main";
    private readonly JsonObject _fact = [];

    private string At => $"repos/{_name}";

    public async Task<CollectedFact> Read(CancellationToken ct)
    {
        _fact["name"] = _name;
        _fact["url"] = repository["html_url"].Text();
        _fact["visibility"] =
            repository["visibility"].Text()
            ?? (
                repository["private"].Flag() is { } hidden
                    ? hidden
                        ? "private"
                        : "public"
                    : null
            );
        _fact["archived"] = repository["archived"].Flag();
        _fact["fork"] = repository["fork"].Flag();
        _fact["defaultBranch"] = _branch;
        await new BranchProtection(api, At, _branch, _fact).Read(ct);
        await CodeOwners(ct);
        await Collaborators(ct);
        await Teams(ct);
        await Alerts(
            "secretScanning",
            "secret-scanning/alerts",
            a => a["secret_type_display_name"].Text() is null ? null : "critical",
            ct
        );
        await Alerts(
            "dependabot",
            "dependabot/alerts",
            a => a["security_vulnerability"].At("severity").Text() ?? a["security_advisory"].At("severity").Text(),
            ct
        );
        await Alerts(
            "codeScanning",
            "code-scanning/alerts",
            a => a["rule"].At("security_severity_level").Text() ?? a["rule"].At("severity").Text(),
            ct
        );
        await Actions(ct);
        return new CollectedFact("github.repository", repository["id"]?.ToString() ?? _name, _name, _fact);
    }

    private async Task CodeOwners(CancellationToken ct)
    {
        var problems = await api.Get($"{At}/codeowners/errors", ct);
        if (problems.Ok)
            (_fact["codeOwners"], _fact["codeOwnerErrors"]) = (
                true,
                (problems.Json.At("errors") as JsonArray)?.Count ?? 0
            );
        else if (problems.Status == HttpStatusCode.NotFound)
            await CodeOwnersByFile(ct);
        else
            _fact.Unknown("codeOwners", Why(problems, "the file cannot be read"));
    }

    /// <summary>
    /// That 404 means no file as well as no right to read it: the files of the branch tell the two apart.
    /// </summary>
    private async Task CodeOwnersByFile(CancellationToken ct)
    {
        var root = await api.Get($"{At}/git/trees/{Uri.EscapeDataString(_branch)}", ct);
        if (root.Ok)
            _fact["codeOwners"] = false;
        else
            _fact.Unknown("codeOwners", Why(root, "the token may not read contents"));
    }

    private async Task Collaborators(CancellationToken ct)
    {
        var (people, last) = await api.All($"{At}/collaborators?per_page=100", ct);
        if (!last.Ok)
        {
            _fact.Unknown("principals", Why(last, "the token may not read collaborators"));
            _fact.Unknown("admins", Why(last, "the token may not read collaborators"));
            return;
        }
        var (outside, outsideLast) = await api.All($"{At}/collaborators?affiliation=outside&per_page=100", ct);
        _fact["principals"] = new JsonArray([
            .. people.Select(p =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = p["login"].Text(),
                        ["permission"] = p["role_name"].Text() ?? Strongest(p["permissions"].Object()),
                    }
            ),
        ]);
        _fact["admins"] = people.Count(p => (p["role_name"].Text() ?? Strongest(p["permissions"].Object())) == "admin");
        if (outsideLast.Ok)
            _fact["outsiders"] = outside.Count;
        else
            _fact.Unknown("outsiders", Why(outsideLast, "outside collaborators cannot be told apart"));
    }

    /// <summary>
    /// Teams and what each may do. Who is in them is among the collaborators already, so a review meets nobody twice.
    /// </summary>
    private async Task Teams(CancellationToken ct)
    {
        var (teams, last) = await api.All($"{At}/teams?per_page=100", ct);
        if (last.Ok)
            _fact["teams"] = new JsonArray([
                .. teams
                    .OrderBy(t => t["slug"].Text(), StringComparer.Ordinal)
                    .Select(t =>
                        (JsonNode)new JsonObject { ["id"] = t["slug"].Text(), ["permission"] = t["permission"].Text() }
                    ),
            ]);
        else
            _fact.Unknown("teams", Why(last, "the token may not read teams"));
    }

    private static string Strongest(JsonObject? permissions) =>
        Permissions.FirstOrDefault(p => permissions?[p].Flag() == true) ?? "none";

    /// <summary>A feature that is off has no alerts to show; that is unknown, never "no alerts".</summary>
    private async Task Alerts(string name, string path, Func<JsonObject, string?> severity, CancellationToken ct)
    {
        var (alerts, last) = await api.All($"{At}/{path}?state=open&per_page=100", ct);
        if (!last.Ok)
        {
            _fact.Unknown(name, Why(last, "the feature is off or the token may not read it"));
            return;
        }
        var open = alerts.Where(a => a["state"].Text() is null or "open").ToList();
        bool IsSevere(JsonObject alert) => severity(alert) is "critical" or "high" or "error";
        _fact[name] = new JsonObject
        {
            ["open"] = open.Count,
            ["severe"] = open.Count(IsSevere),
            // A date and a count that changes when an alert grows old, not an age: that would make a new fact of the
            // same alert every day.
            ["oldestAt"] = open.Min(Opened)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["severeOver30Days"] = open.Count(a => IsSevere(a) && clock.GetUtcNow().UtcDateTime - Opened(a) > Patience),
        };
    }

    private static DateTime? Opened(JsonObject alert) =>
        DateTime.TryParse(
            alert["created_at"].Text(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    private async Task Actions(CancellationToken ct)
    {
        var permissions = await api.Get($"{At}/actions/permissions", ct);
        if (!permissions.Ok)
        {
            _fact.Unknown("actions", Why(permissions, "the token may not read the settings of Actions"));
            return;
        }
        var workflow = await api.Get($"{At}/actions/permissions/workflow", ct);
        var runs = await api.Get(
            $"{At}/actions/runs?branch={Uri.EscapeDataString(_branch)}&status=completed&per_page={RunsLookedAt}",
            ct
        );
        var finished = runs.Json.At("workflow_runs").Objects().ToList();
        _fact["actions"] = new JsonObject
        {
            ["enabled"] = permissions.Json.At("enabled").Flag(),
            ["allowed"] = permissions.Json.At("allowed_actions").Text(),
            ["tokenPermission"] = workflow.Ok ? workflow.Json.At("default_workflow_permissions").Text() : null,
            ["runs"] = runs.Ok ? finished.Count : null,
            ["failedRuns"] = runs.Ok ? finished.Count(r => r["conclusion"].Text() is "failure" or "timed_out") : null,
        };
    }

    internal static string Why(SourceAnswer answer, string otherwise) =>
        $"{otherwise} (GitHub answers {answer.Says}{(answer.Json.At("message").Text() is { } message ? $": {message}" : "")})";
}
