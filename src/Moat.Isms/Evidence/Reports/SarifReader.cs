using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS): results of code scanning. A run that says its tool failed or that has no list of results is no
/// clean result, and a file without runs says nothing: each is told as such. Suppressed results were accepted by
/// somebody and are counted apart; absent ones are gone.
/// </summary>
internal static class SarifReader
{
    private const int MostRules = 20;

    // 3.27.9: what a result is that found no fault. A word that is none of these counts as a fault.
    private static readonly string[] Faultless = ["pass", "open", "informational", "notApplicable", "review"];

    /// <summary>What is read of a log; the numbers are those of SARIF 2.1.0.</summary>
    internal static ReadParts Parts { get; } =
        new(
            """
            $schema? version? runs[].automationDetails**? runs[].columnKind? runs[].defaultEncoding? runs[].defaultSourceLanguage?
            runs[].tool.driver.name? runs[].tool.driver.fullName? runs[].tool.driver.version? runs[].tool.driver.semanticVersion?
            runs[].tool.driver.informationUri? runs[].tool.driver.organization? runs[].tool.driver.guid
            runs[].tool.driver.rules[].id runs[].tool.driver.rules[].deprecatedIds** runs[].tool.driver.rules[].guid runs[].tool.driver.rules[].name?
            runs[].tool.driver.rules[].defaultConfiguration.level runs[].tool.driver.rules[].defaultConfiguration.enabled?
            runs[].tool.driver.rules[].properties.security-severity runs[].tool.driver.rules[].shortDescription**? runs[].tool.driver.rules[].fullDescription**?
            runs[].tool.driver.rules[].help**? runs[].tool.driver.rules[].helpUri?
            runs[].tool.driver.notifications[].id runs[].tool.driver.notifications[].defaultConfiguration.level
            runs[].results[].ruleId runs[].results[].ruleIndex runs[].results[].rule** runs[].results[].level runs[].results[].kind
            runs[].results[].baselineState runs[].results[].suppressions** runs[].results[].provenance.invocationIndex
            runs[].results[].properties.security-severity runs[].results[].message**? runs[].results[].locations**? runs[].results[].relatedLocations**?
            runs[].results[].codeFlows**? runs[].results[].fingerprints**? runs[].results[].partialFingerprints**? runs[].results[].guid?
            runs[].results[].correlationGuid?
            runs[].invocations[].executionSuccessful? runs[].invocations[].exitSignalName? runs[].invocations[].exitSignalNumber?
            runs[].invocations[].processStartFailureMessage? runs[].invocations[].ruleConfigurationOverrides**
            runs[].invocations[].toolExecutionNotifications**? runs[].invocations[].toolExecutionNotifications[].level
            runs[].invocations[].toolExecutionNotifications[].descriptor** runs[].invocations[].toolConfigurationNotifications**?
            runs[].invocations[].toolConfigurationNotifications[].level runs[].invocations[].toolConfigurationNotifications[].descriptor**
            runs[].externalPropertyFileReferences.results runs[].externalPropertyFileReferences.driver
            runs[].externalPropertyFileReferences.extensions runs[].externalPropertyFileReferences.invocations runs[].policies** inlineExternalProperties**
            """,
            new Dictionary<string, string> { ["runs[].tool.extensions[]"] = "runs[].tool.driver" }
        );

    public static ReadReport? Read(JsonObject root, ReadOnlyMemory<byte> file, int maxDepth)
    {
        if (root["version"].Text()?.StartsWith("2.1", StringComparison.Ordinal) != true || !root.ContainsKey("runs"))
            return null;
        if (root["runs"] is not JsonArray runs)
            throw ReportReader.Wrong("This SARIF log has no list of runs, so no scan is in it.");
        using var document = GivenJson.Document(file, maxDepth, comments: true);
        var violations = PublishedSchema.Sarif.Violations(document.RootElement);
        var counting = violations.FirstOrDefault(Parts.Matters);
        return new ReadReport(
            $"SARIF {root["version"].Text()}",
            "sarif.scan",
            [new ReportedFact(Tool(runs), Fact(root, runs, counting))],
            GivenParts.Count(runs.Count, "scan")
        )
        {
            Remarks =
            [
                .. new[]
                {
                    ReadParts.Told(PublishedSchema.Sarif, violations),
                    Parts.NotRead(document.RootElement),
                    Contradictory(runs),
                    SecuritySeverity.Remark(runs),
                }.OfType<string>(),
            ],
        };
    }

    private static string? Tool(JsonArray runs) =>
        runs.Objects().Select(r => r["tool"].At("driver").At("name").Text()).FirstOrDefault(n => n is not null);

