using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Moat.Knowledge.Checks;

/// <summary>
/// A JSON Schema that can be a rule. Keywords and formats that the validator would pass over are refused, so that no
/// part of a rule is silently true; patterns are matched without backtracking, so that none can hold up the server;
/// nothing outside is ever fetched.
/// </summary>
internal sealed class RuleSchema
{
    private const int LongestPattern = 500;

    private static readonly HashSet<string> Understood =
    [
        "$schema",
        "title",
        "description",
        "type",
        "enum",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minProperties",
        "maxProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
    ];

    private static readonly HashSet<string> Formats =
    [
        "date",
        "date-time",
        "time",
        "email",
        "ipv4",
        "ipv6",
        "hostname",
        "uri",
        "uuid",
        "guid",
        "byte",
        "base64",
    ];

    private readonly JsonSchemaValidatorSettings _settings = new();
    private readonly JsonSchema _schema;
    private int _patterns;

    /// <summary>Reads the schema. Throws <see cref="RuleInvalid"/> with the field's name.</summary>
    public RuleSchema(string text, string field)
    {
        try
        {
            var schema = JObject.Parse(text);
            Take(schema, field);
            _schema = JsonSchema
                .FromJsonAsync(schema.ToString(Newtonsoft.Json.Formatting.None), "", root => new NoReferences(root))
                .GetAwaiter()
                .GetResult();
        }
        catch (Exception e)
            when (e
                    is Newtonsoft.Json.JsonException
                        or InvalidOperationException
                        or NotSupportedException
                        or ArgumentException
            )
        {
            throw new RuleInvalid(field, $"This is not a JSON Schema: {e.Message}");
        }
    }

    /// <summary>What of the value does not satisfy the schema.</summary>
    public ICollection<ValidationError> Faults(JToken value) =>
        _schema.Validate(value, SchemaType.JsonSchema, _settings);

    private void Take(JObject schema, string field)
    {
        foreach (var (name, value) in schema)
        {
            if (!Understood.Contains(name))
                throw new RuleInvalid(
                    field,
                    $"The keyword '{name}' is not evaluated here. For one value write \"enum\": [value]."
                );
            // The validator takes nought here for "no limit".
            if (name is "maxItems" or "maxProperties" && value is { Type: JTokenType.Integer } && (long)value == 0)
                throw new RuleInvalid(
                    field,
                    $"'{name}': 0 is not evaluated here. Let the fact tell a count, and give that a \"maximum\": 0."
                );
            if (name == "format" && !(value is { Type: JTokenType.String } && Formats.Contains((string)value!)))
                throw new RuleInvalid(
                    field,
                    $"This format is not evaluated here. Use one of {string.Join(", ", Formats)}, or a pattern."
                );
            foreach (var child in Children(name, value, field))
                Take(child, field);
        }
        if (schema.Property("pattern", StringComparison.Ordinal) is { } pattern)
            Match(schema, pattern, field);
    }

    // The validator matches patterns with backtracking. It is given a format of ours in each one's place.
    private void Match(JObject schema, JProperty pattern, string field)
    {
        if (pattern.Value is not { Type: JTokenType.String } || ((string)pattern.Value!).Length > LongestPattern)
            throw new RuleInvalid(field, $"'pattern' is a regular expression of at most {LongestPattern} characters.");
        var format = new LinearPattern($"pattern-{_patterns++}", (string)pattern.Value!, field);
        _settings.AddCustomFormatValidator(format);
        pattern.Remove();
        if (schema["allOf"] is not JArray all)
            schema["allOf"] = all = [];
        all.Add(new JObject { ["format"] = format.Format });
    }

    private static IEnumerable<JObject> Children(string name, JToken? value, string field) =>
        name switch
        {
            "properties" => (
                value as JObject ?? throw new RuleInvalid(field, "'properties' is a map of names to schemas.")
            )
                .Properties()
                .Select(p => p.Value as JObject ?? throw new RuleInvalid(field, $"'{p.Name}' needs a schema.")),
            "items" or "not" => [value as JObject ?? throw new RuleInvalid(field, $"'{name}' needs one schema.")],
            "additionalProperties" => value switch
            {
                JObject one => [one],
                { Type: JTokenType.Boolean } => [],
                _ => throw new RuleInvalid(field, "'additionalProperties' is true, false or a schema."),
            },
            "allOf" or "anyOf" or "oneOf" => (
                value as JArray ?? throw new RuleInvalid(field, $"'{name}' is a list of schemas.")
            ).Select(c => c as JObject ?? throw new RuleInvalid(field, $"'{name}' is a list of schemas.")),
            _ => [],
        };

    private sealed class LinearPattern : NJsonSchema.Validation.FormatValidators.IFormatValidator
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
        private readonly Regex _regex;

        public LinearPattern(string format, string pattern, string field)
        {
            Format = format;
            try
            {
                _regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new RuleInvalid(
                    field,
                    $"The pattern '{pattern}' cannot be used: it is not a regular expression, or it looks ahead, looks behind or refers back, "
                        + "which may take for ever."
                );
            }
        }

        public string Format { get; }

        public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

        public bool IsValid(string value, JTokenType tokenType) => _regex.IsMatch(value);
    }

    private sealed class NoReferences(JsonSchema root)
        : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override Task<NJsonSchema.References.IJsonReference> ResolveUrlReferenceAsync(
            string url,
            CancellationToken cancellationToken = default
        ) => throw Refused();

        public override Task<NJsonSchema.References.IJsonReference> ResolveFileReferenceAsync(
            string filePath,
            CancellationToken cancellationToken = default
        ) => throw Refused();

        private static InvalidOperationException Refused() => new("a schema does not refer to another; write it out.");
    }
}
