using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moat.Server.Doors.Scim;

/// <summary>Applies a patch (RFC 7644, 3.5.2) to a resource, as leniently as identity providers write one.</summary>
internal static partial class ScimPatch
{
    private const int MostOperations = 1000;

    public static void Apply(JsonObject resource, JsonObject patch)
    {
        if (ScimValues.Member(patch, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
            throw ScimFault.Value("A patch has operations, at most 1,000.");
        foreach (var operation in operations)
        {
            if (operation is not JsonObject one)
                throw ScimFault.Value("An operation is an object.");
            var (verb, path, value) = (
                ScimValues.Text(ScimValues.Member(one, "op"))?.ToLowerInvariant(),
                ScimValues.Text(ScimValues.Member(one, "path")),
                ScimValues.Member(one, "value")
            );
            if (verb is not ("add" or "replace" or "remove"))
                throw new ScimFault(
                    StatusCodes.Status400BadRequest,
                    "invalidSyntax",
                    "An operation is add, replace or remove."
                );
            if (path is not null)
                One(resource, verb, path, value);
            else if (value is JsonObject members)
                foreach (var (name, member) in members)
                    One(resource, verb, name, member);
            else
                throw new ScimFault(
                    StatusCodes.Status400BadRequest,
                    "noTarget",
                    "An operation without a path has an object as its value."
                );
        }
    }

    private static void One(JsonObject resource, string verb, string path, JsonNode? value)
    {
        var match = Path().Match(path);
        if (!match.Success)
            throw ScimFault.Path($"'{path}' is no path.");
        var parts = ScimValues.Parts(match.Groups["name"].Value);
        var at = resource;
        foreach (var part in parts.SkipLast(1))
        {
            if (ScimValues.Member(at, part) is not JsonObject inner)
                ScimValues.Set(at, part, inner = []);
            at = inner;
        }
        if (match.Groups["filter"].Success)
            Chosen(
                at,
                parts[^1],
                ScimFilter.Read(match.Groups["filter"].Value),
                match.Groups["sub"].Value,
                verb,
                value
            );
        else if (verb == "remove")
            Remove(at, parts[^1], value);
        else
            Put(at, parts[^1], verb, value);
    }

    private static void Put(JsonObject at, string name, string verb, JsonNode? value)
    {
        var known = ScimValues.Member(at, name);
        if (verb == "add" && known is JsonArray list)
            foreach (var item in value is JsonArray many ? many : [value?.DeepClone()])
                AddOnce(list, item);
        else if (known is JsonObject into && value is JsonObject members)
            foreach (var (member, of) in members)
                ScimValues.Set(into, member, of?.DeepClone());
        else
            ScimValues.Set(at, name, value?.DeepClone());
    }

    private static void AddOnce(JsonArray list, JsonNode? item)
    {
        if (!list.Any(known => Same(known, item)))
            list.Add(item?.DeepClone());
    }

    /// <summary>Some name what is to be removed from a list by value instead of by a filter.</summary>
    private static void Remove(JsonObject at, string name, JsonNode? value)
    {
        if (value is null || ScimValues.Member(at, name) is not JsonArray list)
            ScimValues.Set(at, name, null);
        else
            foreach (
                var gone in list.Where(known =>
                        (value is JsonArray many ? many : [value.DeepClone()]).Any(v => Same(known, v))
                    )
                    .ToList()
            )
                list.Remove(gone);
    }

    private static void Chosen(
        JsonObject at,
        string name,
        Func<JsonNode, bool> filter,
        string sub,
        string verb,
        JsonNode? value
    )
    {
        if (ScimValues.Member(at, name) is not JsonArray list)
            ScimValues.Set(at, name, list = []);
        var chosen = list.Where(i => i is not null && filter(i)).ToList();
        if (verb == "remove" && sub.Length == 0)
            foreach (var gone in chosen)
                list.Remove(gone);
        else
            foreach (var item in chosen.OfType<JsonObject>())
                if (sub.Length > 0)
                    ScimValues.Set(item, sub, verb == "remove" ? null : value?.DeepClone());
                else if (value is JsonObject members)
                    foreach (var (member, of) in members)
                        ScimValues.Set(item, member, of?.DeepClone());
        // emails[type eq "work"].value for somebody who has none: the value alone matters here.
        if (chosen.Count == 0 && verb != "remove" && sub.Length > 0)
            list.Add(new JsonObject { [sub] = value?.DeepClone() });
    }

    private static bool Same(JsonNode? one, JsonNode? other) => Key(one) == Key(other);

    private static string Key(JsonNode? node) =>
        node is JsonObject o && ScimValues.Member(o, "value") is { } value
            ? value.ToJsonString().ToLowerInvariant()
            : node?.ToJsonString() ?? "";

    [GeneratedRegex(
        @"^(?<name>[A-Za-z$][A-Za-z0-9_$:.\-]*)(\[(?<filter>.+)\](\.(?<sub>[A-Za-z$][A-Za-z0-9_$\-]*))?)?$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Path();
}