    private static JsonObject Fact(JsonObject root, JsonArray runs, SchemaViolation? counting)
    {
        var results = runs.Objects().Select(Faults).ToList();
        var open = results.SelectMany(run => run.Where(r => !IsSuppressed(r.Result))).ToList();
        int Count(string level) => open.Count(r => r.Rating.Level == level);
        var (unsure, worked) = (SarifRunState.Unsure(root, runs), SarifRunState.Succeeded(runs));
        var fact = new JsonObject
        {
            ["tool"] = Tool(runs),
            ["runs"] = runs.Count,
            ["succeeded"] = worked,
            // How many are suppressed is known only when all results are there; fewer would look better than it is.
            ["suppressed"] = unsure is null ? results.Sum(run => run.Count) - open.Count : null,
            ["rules"] = GivenParts.List(
                open.Select(r => r.Result["ruleId"].Text() ?? r.Result["rule"].At("id").Text())
                    .Order(StringComparer.Ordinal),
                MostRules
            ),
            ["severe"] = open.Count(r => r.Rating.IsSevere),
        };
        var unknown = new JsonObject();
        if (worked is null)
            unknown["succeeded"] = SarifRunState.Unshown(root, runs);
        if (unsure is not null)
            unknown["suppressed"] = unsure;
        if (counting is not null)
            unsure ??= $"the log does not follow its schema: {counting.Sentence}";
        unsure ??= Unrated([.. open.Select(r => r.Rating)]);
        // A severity that is not understood may be the highest, which is neither an error nor severe by what was read.
        if ((int)fact["severe"]! == 0 && (unsure ??= NotUnderstood(open.Select(r => r.Rating))) is { } why)
            (fact["severe"], unknown["severe"]) = (null, why);
        unsure ??= results
            .Select(run => Untold([.. run.Where(r => !IsSuppressed(r.Result)).Select(r => r.Rating)]))
            .FirstOrDefault(untold => untold is not null);
        foreach (var (level, name) in new[] { ("error", "errors"), ("warning", "warnings"), ("note", "notes") })
        {
            // What was found is known, also of a scan that broke off; that nothing was found is not.
            fact[name] = Count(level) is var found && found == 0 && unsure is not null ? null : found;
            if (fact[name] is null)
                unknown[name] = unsure;
        }
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
        return fact;
    }

    private static List<(JsonObject Result, SarifRating Rating)> Faults(JsonObject run)
    {
        var severity = new SarifSeverity(run);
        return [.. Present(run).Where(r => !IsFaultless(r) || Contradicts(r)).Select(r => (r, severity.Of(r)))];
    }

    private static IEnumerable<JsonObject> Present(JsonObject run) =>
        run["results"].Objects().Where(r => r["baselineState"].Text() != "absent");

    private static bool IsFaultless(JsonObject result) => Faultless.Contains(result["kind"].Text());

    /// <summary>
    /// A result that found no fault has no level, or the level "none" (3.27.9); one with another level counts by it.
    /// </summary>
    private static bool Contradicts(JsonObject result) =>
        IsFaultless(result) && result["level"] is { } level && level.Text() != "none";

    private static string? Contradictory(JsonArray runs)
    {
        var found = runs.Objects().SelectMany(Present).Where(Contradicts).ToList();
        return found.Count == 0
            ? null
            : $"{Say(found.Count, "contradicts itself and counts", "contradict themselves and count")} by the level: "
                + $"kind '{found[0]["kind"].Text()}' with "
                + $"level '{(found[0]["level"].Text() ?? found[0]["level"]!.ToJsonString()).Cut(40)}', where SARIF wants 'none' (3.27.9).";
    }

    /// <summary>
    /// A result is suppressed when it has suppressions and each is accepted, which is what one without a status is
    /// (3.35.3). One that is rejected, under review or something else suppresses nothing (3.27.23).
    /// </summary>
    private static bool IsSuppressed(JsonObject result) =>
        result["suppressions"] is JsonArray { Count: > 0 } all
        && all.All(s =>
            s is JsonObject suppression && (suppression["status"] is null || suppression["status"].Text() == "accepted")
        );

    /// <summary>Which findings have a level that does not say how severe they are; null when none has.</summary>
    private static string? Unrated(IReadOnlyList<SarifRating> open) =>
        open.Count(r => !r.IsRated) is var unrated and > 0
            ? Say(
                unrated,
                "has a level that does not say how severe it is",
                "have a level that does not say how severe they are"
            )
        : open.Count(r => r.IsLost) is var lost and > 0
            ? Say(lost, "points at a rule that the log does not have", "point at rules that the log does not have")
        : null;

    private static string? NotUnderstood(IEnumerable<SarifRating> open) =>
        open.Select(r => r.NotUnderstood).OfType<string>().FirstOrDefault() is { } first
            ? $"a security severity is not understood: {first}"
            : null;

    /// <summary>
    /// A tool that rates none of what it finds says nothing about errors; SARIF supposes that each is a warning.
    /// </summary>
    private static string? Untold(IReadOnlyList<SarifRating> open) =>
        open.Count > 0 && open.All(r => !r.IsTold)
            ? "the tool does not say how severe its findings are; look at them, or set levels in its rules"
            : null;

    private static string Say(int count, string one, string many) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} {(count == 1 ? $"finding {one}" : $"findings {many}")}"
        );
}
