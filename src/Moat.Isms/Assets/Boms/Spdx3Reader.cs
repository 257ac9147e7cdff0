using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Reads SPDX 3.0 JSON-LD with the AI and dataset profiles. Files stand for the package that contains them, since a
/// model's weights file that was trained on a data file says that the model was trained on the dataset.
/// </summary>
internal static class Spdx3Reader
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["ai_AIPackage"] = "model",
        ["dataset_DatasetPackage"] = "dataset",
    };

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["trainedOn"] = LinkTypes.TrainedOn,
        ["testedOn"] = LinkTypes.DependsOn,
        ["dependsOn"] = LinkTypes.DependsOn,
    };

    // Elements that are read, counted or only frame the others.
    private static readonly HashSet<string> Known =
    [
        "SpdxDocument",
        "CreationInfo",
        "Relationship",
        "ai_AIPackage",
        "dataset_DatasetPackage",
        "software_Package",
        "software_File",
    ];

    public static BomDocument Read(JsonElement root)
    {
        if (!IsSpdx3(root))
            throw BomReader.Wrong("$.@context", "This JSON-LD is not SPDX 3.0 (its context is not of spdx.org/rdf/3).");
        var elements = root.List("@graph", "$").ToList();
        if (elements.Count == 0)
            throw BomReader.Wrong("$.@graph", "The document has no elements.");
        var assets = new Dictionary<string, BomAsset>();
        var remarks = new BomRemarks();
        var ids = Ids(elements);
        string? document = null;
        var others = 0;
        foreach (var (element, place) in elements)
        {
            var type = element.Text("type") ?? throw BomReader.Wrong($"{place}.type", "An element needs a type.");
            if (type == "SpdxDocument")
                document ??= WorldWide(element.Text("spdxId")) ?? AboutOf(element);
            if (Kinds.TryGetValue(type, out var kind))
                Take(element, kind, place, assets, remarks);
            else if (type is "software_Package" or "software_File")
                others++;
        }
        var container = new Dictionary<string, string>();
        var relations = Relations(elements, assets, ids, container, remarks);
        var versions = new BomVersions(remarks);
        new Spdx3Versions(elements, id => PackageOf(id, container, assets), remarks).Read(assets, versions);
        versions.Follow(relations);
        var identity = BomIdentity.Of(document, assets.Values);
        return new BomDocument("SPDX 3.0", identity, identity.Key, [.. assets.Values], [.. relations], others)
        {
            Versions = versions.All,
            Descents = versions.Descents,
            Remarks =
            [
                .. new[] { NotRead(elements), "SPDX is not held against a schema here." }.OfType<string>(),
                .. document is null ? [BomIdentity.Remark] : Array.Empty<string>(),
                .. remarks.Some,
            ],
        };
    }

    /// <summary>An id that means the same everywhere; null for one that is good within its file only, which another
    /// file may use for something else.</summary>
    private static string? WorldWide(string? id) =>
        id is not null
        && !id.StartsWith("_:", StringComparison.Ordinal)
        && id.IndexOf(':', StringComparison.Ordinal) > 0
            ? id
            : null;

    /// <summary>What a document without an id of its own is about, where it says so by such ids.</summary>
    private static string? AboutOf(JsonElement document)
    {
        var about =
            document.TryGetProperty("rootElement", out var roots) && roots.ValueKind == JsonValueKind.Array
                ? roots
                    .EnumerateArray()
                    .Select(r => r.ValueKind == JsonValueKind.String ? WorldWide(r.GetString()) : null)
                    .ToList()
                : [];
        return about.Count == 0 || about.Contains(null) ? null : string.Join(", ", about.Order(StringComparer.Ordinal));
    }

    private static string? NotRead(IReadOnlyList<(JsonElement Element, string Place)> elements)
    {
        var types = elements.Select(e => e.Element.Text("type")!).Where(t => !Known.Contains(t));
        var meanings = elements
            .Select(e => e.Element.Text("relationshipType"))
            .OfType<string>()
            .Where(m => m != "contains" && !Meanings.ContainsKey(m) && !Spdx3Versions.Reads(m))
            .Select(m => $"relationships {m}");
        return ReadParts.Named(types.Concat(meanings).GroupBy(n => n.Cut(80)).ToDictionary(g => g.Key, g => g.Count()));
    }

    private static HashSet<string> Ids(List<(JsonElement Element, string Place)> elements)
    {
        var ids = new HashSet<string>();
        foreach (var (element, place) in elements)
            if (element.Text("spdxId") is { } id && !ids.Add(id))
                throw BomReader.Wrong($"{place}.spdxId", $"'{id.Cut(80)}' is used twice.");
        return ids;
    }

    private static void Take(
        JsonElement element,
        string kind,
        string place,
        Dictionary<string, BomAsset> assets,
        BomRemarks remarks
    )
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
            BomRemarks.Whole(WorldWide(id) ?? $"{kind}:{name}#{id}", 500, $"{place}.spdxId"),
            kind,
            BomRemarks.Whole(name, 200, $"{place}.name"),
            said.Length == 0 ? null : remarks.Shortened(said + ".", 4000, $"the description of {place}"),
            remarks.Shortened(element.Text("software_downloadLocation"), 1000, $"the address of {place}"),
            remarks.Level(
                element.Text("dataset_confidentialityLevel"),
                LevelOf,
                $"{place}.dataset_confidentialityLevel"
            )
        );
    }

    /// <summary>The colours of the Traffic Light Protocol (SPDX 3.0, ConfidentialityLevelType).</summary>
    private static int? LevelOf(string colour) =>
        colour switch
        {
            "clear" => 1,
            "green" => 2,
            "amber" => 3,
            "red" => 4,
            _ => null,
        };

    private static HashSet<BomRelation> Relations(
        List<(JsonElement Element, string Place)> elements,
        Dictionary<string, BomAsset> assets,
        HashSet<string> ids,
        Dictionary<string, string> container,
        BomRemarks remarks
    )
    {
        var found = new List<(string From, string Meaning, string To)>();
        foreach (var (element, place) in elements)
        {
            if (element.Text("relationshipType") is not { } type)
            {
                if (element.Text("type") == "Relationship")
                    throw BomReader.Wrong($"{place}.relationshipType", "A relationship needs a type.");
                continue;
            }
            if (type != "contains" && !Meanings.ContainsKey(type))
                continue;
            var from =
                element.Text("from") ?? throw BomReader.Wrong($"{place}.from", "The id of an element is needed.");
            if (!ids.Contains(from))
                remarks.Missing(from, $"{place}.from");
            var ends = element.List("to", place).ToList();
            if (ends.Count == 0)
                throw BomReader.Wrong($"{place}.to", "The id of an element is needed.");
            foreach (var (to, toPlace) in ends)
            {
                if (to.ValueKind != JsonValueKind.String)
                    throw BomReader.Wrong(toPlace, "The id of an element is needed.");
                var id = to.GetString()!.Trim();
                if (!ids.Contains(id) && !IsNone(id))
                    remarks.Missing(id, toPlace);
                if (type == "contains")
                    container.TryAdd(id, from);
                else
                    found.Add((from, Meanings[type], id));
            }
        }
        var relations = new HashSet<BomRelation>();
        foreach (var (from, meaning, to) in found)
            if (
                PackageOf(from, container, assets) is { } source
                && PackageOf(to, container, assets) is { } target
                && source != target
            )
                relations.Add(new BomRelation(source, meaning, target));
        relations.RemoveWhere(r =>
            r.Type == LinkTypes.DependsOn && relations.Contains(r with { Type = LinkTypes.TrainedOn })
        );
        return relations;
    }

    private static string? PackageOf(
        string id,
        Dictionary<string, string> container,
        Dictionary<string, BomAsset> assets
    )
    {
        for (var steps = 0; steps < 32; steps++)
        {
            if (assets.TryGetValue(id, out var asset))
                return asset.Key;
            if (!container.TryGetValue(id, out var outer))
                return null;
            id = outer;
        }
        return null;
    }

    /// <summary>
    /// The individuals that say that there is nothing, or that nothing is said (SPDX 3.0, NoneElement and
    /// NoAssertionElement).
    /// </summary>
    private static bool IsNone(string id) =>
        id.EndsWith("NoneElement", StringComparison.Ordinal)
        || id.EndsWith("NoAssertionElement", StringComparison.Ordinal);

    private static bool IsSpdx3(JsonElement root)
    {
        if (!root.TryGetProperty("@context", out var context))
            return false;
        var addresses =
            context.ValueKind == JsonValueKind.Array ? context.EnumerateArray() : Enumerable.Repeat(context, 1);
        return addresses.Any(a =>
            a.ValueKind == JsonValueKind.String && a.GetString()!.Contains("spdx.org/rdf/3", StringComparison.Ordinal)
        );
    }
}
