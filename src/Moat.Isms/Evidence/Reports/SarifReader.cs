using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS): results of code scanning. A run that says its tool failed or that has no list of results is no clean result,
/// and a file without runs says nothing: each is told as such. Suppressed results were accepted by somebody and are counted apart; absent ones are gone.
/// </summary>
internal static class SarifReader
{
    private const int MostRules = 20;

    public static ReadReport? Read(JsonObject root)
    {
        if (root["version"].Text()?.StartsWith("2.1", StringComparison.Ordinal) != true || !root.ContainsKey("runs")) return null;
        if (root["runs"] is not JsonArray runs) throw ReportReader.Wrong("This SARIF log has no list of runs, so no scan is in it.");
        return new ReadReport($"SARIF {root["version"].Text()}", "sarif.scan", [new ReportedFact(Tool(runs), Fact(runs))], ReportReader.Count(runs.Count, "scan"));
    }

    private static string? Tool(JsonArray runs) => runs.Objects().Select(r => r["tool"]?["driver"]?["name"].Text()).FirstOrDefault(n => n is not null);

    private static JsonObject Fact(JsonArray runs)
    {
        var results = runs.Objects().SelectMany(run => run["results"].Objects().Select(r => (Level: Level(run, r), Result: r)))
            .Where(r => r.Result["baselineState"].Text() != "absent" && r.Result["kind"].Text() is null or "fail").ToList();
        var open = results.Where(r => r.Result["suppressions"] is not JsonArray { Count: > 0 }).ToList();
        int Count(string level) => open.Count(r => r.Level == level);
        var (unsure, worked) = (Unsure(runs), Succeeded(runs));
        var fact = new JsonObject
        {
            ["tool"] = Tool(runs),
            ["runs"] = runs.Count,
            ["succeeded"] = worked,
            ["suppressed"] = results.Count - open.Count,
            ["rules"] = ReportReader.List(open.Select(r => r.Result["ruleId"].Text()).Order(StringComparer.Ordinal), MostRules),
        };
        var unknown = new JsonObject();
        if (worked is null) unknown["succeeded"] = unsure;
        foreach (var (level, name) in new[] { ("error", "errors"), ("warning", "warnings"), ("note", "notes") })
        {
            // What was found is known, also of a scan that broke off; that nothing was found is not.
            fact[name] = Count(level) is var found && found == 0 && unsure is not null ? null : found;
            if (fact[name] is null) unknown[name] = unsure;
        }
        if (unknown.Count > 0) fact["unknown"] = unknown;
        return fact;
    }

    /// <summary>Why no result is no good news; null when every run looked to its end.</summary>
    private static string? Unsure(JsonArray runs) =>
        runs.Count == 0 ? "the log holds no run"
        : runs.Objects().Any(r => Worked(r) == false) ? "the tool says that it failed"
        : runs.Objects().Any(r => r["results"] is not JsonArray) ? "a run has no list of results, so it did not look"
        : null;

    /// <summary>Whether every run of the tool worked; null when one does not show it.</summary>
    private static bool? Succeeded(JsonArray runs)
    {
        var worked = runs.Objects().Select(Worked).ToList();
        return worked.Contains(false) ? false : worked.Count == 0 || worked.Contains(null) ? null : true;
    }

    /// <summary>What a run's invocations say; where they say nothing, a list of results shows that it looked.</summary>
    private static bool? Worked(JsonObject run)
    {
        var told = run["invocations"].Objects().Select(i => i["executionSuccessful"] is JsonValue value && value.TryGetValue<bool>(out var worked) ? worked : (bool?)null).ToList();
        if (told.Contains(false)) return false;
        return (told.Count > 0 && !told.Contains(null)) || run["results"] is JsonArray ? true : null;
    }

    private static string Level(JsonObject run, JsonObject result)
    {
        if (result["level"].Text() is { } level) return level;
        var id = result["ruleId"].Text();
        var rule = run["tool"]?["driver"]?["rules"].Objects().FirstOrDefault(r => r["id"].Text() == id);
        return rule?["defaultConfiguration"]?["level"].Text() ?? "warning";
    }
}
