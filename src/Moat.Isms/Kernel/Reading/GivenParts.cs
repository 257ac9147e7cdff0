using System.Globalization;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Reading;

/// <summary>Takes parts of JSON that came from outside, where nothing is sure to be what it should.</summary>
internal static class GivenParts
{
    /// <summary>A member of what may be an object; nothing of what is none.</summary>
    internal static JsonNode? At(this JsonNode? node, string name) => (node as JsonObject)?[name];

    internal static string? Text(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    internal static bool? Flag(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    internal static IEnumerable<JsonObject> Objects(this JsonNode? node) =>
        (node as JsonArray)?.OfType<JsonObject>() ?? [];

    internal static string Count(int number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");

    internal static JsonArray List(IEnumerable<string?> values, int most) =>
        [.. values.OfType<string>().Distinct().Take(most).Select(v => (JsonNode)v)];
}
