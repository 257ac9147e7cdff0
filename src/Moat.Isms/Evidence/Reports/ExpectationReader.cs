using System.Globalization;
using System.Text.Json.Nodes;

namespace Moat.Isms.Evidence.Reports;

/// <summary>Results of Great Expectations, 0.x and 1.x: one suite, or a checkpoint with several.</summary>
internal static class ExpectationReader
{
    private const int MostNames = 20;

    public static ReadReport? Read(JsonObject root)
    {
        if (root["run_results"] is JsonObject runs)
        {
            var suites = runs.Select(r => (r.Key, Suite: (r.Value as JsonObject)?["validation_result"] as JsonObject ?? r.Value as JsonObject)).Where(r => r.Suite is not null).ToList();
            if (suites.Count == 0) throw ReportReader.Wrong("This checkpoint result holds no validation.");
            return new ReadReport("Great Expectations checkpoint", "data.validation", [.. suites.Select(s => One(s.Suite!))], Looked([.. suites.Select(s => s.Suite!)]));
        }
        return root["results"] is JsonArray && root["success"] is JsonValue && root["statistics"] is JsonObject
            ? new ReadReport("Great Expectations result", "data.validation", [One(root)], Looked([root]))
            : null;
    }

    private static string Looked(IReadOnlyList<JsonObject> suites) => ReportReader.Count(suites.Sum(s => s["results"].Objects().Count()), "expectation");

    private static ReportedFact One(JsonObject suite)
    {
        var statistics = suite["statistics"] as JsonObject;
        var results = suite["results"].Objects().ToList();
        var meta = suite["meta"] as JsonObject;
        var name = suite["suite_name"].Text() ?? meta?["expectation_suite_name"].Text();
        var failing = results.Where(r => !IsTrue(r["success"]));
        var fact = new JsonObject
        {
            ["suite"] = name,
            ["dataset"] = meta?["data_asset_name"].Text() ?? meta?["active_batch_definition"]?["data_asset_name"].Text() ?? meta?["batch_kwargs"]?["path"].Text(),
            ["success"] = suite["success"] is JsonValue told && told.TryGetValue<bool>(out var success) ? success : null,
            ["evaluated"] = Number(statistics?["evaluated_expectations"]),
            ["failed"] = Number(statistics?["unsuccessful_expectations"]),
            ["percent"] = Number(statistics?["success_percent"]),
            ["exceptions"] = results.Count(r => IsTrue(r["exception_info"]?["raised_exception"])),
            ["failing"] = ReportReader.List(failing.Select(Expectation), MostNames),
        };
        return new ReportedFact(fact["dataset"].Text() ?? name, fact);
    }

    // 1.x calls the member "type", 0.x "expectation_type".
    private static string? Expectation(JsonObject result)
    {
        var config = result["expectation_config"];
        var type = config?["type"].Text() ?? config?["expectation_type"].Text();
        var column = config?["kwargs"]?["column"].Text();
        return type is null ? null : column is null ? type : $"{type} ({column})";
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;

    private static JsonNode? Number(JsonNode? node) =>
        node is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Math.Round(number, 4) : null;
}
