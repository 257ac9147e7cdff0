using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Moat.Isms.Kernel;

namespace Moat.Faults;

/// <summary>
/// Draws inputs that fit the schema of an operation in form, with contents that people and programs do send and nobody
/// expects.
/// </summary>
internal sealed class DrawnInput(Random random)
{
    private const int Deepest = 4;

    private static readonly string[] Texts =
    [
        "",
        " ",
        "Weights of the triage model",
        "'; DROP TABLE asset; --",
        "<script>alert(1)</script>",
        "{{#each @root.controls}}{{this}}{{/each}}",
        "../../etc/passwd",
        "\u202Egnirts",
        "🧪🧪🧪",
        "٢٠٢٦-١١-٢٩",
        "2026-11-29",
        "9999-12-31",
        "0001-01-01",
        "2026-11-29T12:00:00Z",
        "NaN",
        "-0",
        "1e309",
        "null",
        "true",
        "RISK-1",
        "AST-1",
        "A.8.28",
        "EVD-1",
        "DOC-1",
        "00000000-0000-0000-0000-000000000000",
        "ada@acme.example",
        "http://127.0.0.1:1/",
        "%00%ff",
        "^(a+)+$",
        "{\"$ref\":\"http://127.0.0.1:1/\"}",
    ];

    private readonly Dictionary<Type, JsonNode?> _schemas = [];

    /// <summary>An input of the type: each field left out at times.</summary>
    public JsonObject Of(Type type)
    {
        if (!_schemas.TryGetValue(type, out var schema))
            _schemas[type] = schema = InputBinder.Json.GetJsonSchemaAsNode(type);
        return Draw(schema, 0) as JsonObject ?? [];
    }

    private JsonNode? Draw(JsonNode? schema, int depth)
    {
        if (schema is not JsonObject said)
            return Text();
        if (said["enum"] is JsonArray { Count: > 0 } words)
            return random.Next(8) == 0 ? Text() : words[random.Next(words.Count)]?.DeepClone();
        return Kind(said["type"]) switch
        {
            "object" => Fields(said, depth),
            "array" => new JsonArray([
                .. Enumerable
                    .Range(0, depth > Deepest ? 0 : random.Next(4))
                    .Select(_ => Draw(said["items"], depth + 1)),
            ]),
            "integer" => random.Next(6) switch
            {
                0 => int.MaxValue,
                1 => -1,
                2 => 0,
                3 => JsonValue.Create(1.5),
                _ => random.Next(1, 6),
            },
            "number" => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-3, 20))),
            "boolean" => random.Next(2) == 0,
            _ => Text(),
        };
    }

    private JsonObject Fields(JsonObject schema, int depth)
    {
        var made = new JsonObject();
        if (depth > Deepest || schema["properties"] is not JsonObject fields)
            return made;
        foreach (var (name, field) in fields)
            if (random.Next(10) > 1)
                made[name] = random.Next(20) == 0 ? null : Draw(field, depth + 1);
        return made;
    }

    private JsonNode Text() =>
        random.Next(40) switch
        {
            0 => new string('x', 100_000),
            1 => random.Next(),
            2 => new JsonArray(1, "two"),
            3 => Convert.ToBase64String(Encoding(random.Next(200))),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Texts[random.Next(Texts.Length)]}"),
        };

    private byte[] Encoding(int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string? Kind(JsonNode? type) =>
        type switch
        {
            JsonArray several => several.Select(t => (string?)t).FirstOrDefault(t => t != "null"),
            JsonValue one => (string?)one,
            _ => null,
        };
}
