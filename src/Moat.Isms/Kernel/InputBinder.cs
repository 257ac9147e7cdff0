using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Kernel;

/// <summary>
/// The one binder of all doors: forms, REST, MCP and the command line turn what they got into a JSON object, and this
/// makes the input record. Unknown, missing and null fields and wrong types are refused with the field's name.
/// </summary>
public static class InputBinder
{
    /// <summary>Deepest nesting that an input may have.</summary>
    public const int MaxDepth = 32;

    /// <summary>How inputs and views look as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = Make();

    /// <summary>Makes the input record. Throws <see cref="InputInvalid"/> that names the field.</summary>
    public static object Bind(Type inputType, JsonObject values)
    {
        try
        {
            GivenContentJson.TakeOut(inputType, values);
            return GivenContentJson.Carry(() => values.Deserialize(inputType, Json))
                ?? throw new InputInvalid("body", "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw Missing(e) is { Count: > 0 } missing
                ? new InputInvalid([.. missing.Select(m => new FieldError(m, "This is needed."))])
                : new InputInvalid(FieldOf(e, values), Say(e));
        }
    }

    /// <summary>
    /// Turns form values and command-line options, which are all text, into a JSON object: empty means absent,
    /// "true"/"on" and "false" become booleans where the input wants one, several values or a list property become a
    /// list.
    /// </summary>
    public static JsonObject FromText(Type inputType, IEnumerable<KeyValuePair<string, string>> values)
    {
        var json = new JsonObject();
        var properties = Json.GetTypeInfo(inputType)
            .Properties.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var group in values.Where(v => v.Value.Length > 0).GroupBy(v => v.Key, v => v.Value))
        {
            var property = properties.GetValueOrDefault(group.Key);
            json[property?.Name ?? group.Key] = property is null
                ? group.Last()
                : Text(property.PropertyType, [.. group]);
        }
        return json;
    }

    private static JsonNode Text(Type type, List<string> values)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(bool))
            return values[^1] is "true" or "on" or "yes";
        if (bare == typeof(string) || bare.IsPrimitive || bare.IsEnum || bare.IsValueType)
            return values[^1];
        if (values is [['[' or '{', ..] text])
            return ParseNode(text);
        return new JsonArray([.. values.Select(v => (JsonNode)v)]);
    }

    private static JsonNode ParseNode(string text)
    {
        try
        {
            return GivenJson.Read(text)!;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    // The serializer names all that are missing, each between quotes, behind the name of the type.
    private static List<string> Missing(JsonException e) =>
        e.Message.Contains("missing required", StringComparison.Ordinal)
            ? [.. e.Message.Split('\'').Where((_, i) => i > 1 && i % 2 == 1)]
            : [];

    private static string FieldOf(JsonException e, JsonObject values)
    {
        if (e.Path is { Length: > 2 } path)
            return path[2..];
        var quoted = e.Message.Split('\'');
        return e.Message.Contains("could not be mapped", StringComparison.Ordinal) && quoted.Length > 1 ? quoted[1]
            : values.Count > 0 ? values.First().Key
            : "body";
    }

    private static string Say(JsonException e) =>
        e.Message switch
        {
            var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "There is no such field.",
            var m
                when m.Contains("doesn't allow setting null", StringComparison.Ordinal)
                    || m.Contains("does not allow null", StringComparison.Ordinal) => "This may not be null.",
            var m when m.Contains("maximum configured depth", StringComparison.Ordinal) => "This is nested too deeply.",
            _ => "This value does not fit the field.",
        };

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            AllowDuplicateProperties = false,
            MaxDepth = MaxDepth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
