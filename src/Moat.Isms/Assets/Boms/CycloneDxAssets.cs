using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>The assets that one bill tells of, each once, and how they hang together.</summary>
internal sealed class CycloneDxAssets(BomRemarks remarks)
{
    private readonly Dictionary<string, BomAsset> _byKey = [];
    private readonly Dictionary<string, string> _keyByRef = [];
    private readonly HashSet<string> _refs = [];

    /// <summary>The assets, in the order of the bill.</summary>
    public IReadOnlyList<BomAsset> All => [.. _byKey.Values];

    /// <summary>Their relations.</summary>
    public HashSet<BomRelation> Relations { get; } = [];

    /// <summary>
    /// The asset with a reference; none for a component that does not become one. One that is not in the bill is
    /// said.
    /// </summary>
    public string? Named(string reference, string place)
    {
        if (!_refs.Contains(reference))
            remarks.Missing(reference, place);
        return _keyByRef.GetValueOrDefault(reference);
    }

    /// <summary>One needs the other; a model that needs data was trained on them.</summary>
    public void Relate(string from, string to)
    {
        var trained = _byKey[from].Kind == "model" && _byKey[to].Kind == "dataset";
        if (Relations.Contains(new BomRelation(to, LinkTypes.DeployedTo, from)))
            return;
        Relations.Add(new BomRelation(from, trained ? LinkTypes.TrainedOn : LinkTypes.DependsOn, to));
    }

    /// <summary>Keeps an asset, and under which reference it is named; tells its key.</summary>
    public string Keep(
        JsonElement element,
        string kind,
        string name,
        string? description,
        string? location,
        int? confidentiality,
        string place
    )
    {
        var group = element.Text("group");
        var isGrouped = group is not null && !name.StartsWith(group, StringComparison.Ordinal);
        var title = BomRemarks.Whole(
            isGrouped ? $"{group}/{name}" : name,
            200,
            isGrouped ? $"{place}.group and name" : $"{place}.name"
        );
        var key = CycloneDxWords.KeyOf(element, kind, name, place);
        var asset = new BomAsset(
            key,
            kind,
            title,
            remarks.Shortened(description, 4000, $"the description of {place}"),
            remarks.Shortened(location, 1000, $"the address of {place}"),
            confidentiality
        );
        if (!_byKey.TryAdd(key, asset) && _byKey[key] != asset)
            remarks.Say(
                "The same asset as an earlier part of the bill, which counts where they differ:",
                $"'{title.Cut(80)}' at {place}"
            );
        if (Remember(element, place) is { } reference)
            _keyByRef[reference] = key;
        return key;
    }

    /// <summary>The highest level that an element or one of its data says.</summary>
    public int? Classification(JsonElement element, string place) =>
        element
            .List("data", place)
            .Prepend((Element: element, Place: place))
            .Select(d => remarks.Level(d.Element.Text("classification"), Levels.Of, $"{d.Place}.classification"))
            .Max();

    /// <summary>The reference under which the bill names an element, which it may give only once.</summary>
    public string? Remember(JsonElement element, string place)
    {
        if (element.Text("bom-ref") is not { } reference)
            return null;
        if (!_refs.Add(reference) && !place.StartsWith("$.metadata", StringComparison.Ordinal))
            throw BomReader.Wrong($"{place}.bom-ref", $"'{reference.Cut(80)}' is used twice.");
        return reference;
    }
}
