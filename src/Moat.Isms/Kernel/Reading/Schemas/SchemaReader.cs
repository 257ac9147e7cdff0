using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>
/// Reads published schemas (JSON Schema draft-07 and 2020-12) with the keywords that they use. A keyword that is not
/// understood stops it, so that no rule of a standard is passed over in silence; references go to the schemas at hand
/// and nowhere else.
/// </summary>
internal sealed class SchemaReader(IReadOnlyDictionary<string, JsonElement> documents)
{
    private static readonly HashSet<string> Evaluated =
    [
        "$ref",
        "type",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "additionalItems",
        "minItems",
        "maxItems",
        "uniqueItems",
        "enum",
        "const",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
    ];

    // They say something to people and tools, and nothing about whether a value fits.
    private static readonly HashSet<string> Notes =
    [
        "$schema",
        "$id",
        "$comment",
        "title",
        "description",
        "default",
        "examples",
        "definitions",
        "deprecated",
        "meta:enum",
        "contentEncoding",
    ];

    private readonly Dictionary<string, SchemaNode> _read = new(StringComparer.Ordinal);

    /// <summary>The schema of a document, or a part of it.</summary>
    /// <param name="document">The document's file name.</param>
    /// <param name="pointer">A JSON pointer into it; empty for the whole.</param>
    public SchemaNode Read(string document, string pointer = "")
    {
        var key = $"{document}#{pointer}";
        if (_read.TryGetValue(key, out var known))
            return known;
        // Kept before it is complete, because schemas refer to themselves.
        var reference = _read[key] = new SchemaNode();
        reference.Reference = Node(document, At(documents[document], pointer));
        return reference;
    }

    private SchemaNode Node(string document, JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return new SchemaNode { Always = schema.GetBoolean() };
        foreach (var keyword in schema.EnumerateObject())
            if (!Evaluated.Contains(keyword.Name) && !Notes.Contains(keyword.Name))
                throw new NotSupportedException($"The keyword '{keyword.Name}' of {document} is not evaluated.");
        // Before 2019-09, a reference stands alone: what is beside it counts for nothing (draft-07, 8.3).
        var target = schema.TryGetProperty("$ref", out var reference) ? Target(document, reference.GetString()!) : null;
        if (target is not null && IsDraft7(document))
            return new SchemaNode { Reference = target };
        JsonElement? Of(string name) => schema.TryGetProperty(name, out var value) ? value : null;
        SchemaNode? One(string name) => Of(name) is { } value ? Node(document, value) : null;
        SchemaNode[] Many(string name) =>
            Of(name) is { } value ? [.. value.EnumerateArray().Select(v => Node(document, v))] : [];
        int? Count(string name) => Of(name)?.GetInt32();
        JsonElement[]? choices = Of("const") is { } only ? [only] : Of("enum")?.EnumerateArray().ToArray();
        var isTuple = Of("items") is { ValueKind: JsonValueKind.Array };
        return new SchemaNode
        {
            Reference = target,
            Types = Of("type") is { } type ? Types(type) : JsonTypes.None,
            Required = Of("required") is { } names ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [],
            Properties = Of("properties") is { } properties
                ? properties
                    .EnumerateObject()
                    .ToDictionary(p => p.Name, p => Node(document, p.Value), StringComparer.Ordinal)
                : new Dictionary<string, SchemaNode>(),
            AdditionalProperties = One("additionalProperties"),
            Items = isTuple ? null : One("items"),
            FirstItems = isTuple ? Many("items") : [],
            AdditionalItems = isTuple ? One("additionalItems") : null,
            MinItems = Count("minItems"),
            MaxItems = Count("maxItems"),
            UniqueItems = Of("uniqueItems") is { ValueKind: JsonValueKind.True },
            Enum = choices,
            EnumTexts =
                choices?.Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!).ToHashSet() ?? [],
            Pattern = Of("pattern") is { } pattern ? Pattern(pattern.GetString()!) : null,
            Format = Of("format")?.GetString(),
            MinLength = Count("minLength"),
            MaxLength = Count("maxLength"),
            Minimum = Of("minimum")?.GetDouble(),
            Maximum = Of("maximum")?.GetDouble(),
            AllOf = Many("allOf"),
            AnyOf = Many("anyOf"),
            OneOf = Many("oneOf"),
            Not = One("not"),
            If = One("if"),
            Then = One("then"),
            Else = One("else"),
        };
    }

    private bool IsDraft7(string document) =>
        documents[document].TryGetProperty("$schema", out var draft)
        && draft.GetString()!.Contains("draft-07", StringComparison.Ordinal);

    private SchemaNode Target(string document, string reference)
    {
        var at = reference.IndexOf('#', StringComparison.Ordinal);
        var (file, pointer) = at < 0 ? (reference, "") : (reference[..at], reference[(at + 1)..]);
        return Read(file.Length == 0 ? document : file, pointer);
    }

    private static JsonElement At(JsonElement document, string pointer)
    {
        var at = document;
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at =
                at.ValueKind == JsonValueKind.Array
                    ? at[int.Parse(part, CultureInfo.InvariantCulture)]
                    : at.GetProperty(part);
        return at;
    }

    // Without backtracking, so that no text can take for ever. ECMA-262 ends a text at $ where .NET would allow a line
    // break.
    private static Regex Pattern(string pattern) =>
        new(
            pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal)
                ? $"{pattern[..^1]}\\z"
                : pattern,
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
        );

    private static JsonTypes Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Aggregate(JsonTypes.None, (all, t) => all | Types(t))
            : type.GetString() switch
            {
                "null" => JsonTypes.Null,
                "boolean" => JsonTypes.Boolean,
                "object" => JsonTypes.Object,
                "array" => JsonTypes.Array,
                "number" => JsonTypes.Number | JsonTypes.Integer,
                "integer" => JsonTypes.Integer,
                "string" => JsonTypes.Text,
                var other => throw new NotSupportedException($"There is no type '{other}'."),
            };
}
