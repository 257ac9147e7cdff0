using System.Text.Json.Nodes;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Reports;

/// <summary>A CycloneDX bill of materials as a fact: how complete it is and what it names. Its parts become assets by an import (A.5.9).</summary>
internal static class BomFacts
{
    private static readonly string[] Severe = ["critical", "high"];

    public static ReadReport? Read(JsonObject root)
    {
        if (root["bomFormat"].Text() != "CycloneDX") return null;
        var parts = Parts(root["components"]).ToList();
        var main = root["metadata"]?["component"] as JsonObject;
        var models = parts.Prepend(main).OfType<JsonObject>().Where(p => p["type"].Text() == "machine-learning-model").ToList();
        int Without(string member) => parts.Count(p => p[member] is null or JsonArray { Count: 0 });
        var open = root["vulnerabilities"].Objects().Where(v => v["analysis"]?["state"].Text() is null or "exploitable" or "in_triage").ToList();
        var fact = new JsonObject
        {
            ["subject"] = main?["name"].Text(),
            ["version"] = main?["version"].Text(),
            ["specVersion"] = root["specVersion"].Text(),
            ["components"] = parts.Count,
            ["models"] = models.Count,
            ["modelsWithoutCard"] = models.Count(m => m["modelCard"] is not JsonObject),
            ["datasets"] = parts.Count(p => p["type"].Text() == "data"),
            ["withoutVersion"] = parts.Count(p => string.IsNullOrEmpty(p["version"].Text())),
            ["withoutLicence"] = Without("licenses"),
            ["withoutHash"] = Without("hashes"),
            ["vulnerabilities"] = open.Count,
            ["severeVulnerabilities"] = open.Count(v => v["ratings"].Objects().Any(r => Severe.Contains(r["severity"].Text()))),
        };
        return new ReadReport($"CycloneDX {root["specVersion"].Text()}", ResourceKind.Bill, [new ReportedFact(main?["name"].Text(), fact)], ReportReader.Count(parts.Count, "component"));
    }

    private static IEnumerable<JsonObject> Parts(JsonNode? components)
    {
        foreach (var part in components.Objects())
        {
            yield return part;
            foreach (var inner in Parts(part["components"])) yield return inner;
        }
    }
}
