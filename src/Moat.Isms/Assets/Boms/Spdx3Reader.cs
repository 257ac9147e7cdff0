using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Reads SPDX 3.0 JSON-LD with the AI and dataset profiles. Files stand for the package that contains them, since a model's weights
/// file that was trained on a data file says that the model was trained on the dataset.
/// </summary>
internal static class Spdx3Reader
{
    private static readonly Dictionary<string, string> Kinds = new() { ["ai_AIPackage"] = "model", ["dataset_DatasetPackage"] = "dataset" };

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["trainedOn"] = LinkTypes.TrainedOn,
        ["testedOn"] = LinkTypes.DependsOn,
        ["dependsOn"] = LinkTypes.DependsOn,
    };

    // Elements that are read, counted or only frame the others.
    private static readonly HashSet<string> Known =
        ["SpdxDocument", "CreationInfo", "Relationship", "ai_AIPackage", "dataset_DatasetPackage", "software_Package", "software_File"];

    public static BomDocument Read(JsonElement root)
    {
        if (!IsSpdx3(root)) throw BomReader.Wrong("$.@context", "This JSON-LD is not SPDX 3.0 (its context is not of spdx.org/rdf/3).");
        var elements = root.List("@graph", "$").ToList();
        if (elements.Count == 0) throw BomReader.Wrong("$.@graph", "The document has no elements.");
        var assets = new Dictionary<string, BomAsset>();
        var document = "unnamed";
        var others = 0;
        foreach (var (element, place) in elements)
        {
            var type = element.Text("type") ?? throw BomReader.Wrong($"{place}.type", "An element needs a type.");
            if (type == "SpdxDocument") document = element.Text("spdxId") ?? document;
            if (Kinds.TryGetValue(type, out var kind)) Take(element, kind, place, assets);
            else if (type is "software_Package" or "software_File") others++;
        }
        return new BomDocument("SPDX 3.0", document.Cut(200), document.Cut(200), [.. assets.Values], [.. Relations(elements, assets)], others)
        {
            Remarks = [.. new[] { NotRead(elements), "SPDX is not held against a schema here." }.OfType<string>()],
        };
    }

    private static string? NotRead(IReadOnlyList<(JsonElement Element, string Place)> elements)
    {
        var types = elements.Select(e => e.Element.Text("type")!).Where(t => !Known.Contains(t));
        var meanings = elements.Select(e => e.Element.Text("relationshipType")).OfType<string>()
            .Where(m => m != "contains" && !Meanings.ContainsKey(m)).Select(m => $"relationships {m}");
        return ReadParts.Named(types.Concat(meanings).GroupBy(n => n.Cut(80)).ToDictionary(g => g.Key, g => g.Count()));
    }

    private static void Take(JsonElement element, string kind, string place, Dictionary<string, BomAsset> assets)
    {
        var id = element.Text("spdxId") ?? throw BomReader.Wrong($"{place}.spdxId", "A package needs an id.");
        var name = element.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A package needs a name.");
        var parts = new[]
        {
            element.Text("software_packageVersion") is { } version ? $"Version {version}" : null,
            element.Text("description"),
            element.Text("ai_informationAboutTraining") is { } training ? $"Training: {training}" : null,
            element.Text("dataset_dataCollectionProcess") is { } collected ? $"Collected: {collected}" : null,
        };
        var said = string.Join(". ", parts.OfType<string>().Select(p => p.TrimEnd('.')));
        assets[id] = new BomAsset(
            id.Cut(500), kind, name.Cut(200), said.Length == 0 ? null : (said + ".").Cut(4000), element.Text("software_downloadLocation")?.Cut(1000),
            element.Text("dataset_confidentialityLevel") switch { "clear" => 1, "green" => 2, "amber" => 3, "red" => 4, _ => null });
    }

    private static HashSet<BomRelation> Relations(IReadOnlyList<(JsonElement Element, string Place)> elements, Dictionary<string, BomAsset> assets)
    {
        var container = new Dictionary<string, string>();
        var found = new List<(string From, string Meaning, string To)>();
        foreach (var (element, place) in elements)
        {
            if (element.Text("relationshipType") is not { } type || element.Text("from") is not { } from) continue;
            foreach (var (to, toPlace) in element.List("to", place))
            {
                if (to.ValueKind != JsonValueKind.String) throw BomReader.Wrong(toPlace, "The id of an element is needed.");
                if (type == "contains") container.TryAdd(to.GetString()!, from);
                else if (Meanings.TryGetValue(type, out var meaning)) found.Add((from, meaning, to.GetString()!));
            }
        }
        var relations = new HashSet<BomRelation>();
        foreach (var (from, meaning, to) in found)
            if (PackageOf(from, container, assets) is { } source && PackageOf(to, container, assets) is { } target && source != target)
                relations.Add(new BomRelation(source, meaning, target));
        relations.RemoveWhere(r => r.Type == LinkTypes.DependsOn && relations.Contains(r with { Type = LinkTypes.TrainedOn }));
        return relations;
    }

    private static string? PackageOf(string id, Dictionary<string, string> container, Dictionary<string, BomAsset> assets)
    {
        for (var steps = 0; steps < 32; steps++)
        {
            if (assets.TryGetValue(id, out var asset)) return asset.Key;
            if (!container.TryGetValue(id, out var outer)) return null;
            id = outer;
        }
        return null;
    }

    private static bool IsSpdx3(JsonElement root)
    {
        if (!root.TryGetProperty("@context", out var context)) return false;
        var addresses = context.ValueKind == JsonValueKind.Array ? context.EnumerateArray() : Enumerable.Repeat(context, 1);
        return addresses.Any(a => a.ValueKind == JsonValueKind.String && a.GetString()!.Contains("spdx.org/rdf/3", StringComparison.Ordinal));
    }
}
