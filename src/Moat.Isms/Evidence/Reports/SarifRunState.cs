using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// Whether a run of a SARIF log looked to its end and all that it found is in the log. A run without a list of results did not look
/// (SARIF 2.1.0, 3.14.23), one whose tool failed says so in its invocations (3.20.14), and one may keep its results in other files (3.14.2).
/// </summary>
internal static class SarifRunState
{
    private static readonly string[] Elsewhere = ["results", "driver", "extensions", "invocations"];

    /// <summary>Why no result of these runs is no good news; null when every run looked to its end.</summary>
    public static string? Unsure(JsonObject root, JsonArray runs) =>
        runs.Count == 0 ? "the log holds no run"
        : runs.Count != runs.Objects().Count() ? "an entry in the list of runs is no run"
        : root["inlineExternalProperties"] is JsonArray { Count: > 0 } ? "the log holds external properties, which are not read"
        : runs.Objects().Select(Unsure).FirstOrDefault(why => why is not null);

    /// <summary>Whether every run of the tool worked; null when one does not show it.</summary>
    public static bool? Succeeded(JsonArray runs)
    {
        var worked = runs.Select(r => r is JsonObject run ? Worked(run) : null).ToList();
        return worked.Contains(false) ? false : worked.Count == 0 || worked.Contains(null) ? null : true;
    }

    private static string? Unsure(JsonObject run)
    {
        if (Worked(run) == false) return "the tool says that it failed";
        if (Elsewhere.FirstOrDefault(name => run["externalPropertyFileReferences"].At(name) is not null) is { } elsewhere)
            return $"the {elsewhere} of a run stand in another file, which is not read";
        if (run["results"] is not JsonArray results) return "a run has no list of results, so it did not look";
        if (results.Count != results.Objects().Count()) return "an entry in the list of results is no result";
        if (ReportsError(run)) return "the tool reports an error while it ran";
        if (run["policies"] is JsonArray { Count: > 0 }) return "the run has policies that may change how severe a result is, and they are not read";
        return Worked(run) is null ? "the run does not say whether the tool worked" : null;
    }

    /// <summary>What a run's invocations say; where they say nothing, a list of results shows that it looked.</summary>
    private static bool? Worked(JsonObject run)
    {
        var told = run["invocations"].Objects().Select(i => i["executionSuccessful"]).ToList();
        var flags = told.Select(t => t.Flag()).ToList();
        if (flags.Contains(false)) return false;
        var isUnreadable = told.Zip(flags).Any(t => t.First is not null && t.Second is null) || ReportsError(run);
        return isUnreadable ? null : (flags.Count > 0 && !flags.Contains(null)) || run["results"] is JsonArray ? true : null;
    }

    /// <summary>Whether the tool tells of an error in its own run or in its settings (3.20.21, 3.20.22; 3.58.6 for the level).</summary>
    private static bool ReportsError(JsonObject run)
    {
        var invocations = run["invocations"].Objects().ToList();
        var told = invocations.SelectMany(i => i["toolExecutionNotifications"].Objects().Concat(i["toolConfigurationNotifications"].Objects())).ToList();
        if (told.Count == 0) return false;
        var described = new SarifDescriptors(run, "notifications");
        return told.Any(n => (n["level"].Text()
            ?? SarifSeverity.Worst(described.Find(n["descriptor"] as JsonObject).Found.Select(SarifSeverity.DefaultLevel).OfType<string>())) == "error");
    }
}
