using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Reading.Schemas;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// A CycloneDX bill of materials as a fact: how complete it is and what it names. Its parts become assets by an import
/// (A.5.9). A count that depends on a place where the bill does not follow its own schema is not known, unless what was
/// found is bad enough.
/// </summary>
internal static class BomFacts
{
    // CVSS 3.1 and 4.0 call a score from here on high.
    private const double High = 7.0;

    private static readonly string[] Counts =
    [
        "models",
        "modelsWithoutCard",
        "datasets",
        "withoutVersion",
        "withoutLicence",
        "withoutHash",
    ];
    private static readonly string[] Holes = ["vulnerabilities", "severeVulnerabilities"];

    /// <summary>
    /// Analyses that close a vulnerability (ECMA-424, vulnerability analysis state). Another word leaves it open.
    /// </summary>
    private static readonly string[] Closed = ["resolved", "resolved_with_pedigree", "false_positive", "not_affected"];

    /// <summary>What is read of a bill for its facts.</summary>
    internal static ReadParts Parts { get; } =
        new(
            """
            $schema? bomFormat specVersion serialNumber? version?
            components[].type components[].name components[].version components[].bom-ref? components[].purl? components[].group?
            components[].licenses** components[].hashes** components[].modelCard** components[].data[].type
            vulnerabilities[].id? vulnerabilities[].bom-ref? vulnerabilities[].analysis.state
            vulnerabilities[].ratings[].severity vulnerabilities[].ratings[].score vulnerabilities[].ratings[].method? vulnerabilities[].ratings[].vector?
            """,
            new Dictionary<string, string>
            {
                ["metadata.component"] = "components[]",
                ["components[].components"] = "components",
            }
        );

    public static ReadReport? Read(JsonObject root, ReadOnlyMemory<byte> file, int maxDepth)
    {
        if (root["bomFormat"].Text() != "CycloneDX")
            return null;
        var schema = BomReader.CycloneDxSchema(root["specVersion"].Text());
        using var document = GivenJson.Document(file, maxDepth, comments: true);
        var violations = schema.Violations(document.RootElement);
        var parts = Components(root["components"]).ToList();
        var main = root["metadata"].At("component") as JsonObject;
        var fact = Fact(root, main, parts);
        Doubt(fact, root, [.. violations.Where(Parts.Matters)]);
        return new ReadReport(
            schema.Name,
            ResourceKind.Bill,
            [new ReportedFact(main.At("name").Text(), fact)],
            GivenParts.Count(parts.Count, "component")
        )
        {
            Remarks =
            [
                .. new[] { ReadParts.Told(schema, violations), Parts.NotRead(document.RootElement) }.OfType<string>(),
            ],
        };
    }

    private static JsonObject Fact(JsonObject root, JsonObject? main, List<JsonObject> parts)
    {
        var models = parts
            .Prepend(main)
            .OfType<JsonObject>()
            .Where(p => p["type"].Text() == "machine-learning-model")
            .ToList();
        int Without(string member) => parts.Count(p => p[member] is null or JsonArray { Count: 0 });
        var open = root["vulnerabilities"]
            .Objects()
            .Where(v => !Closed.Contains(v["analysis"].At("state").Text()))
            .ToList();
        return new JsonObject
        {
            ["subject"] = main.At("name").Text(),
            ["version"] = main.At("version").Text(),
            ["specVersion"] = root["specVersion"].Text(),
            ["components"] = parts.Count,
            ["models"] = models.Count,
            ["modelsWithoutCard"] = models.Count(m => m["modelCard"] is not JsonObject),
            ["datasets"] = parts.Count(p => p["type"].Text() == "data"),
            ["withoutVersion"] = parts.Count(p => string.IsNullOrEmpty(p["version"].Text())),
            ["withoutLicence"] = Without("licenses"),
            ["withoutHash"] = Without("hashes"),
            ["vulnerabilities"] = open.Count,
            ["severeVulnerabilities"] = open.Count(v => IsSevere(v) == true),
        };
    }

    /// <summary>
    /// What was found is known; that nothing was found is not, when a place that says so cannot be read.
    /// </summary>
    private static void Doubt(JsonObject fact, JsonObject root, List<SchemaViolation> counting)
    {
        var unknown = new JsonObject();
        foreach (var name in Counts.Concat(Holes))
            if ((int)fact[name]! == 0 && WhyUnknown(name, root, counting) is { } why)
                (fact[name], unknown[name]) = (null, why);
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
    }

    private static string? WhyUnknown(string name, JsonObject root, List<SchemaViolation> counting)
    {
        var isHole = Holes.Contains(name);
        // A bill without the list was not held against known vulnerabilities; an empty list says that none was found.
        if (isHole && root["vulnerabilities"] is not JsonArray)
            return "the bill has no list of vulnerabilities";
        if (counting.FirstOrDefault(v => Concerns(v, name, isHole)) is { } wrong)
            return $"the bill does not follow its schema: {wrong.Sentence}";
        if (name != "severeVulnerabilities")
            return null;
        var unrated = root["vulnerabilities"]
            .Objects()
            .Where(v => !Closed.Contains(v["analysis"].At("state").Text()) && IsSevere(v) is null)
            .ToList();
        return unrated.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{unrated.Count:N0} open {(unrated.Count == 1 ? "vulnerability has" : "vulnerabilities have")} no severity that can be read"
            ) + $", such as {unrated[0]["id"].Text()?.Cut(80) ?? "the one"} at {unrated[0].GetPath()}";
    }

    private static bool Concerns(SchemaViolation violation, string name, bool isHole)
    {
        var place = Parts.Known(violation.Member);
        if (place.Length == 0)
            return true;
        if (isHole)
            return place.StartsWith("vulnerabilities", StringComparison.Ordinal);
        return place is "components" or "components[]" or "components[].type" or "metadata"
            || name switch
            {
                "modelsWithoutCard" => place.StartsWith("components[].modelCard", StringComparison.Ordinal),
                "withoutVersion" => place == "components[].version",
                "withoutLicence" => place.StartsWith("components[].licenses", StringComparison.Ordinal),
                "withoutHash" => place.StartsWith("components[].hashes", StringComparison.Ordinal),
                _ => false,
            };
    }

    /// <summary>
    /// Whether a vulnerability is of high or critical severity by any rating; null when none says it.
    /// </summary>
    private static bool? IsSevere(JsonObject vulnerability)
    {
        var told = vulnerability["ratings"].Objects().Select(Severe).ToList();
        return told.Contains(true) ? true
            : told.Count == 0 || told.Contains(null) ? null
            : false;
    }

    private static bool? Severe(JsonObject rating) =>
        rating["severity"].Text()?.ToLowerInvariant() switch
        {
            "critical" or "high" => true,
            "medium" or "low" or "info" or "none" => false,
            // A score of the risk rating methodology of OWASP ends at 9 as well, and 7 is high there too.
            _ => rating["score"] is JsonValue value && value.TryGetValue<double>(out var score) && score >= 0
                ? score >= High
                : null,
        };

    private static IEnumerable<JsonObject> Components(JsonNode? components)
    {
        foreach (var part in components.Objects())
        {
            yield return part;
            foreach (var inner in Components(part["components"]))
                yield return inner;
        }
    }
}
