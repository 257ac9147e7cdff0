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
    private const int MostTold = 5;

    public static ReadReport? Read(JsonObject root)
    {
        if (root["run_results"] is JsonObject runs)
        {
            var suites = runs.Select(r =>
                    (r.Value as JsonObject).At("validation_result") as JsonObject
                    ?? r.Value as JsonObject
                    ?? throw ReportReader.Wrong(
                        $"The validation '{r.Key}' of this checkpoint result is no JSON object, so it cannot be read."
                    )
                )
                .ToList();
            if (suites.Count > MostValidations)
                throw ReportReader.Wrong(
                    $"More than {GivenParts.Count(MostValidations, "validation")} are not read from one file. Split it."
                );
            if (suites.Count == 0)
                throw ReportReader.Wrong("This checkpoint result holds no validation.");
            var facts = suites.Select(One).ToList();
            Doubt(root, facts);
            return new ReadReport("Great Expectations checkpoint", "data.validation", facts, Looked(suites))
            {
                Remarks = Remarks(suites),
            };
        }
        return
            root["results"] is JsonArray
            && root["statistics"] is JsonObject statistics
            && (root.ContainsKey("success") || statistics.ContainsKey("evaluated_expectations"))
            ? new ReadReport("Great Expectations result", "data.validation", [One(root)], Looked([root]))
            {
                Remarks = Remarks([root]),
            }
            : null;
    }

    /// <summary>
    /// A checkpoint that failed although each of its validations says that it succeeded failed in something that is not
    /// in the file.
    /// </summary>
    private static void Doubt(JsonObject checkpoint, IReadOnlyList<ReportedFact> facts)
    {
        if (
            checkpoint["success"] is not { } told
            || told.Flag() == true
            || facts.Any(f => f.Content["success"].Flag() == false)
        )
            return;
        foreach (var fact in facts.Select(f => f.Content).Where(f => f["success"].Flag() == true))
        {
            fact["success"] = null;
            if (fact["unknown"] is not JsonObject unknown)
                fact["unknown"] = unknown = [];
            unknown["success"] = "the checkpoint says that it failed, and none of its validations says so";
        }
    }

    private static string Looked(IReadOnlyList<JsonObject> suites) =>
        GivenParts.Count(suites.Sum(s => s["results"].Objects().Count()), "expectation");

    private static ReportedFact One(JsonObject suite)
    {
        var counts = new ExpectationCounts(suite);
        var results = suite["results"].Objects().ToList();
        var meta = suite["meta"] as JsonObject;
        var name = suite["suite_name"].Text() ?? meta.At("expectation_suite_name").Text();
        var raised = results.Select(r => ExpectationException.Raised(r["exception_info"])).ToList();
        var broken = raised.Count(r => r == true);
        var fact = new JsonObject
        {
            ["suite"] = name,
            ["dataset"] =
                meta.At("data_asset_name").Text()
                ?? meta.At("active_batch_definition").At("data_asset_name").Text()
                ?? meta.At("batch_kwargs").At("path").Text(),
            // A suite that says it succeeded did not when its own results or numbers say that something failed.
            ["success"] = suite["success"].Flag() is var told && told == true && counts.SayFailure ? false : told,
            ["evaluated"] = counts.Evaluated,
            ["failed"] = counts.Failed,
            ["percent"] = counts.Percent,
            ["exceptions"] = broken,
            ["failing"] = GivenParts.List(
                results.Where(r => r["success"].Flag() != true).Select(Expectation),
                MostNames
            ),
        };
        var unknown = new JsonObject();
        var doubt =
            counts.Contradiction
            ?? (
                counts.NotUnderstood.Count > 0 ? $"the statistics are not understood: {counts.NotUnderstood[0]}" : null
            );
        if (fact["success"].Flag() != false && Unsure(suite, counts, doubt, raised) is { } why)
            (fact["success"], unknown["success"]) = (null, why);
        if (broken == 0 && WhyBroken(counts, doubt, raised, suite) is { } hidden)
            (fact["exceptions"], unknown["exceptions"]) = (null, hidden);
        if (doubt is not null)
            (fact["evaluated"], unknown["evaluated"]) = (null, doubt);
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
        return new ReportedFact(fact["dataset"].Text() ?? name, fact);
    }

    /// <summary>
    /// Why no failure is no success; null when the suite says that it succeeded and everything in it can be read.
    /// </summary>
    private static string? Unsure(
        JsonObject suite,
        ExpectationCounts counts,
        string? doubt,
        IReadOnlyList<bool?> raised
    )
    {
        var told = suite["results"].Objects().Select(r => r["success"].Flag()).ToList();
        return suite["success"].Flag() is null ? "the result does not say whether it succeeded"
            : counts.Evaluated <= 0 ? "no expectation was evaluated"
            : told.Count == 0 && counts.Evaluated is null ? "the result does not say that an expectation was evaluated"
            : raised.Count(r => r == true) is var broken and > 0
                ? $"{GivenParts.Count(broken, "expectation")} broke while it was evaluated"
            : told.Contains(null) || counts.Held > told.Count ? "an expectation does not say whether it succeeded"
            : doubt ?? WhyBroken(counts, null, raised, suite);
    }

    /// <summary>Why it is not known that nothing broke although nothing is seen to have.</summary>
    private static string? WhyBroken(
        ExpectationCounts counts,
        string? doubt,
        IReadOnlyList<bool?> raised,
        JsonObject suite
    ) =>
        raised.Contains(null)
            ? $"what an expectation says of exceptions is not understood: {OddExceptions(suite).First()}"
        : counts.Held == 0 ? "the result holds no expectation"
        : doubt;

    private static IEnumerable<string> OddExceptions(JsonObject suite) =>
        suite["results"]
            .Objects()
            .Select(r => r["exception_info"])
            .Where(info => info is not null && ExpectationException.Raised(info) is null)
            .Select(info => ExpectationCounts.Shown(info!));

    /// <summary>What of the suites is not understood or contradicts itself, a sentence each.</summary>
    private static IReadOnlyList<string> Remarks(IReadOnlyList<JsonObject> suites)
    {
        var counts = suites.Select(s => new ExpectationCounts(s)).ToList();
        return
        [
            .. counts
                .Select(c => c.Contradiction)
                .OfType<string>()
                .Distinct()
                .Take(MostTold)
                .Select(c => $"The numbers of a validation contradict each other, so its success is not known: {c}."),
            .. Named("statistics of a validation", [.. counts.SelectMany(c => c.NotUnderstood)]),
            .. Named("what an expectation says of exceptions", [.. suites.SelectMany(OddExceptions)]),
        ];
    }

    private static IEnumerable<string> Named(string what, IReadOnlyList<string> found) =>
        found.Count == 0
            ? []
            :
            [
                $"Not understood as {what}: {string.Join(", ", found.Take(MostTold))}"
                    + (
                        found.Count > MostTold
                            ? string.Create(CultureInfo.InvariantCulture, $" and {found.Count - MostTold:N0} more.")
                            : "."
                    ),
            ];

    // 1.x calls the member "type", 0.x "expectation_type".
    private static string? Expectation(JsonObject result)
    {
        var config = result["expectation_config"];
        var type = config.At("type").Text() ?? config.At("expectation_type").Text();
        var column = config.At("kwargs").At("column").Text();
        return type is null ? null
            : column is null ? type
            : $"{type} ({column})";
    }
}
