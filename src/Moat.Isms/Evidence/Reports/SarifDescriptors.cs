using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>What a reference of a SARIF log points at.</summary>
/// <param name="Found">The descriptors; several when the reference does not say which one it means.</param>
/// <param name="IsLost">Whether it points at a place that the log does not have.</param>
internal sealed record SarifTarget(IReadOnlyList<JsonObject> Found, bool IsLost);

/// <summary>
/// The rules or notifications that a run describes, in its driver and in its extensions (SARIF 2.1.0, 3.18 and 3.19). A
/// reference names one by its index, its GUID or its id, and the component it stands in (3.52, 3.54); the id may go on
/// below that of the rule (3.52.4).
/// </summary>
internal sealed class SarifDescriptors
{
    private readonly JsonObject? _driver;
    private readonly IReadOnlyList<JsonObject?> _extensions;
    private readonly string _list;
    private readonly ILookup<string, (JsonObject Home, JsonObject Descriptor)> _byId;
    private readonly ILookup<string, (JsonObject Home, JsonObject Descriptor)> _byGuid;

    public SarifDescriptors(JsonObject run, string list)
    {
        _list = list;
        _driver = run["tool"].At("driver") as JsonObject;
        _extensions = [.. (run["tool"].At("extensions") as JsonArray ?? []).Select(e => e as JsonObject)];
        var all = _extensions
            .Prepend(_driver)
            .OfType<JsonObject>()
            .SelectMany(home => home[list].Objects().Select(d => (Home: home, Descriptor: d)))
            .ToList();
        _byId = all.SelectMany(d => Ids(d.Descriptor).Select(id => (Id: id, Entry: d)))
            .ToLookup(d => d.Id, d => d.Entry, StringComparer.Ordinal);
        _byGuid = all.Where(d => d.Descriptor["guid"].Text() is not null)
            .ToLookup(d => d.Descriptor["guid"].Text()!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Follows a reference; an id or an index that stands beside it counts where it says none itself.
    /// </summary>
    public SarifTarget Find(JsonObject? reference, string? id = null, JsonNode? index = null)
    {
        id = reference.At("id").Text() ?? id;
        var at = Index(reference.At("index")) ?? Index(index);
        var guid = reference.At("guid").Text();
        var component = reference.At("toolComponent") as JsonObject;
        var home = component is null ? _driver : Home(component);
        var pointed =
            at is { } place ? (home?[_list] as JsonArray)?.ElementAtOrDefault(place) as JsonObject
            : guid is not null ? _byGuid[guid].Select(d => d.Descriptor).FirstOrDefault()
            : null;
        if (
            pointed is not null
            && (id is null || Ids(pointed).Any(own => id == own || id.StartsWith($"{own}/", StringComparison.Ordinal)))
        )
            return new SarifTarget([pointed], false);
        var named = Named(id, home);
        List<JsonObject> found = pointed is null ? [.. named] : [pointed, .. named];
        return new SarifTarget(
            found,
            found.Count == 0 && (at is not null || guid is not null || component is not null)
        );
    }

    /// <summary>
    /// Those of that id, or of the nearest one above it; in the component that was named before those elsewhere.
    /// </summary>
    private IEnumerable<JsonObject> Named(string? id, JsonObject? home)
    {
        for (var name = id; name is not null; name = name.LastIndexOf('/') is var cut and > 0 ? name[..cut] : null)
        {
            if (!_byId.Contains(name))
                continue;
            var here = _byId[name].Where(d => d.Home == home).ToList();
            return (here.Count > 0 ? here : _byId[name]).Select(d => d.Descriptor);
        }
        return [];
    }

    private JsonObject? Home(JsonObject component)
    {
        if (Index(component["index"]) is { } index)
            return _extensions.ElementAtOrDefault(index);
        var (guid, name) = (component["guid"].Text(), component["name"].Text());
        if (guid is null && name is null)
            return _driver;
        return _extensions
            .Prepend(_driver)
            .FirstOrDefault(c =>
                guid is not null
                    ? string.Equals(c.At("guid").Text(), guid, StringComparison.OrdinalIgnoreCase)
                    : c.At("name").Text() == name || c.At("fullName").Text() == name
            );
    }

    private static IEnumerable<string> Ids(JsonObject descriptor) =>
        ((descriptor["deprecatedIds"] as JsonArray)?.Select(d => d.Text()) ?? [])
            .Prepend(descriptor["id"].Text())
            .OfType<string>();

    /// <summary>An index; -1 says that there is none (3.7.4).</summary>
    internal static int? Index(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<int>(out var index) && index >= 0 ? index : null;
}
