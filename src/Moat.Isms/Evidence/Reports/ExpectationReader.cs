using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>Results of Great Expectations, 0.x and 1.x: one suite, or a checkpoint with several.</summary>
internal static class ExpectationReader
{
    /// <summary>The most validations of one checkpoint.</summary>
    internal const int MostValidations = 1_000;

    private const int MostNames = 20;

    public static ReadReport? Read(JsonObject root)
    {
        if (root["run_results"] is JsonObject runs)
        {
            var suites = runs.Select(r => (r.Value as JsonObject).At("validation_result") as JsonObject ?? r.Value as JsonObject
                ?? throw ReportReader.Wrong($"The validation '{r.Key}' of this checkpoint result is no JSON object, so it cannot be read.")).ToList();
            if (suites.Count > MostValidations) throw ReportReader.Wrong(
                $"More than {GivenParts.Count(MostValidations, "validation")} are not read from one file. Split it.");
            if (suites.Count == 0) throw ReportReader.Wrong("This checkpoint result holds no validation.");
            var facts = suites.Select(One).ToList();
            Doubt(root, facts);
            return new ReadReport("Great Expectations checkpoint", "data.validation", facts, Looked(suites));
        }
        return root["results"] is JsonArray && root["statistics"] is JsonObject statistics
            && (root.ContainsKey("success") || statistics.ContainsKey("evaluated_expectations"))
            ? new ReadReport("Great Expectations result", "data.validation", [One(root)], Looked([root]))
            : null;
    }

    /// <summary>
    /// A checkpoint that failed although each of its validations says that it succeeded failed in something that is not
    /// in the file.
    /// </summary>
    private static void Doubt(JsonObject checkpoint, IReadOnlyList<ReportedFact> facts)
    {
        if (checkpoint["success"] is not { } told || told.Flag() == true || facts.Any(f => f.Content["success"].Flag() == false)) return;
        foreach (var fact in facts.Select(f => f.Content).Where(f => f["success"].Flag() == true))
        {
            fact["success"] = null;
            if (fact["unknown"] is not JsonObject unknown) fact["unknown"] = unknown = [];
            unknown["success"] = "the checkpoint says that it failed, and none of its validations says so";
        }
    }

    private static string Looked(IReadOnlyList<JsonObject> suites) => GivenParts.Count(suites.Sum(s => s["results"].Objects().Count()), "expectation");

    private static ReportedFact One(JsonObject suite)
    {
        var statistics = suite["statistics"] as JsonObject;
        var results = suite["results"].Objects().ToList();
        var meta = suite["meta"] as JsonObject;
        var name = suite["suite_name"].Text() ?? meta.At("expectation_suite_name").Text();
        var broken = results.Count(r => Raised(r["exception_info"]));
        var fact = new JsonObject
        {
            ["suite"] = name,
            ["dataset"] = meta.At("data_asset_name").Text() ?? meta.At("active_batch_definition").At("data_asset_name").Text()
                ?? meta.At("batch_kwargs").At("path").Text(),
            ["success"] = suite["success"].Flag(),
            ["evaluated"] = Number(statistics.At("evaluated_expectations")),
            ["failed"] = Number(statistics.At("unsuccessful_expectations")),
            ["percent"] = Number(statistics.At("success_percent")),
            ["exceptions"] = broken,
            ["failing"] = GivenParts.List(results.Where(r => r["success"].Flag() != true).Select(Expectation), MostNames),
        };
        var told = results.Select(r => r["success"].Flag()).ToList();
        // A suite that says it succeeded did not when its own results or numbers say that something failed.
        if (suite["success"].Flag() == true && (told.Contains(false) || Of(fact["failed"]) > 0
            || (Of(fact["percent"]) < 100 && Of(fact["evaluated"]) > 0)))
            fact["success"] = false;
        var unknown = new JsonObject();
        if (fact["success"].Flag() != false && Unsure(suite, told, broken) is { } why) (fact["success"], unknown["success"]) = (null, why);
        if (broken == 0 && results.Count == 0) (fact["exceptions"], unknown["exceptions"]) = (null, "the result holds no expectation");
        if (unknown.Count > 0) fact["unknown"] = unknown;
        return new ReportedFact(fact["dataset"].Text() ?? name, fact);
    }

    /// <summary>Why no failure is no success; null when the suite says that it succeeded and everything in it can be read.</summary>
    private static string? Unsure(JsonObject suite, IReadOnlyList<bool?> told, int broken) =>
        suite["success"].Flag() is null ? "the result does not say whether it succeeded"
        : Number(suite["statistics"].At("evaluated_expectations")) is { } evaluated && evaluated.GetValue<double>() <= 0
            ? "no expectation was evaluated"
        : told.Count == 0 && suite["statistics"].At("evaluated_expectations") is null ? "the result does not say that an expectation was evaluated"
        : broken > 0 ? $"{GivenParts.Count(broken, "expectation")} broke while it was evaluated"
        : told.Contains(null) || (suite["results"] as JsonArray)?.Count > told.Count ? "an expectation does not say whether it succeeded"
        : null;

    /// <summary>
    /// Whether an expectation broke. Its <c>exception_info</c> is one such object, or since 0.16 a map of them by the metric that was computed;
    /// a word that is neither true nor false counts as an exception.
    /// </summary>
    private static bool Raised(JsonNode? info) => info is JsonObject told && (told.ContainsKey("raised_exception")
        ? told["raised_exception"].Flag() != false
        : told.Any(inner => Raised(inner.Value)) || told["exception_message"].Text() is { Length: > 0 });

    // 1.x calls the member "type", 0.x "expectation_type".
    private static string? Expectation(JsonObject result)
    {
        var config = result["expectation_config"];
        var type = config.At("type").Text() ?? config.At("expectation_type").Text();
        var column = config.At("kwargs").At("column").Text();
        return type is null ? null : column is null ? type : $"{type} ({column})";
    }

    private static double? Of(JsonNode? number) => number is JsonValue value ? value.GetValue<double>() : null;

    private static JsonNode? Number(JsonNode? node) =>
        node is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Math.Round(number, 4) : null;
}
