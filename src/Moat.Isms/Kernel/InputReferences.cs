using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel;

/// <summary>
/// Tells which field of an input named a record that is not there. The record that the operation is about is not among
/// them.
/// </summary>
internal static class InputReferences
{
    private const string About = "ref";

    /// <summary>The error with its field, or nothing when no other field than the record itself named it.</summary>
    public static InputInvalid? Blame(object input, NotFound missing)
    {
        var given = JsonSerializer.SerializeToNode(input, input.GetType(), InputBinder.Json) as JsonObject;
        if (given?[About] is JsonValue about && Names(about, missing))
            return null;
        return given is not null && Field(given, "", missing) is { } field
            ? new InputInvalid(field, missing.Message)
            : null;
    }

    private static string? Field(JsonNode? node, string path, NotFound missing) =>
        node switch
        {
            JsonValue value => Names(value, missing) ? path : null,
            JsonArray list => list.Select((item, index) => Field(item, $"{path}[{index}]", missing))
                .FirstOrDefault(f => f is not null),
            JsonObject record => record
                .Select(p => Field(p.Value, path.Length == 0 ? p.Key : $"{path}.{p.Key}", missing))
                .FirstOrDefault(f => f is not null),
            _ => null,
        };

    private static bool Names(JsonValue value, NotFound missing) =>
        value.TryGetValue<string>(out var text) && text == missing.What;
}
