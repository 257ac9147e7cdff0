using System.Text.Json.Nodes;

namespace Moat.Collectors.Http;

/// <summary>
/// Reads JSON without trusting its form: what is not there, and what is something else, is null or empty.
/// </summary>
internal static class Lenient
{
    /// <summary>A member of an object; of everything else there is none.</summary>
    public static JsonNode? At(this JsonNode? node, string name) => (node as JsonObject)?[name];

    public static string? Text(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static long? Number(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static JsonObject? Object(this JsonNode? node) => node as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonNode? node) =>
        (node as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>
    /// Names with values, written as an object or as a list of <c>key</c> and <c>value</c>, in the order of the names.
    /// </summary>
    public static IReadOnlyList<(string Key, string Value)> Pairs(this JsonNode? node)
    {
        var pairs = node is JsonObject map
            ? map.Select(p => (p.Key, p.Value?.ToString() ?? ""))
            : node.Objects()
                .Where(p => p["key"].Text() is not null)
                .Select(p => (p["key"].Text()!, p["value"]?.ToString() ?? ""));
        return [.. pairs.OrderBy(p => p.Item1, StringComparer.Ordinal)];
    }

    /// <summary>The value, or null together with the reason why it is not known.</summary>
    public static void Unknown(this JsonObject fact, string name, string why)
    {
        fact[name] = null;
        fact.Doubt(name, why);
    }

    /// <summary>Why a part of the value is not known, or not for certain.</summary>
    public static void Doubt(this JsonObject fact, string name, string why)
    {
        if (fact["unknown"] is not JsonObject reasons)
            fact["unknown"] = reasons = [];
        reasons[name] = why;
    }

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];
}
