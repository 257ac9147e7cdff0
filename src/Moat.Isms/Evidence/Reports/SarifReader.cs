using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS): results of code scanning. A run that says its tool failed is no clean result, and a file without runs says
/// nothing: both are told as such. Suppressed results were accepted by somebody and are counted apart; absent ones are gone.
/// </summary>
internal static class SarifReader
{
    private const int MostRules = 20;

    public static ReadReport? Read(JsonObject root)
    {
        if (root["version"].Text()?.StartsWith("2.1", StringComparison.Ordinal) != true || !root.ContainsKey("runs")) return null;
        if (root["runs"] is not JsonArray runs) throw ReportReader.Wrong("This SARIF log has no list of runs, so no scan is in it.");
        return new ReadReport($"SARIF {root["version"].Text()}", "sarif.scan", [new ReportedFact(Tool(runs), Fact(runs))]);
    }

    private static string? Tool(JsonArray runs) => runs.Objects().Select(r => r["tool"]?["driver"]?["name"].Text()).FirstOrDefault(n => n is not null);

    private static JsonObject Fact(JsonArray runs)
    {
        var results = runs.Objects().SelectMany(run => run["results"].Objects().Select(r => (Level: Level(run, r), Result: r)))
            .Where(r => r.Result["baselineState"].Text() != "absent" && r.Result["kind"].Text() is null or "fail").ToList();
        var open = results.Where(r => r.Result["suppressions"] is not JsonArray { Count: > 0 }).ToList();
        int Count(string level) => open.Count(r => r.Level == level);
        var fact = new JsonObject
        {
            ["tool"] = Tool(runs),
            ["runs"] = runs.Count,
            ["succeeded"] = Succeeded(runs),
            ["errors"] = runs.Count == 0 ? null : Count("error"),
            ["warnings"] = runs.Count == 0 ? null : Count("warning"),
            ["notes"] = runs.Count == 0 ? null : Count("note"),
            ["suppressed"] = results.Count - open.Count,
            ["rules"] = ReportReader.List(open.Select(r => r.Result["ruleId"].Text()).Order(StringComparer.Ordinal), MostRules),
        };
        if (runs.Count == 0) fact["unknown"] = new JsonObject { ["succeeded"] = "the log holds no run", ["errors"] = "the log holds no run", ["warnings"] = "the log holds no run" };
        return fact;
    }

    /// <summary>Whether every run of the tool worked; a run without invocations that has results or an empty list of them worked.</summary>
    private static bool? Succeeded(JsonArray runs) => runs.Count == 0 ? null : runs.Objects().All(run =>
        run["invocations"].Objects().All(i => i["executionSuccessful"] is not JsonValue told || (told.TryGetValue<bool>(out var worked) && worked)));

    private static string Level(JsonObject run, JsonObject result)
    {
        if (result["level"].Text() is { } level) return level;
        var id = result["ruleId"].Text();
        var rule = run["tool"]?["driver"]?["rules"].Objects().FirstOrDefault(r => r["id"].Text() == id);
        return rule?["defaultConfiguration"]?["level"].Text() ?? "warning";
    }
}
