using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// Whether a run of a SARIF log looked to its end and all that it found is in the log. A run without a list of results
/// did not look (SARIF 2.1.0, 3.14.23), one whose tool failed says so in its invocations (3.20.14), and one may keep
/// its results in other files (3.14.2).
/// </summary>
internal static class SarifRunState
{
    private static readonly string[] Elsewhere = ["results", "driver", "extensions", "invocations"];

    // What an invocation tells of a process that did not come to its end (3.20.11, 3.20.12), or did not begin
    // (3.20.13).
    private static readonly string[] BrokenOff = ["exitSignalName", "exitSignalNumber", "processStartFailureMessage"];

    /// <summary>Why no result of these runs is no good news; null when every run looked to its end.</summary>
    public static string? Unsure(JsonObject root, JsonArray runs) =>
        runs.Count == 0 ? "the log holds no run"
        : runs.Count != runs.Objects().Count() ? "an entry in the list of runs is no run"
        : root["inlineExternalProperties"] is JsonArray { Count: > 0 }
            ? "the log holds external properties, which are not read"
        : runs.Objects().Select(Unsure).FirstOrDefault(why => why is not null);

    /// <summary>Whether every run of the tool worked; null when one does not show it.</summary>
    public static bool? Succeeded(JsonArray runs)
    {
        var worked = runs.Select(r => r is JsonObject run ? Worked(run) : null).ToList();
        return worked.Contains(false) ? false
            : worked.Count == 0 || worked.Contains(null) ? null
            : true;
    }

    /// <summary>Why it is not known whether every run worked; null when every run shows that it did.</summary>
    public static string? Unshown(JsonObject root, JsonArray runs) =>
        Unsure(root, runs)
        ?? (Succeeded(runs) is null ? "a run has no invocation, which would say whether its tool worked" : null);

    private static string? Unsure(JsonObject run)
    {
        if (Worked(run) == false)
            return "the tool says that it failed";
        if (
            Elsewhere.FirstOrDefault(name => run["externalPropertyFileReferences"].At(name) is not null) is
            { } elsewhere
        )
            return $"the {elsewhere} of a run stand in another file, which is not read";
        if (run["results"] is not JsonArray results)
            return "a run has no list of results, so it did not look";
        if (results.Count != results.Objects().Count())
            return "an entry in the list of results is no result";
        if (ReportsError(run))
            return "the tool reports an error while it ran";
        if (run["policies"] is JsonArray { Count: > 0 })
            return "the run has policies that may change how severe a result is, and they are not read";
        return SaysNothing(run) || Worked(run) == true ? null
            : run["invocations"] is not JsonArray invocations ? "the invocations of a run are no list"
            : invocations
                .OfType<JsonObject>()
                .SelectMany(i => BrokenOff.Where(name => i[name] is not null))
                .FirstOrDefault()
                is { } told
                ? $"an invocation has {told}, so the tool broke off"
            : "an invocation does not say whether the tool worked: its executionSuccessful is missing or is neither true nor false";
    }

    /// <summary>
    /// What a run's invocations say. A run that has none may hold all results, and does not show that its tool worked.
    /// </summary>
    private static bool? Worked(JsonObject run)
    {
        var told = (run["invocations"] as JsonArray ?? []).Select(Worked).ToList();
        return told.Contains(false) ? false
            : told.Count == 0 || told.Contains(null) || ReportsError(run) ? null
            : true;
    }

    /// <summary>An invocation has to say whether it worked (3.20.14). A tool may end with an exit code and have
    /// worked; broken off it has not.</summary>
    private static bool? Worked(JsonNode? invocation) =>
        invocation.At("executionSuccessful").Flag() is not true and var told ? told
        : BrokenOff.Any(name => invocation.At(name) is not null) ? null
        : true;

    private static bool SaysNothing(JsonObject run) =>
        !run.ContainsKey("invocations") || run["invocations"] is JsonArray { Count: 0 };

    /// <summary>
    /// Whether the tool tells of an error in its own run or in its settings (3.20.21, 3.20.22; 3.58.6 for the level).
    /// </summary>
    private static bool ReportsError(JsonObject run)
    {
        var invocations = run["invocations"].Objects().ToList();
        var told = invocations
            .SelectMany(i =>
                i["toolExecutionNotifications"].Objects().Concat(i["toolConfigurationNotifications"].Objects())
            )
            .ToList();
        if (told.Count == 0)
            return false;
        var described = new SarifDescriptors(run, "notifications");
        return told.Any(n =>
            (
                n["level"].Text()
                ?? SarifSeverity.Worst(
                    described
                        .Find(n["descriptor"] as JsonObject)
                        .Found.Select(SarifSeverity.DefaultLevel)
                        .OfType<string>()
                )
            ) == "error"
        );
    }
}
