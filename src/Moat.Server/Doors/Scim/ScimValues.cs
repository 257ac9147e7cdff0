using System.Text.Json.Nodes;

namespace Moat.Server.Doors.Scim;

/// <summary>Finds values in a resource by attribute names, which are not case-sensitive (RFC 7643, 2.1).</summary>
internal static class ScimValues
{
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static readonly string[] Cores =
    [
        "urn:ietf:params:scim:schemas:core:2.0:User:",
        "urn:ietf:params:scim:schemas:core:2.0:Group:",
    ];

    /// <summary>The parts of a name such as name.familyName, with a schema's name before it or without.</summary>
    public static IReadOnlyList<string> Parts(string path)
    {
        foreach (var core in Cores)
            if (path.StartsWith(core, StringComparison.OrdinalIgnoreCase))
                return path[core.Length..].Split('.');
        if (path.Equals(Enterprise, StringComparison.OrdinalIgnoreCase))
            return [Enterprise];
        return path.StartsWith(Enterprise + ":", StringComparison.OrdinalIgnoreCase)
            ? [Enterprise, .. path[(Enterprise.Length + 1)..].Split('.')]
            : path.Split('.');
    }

    /// <summary>Every value that a name stands for; of a list each of its elements.</summary>
    public static IEnumerable<JsonNode> At(JsonNode? node, IReadOnlyList<string> parts, int from = 0)
    {
        if (node is JsonArray list)
            return list.SelectMany(item => At(item, parts, from));
        if (node is null)
            return [];
        if (from == parts.Count)
            return [node];
        return node is JsonObject o ? At(Member(o, parts[from]), parts, from + 1) : [];
    }

    public static JsonNode? Member(JsonObject o, string name) =>
        o.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Whether a document says anything of an attribute, be it that it has no value.</summary>
    public static bool Has(JsonObject o, string name) =>
        o.Any(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Sets a member under the name that it has already, if it has one.</summary>
    public static void Set(JsonObject o, string name, JsonNode? value)
    {
        var known =
            o.Select(m => m.Key).FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
        if (value is null)
            o.Remove(known);
        else
            o[known] = value;
    }

    /// <summary>
    /// A text without blanks around it; null for one that is empty, which stands for no value (RFC 7643, 2.5).
    /// </summary>
    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0
            ? text.Trim()
            : null;

    /// <summary>
    /// A yes or no (RFC 7643, 2.3.2); some identity providers write it as text. Null for anything else.
    /// </summary>
    public static bool? Flag(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<bool>(out var flag) ? flag
        : bool.TryParse(Text(node), out var said) ? said
        : null;
}
