using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moat.Fuzz;

/// <summary>
/// Makes inputs that nobody thought of from good ones: by bytes, by what stands between marks, and for JSON by its
/// grammar.
/// </summary>
internal static class Mutation
{
    private const int Largest = 2 * 1024 * 1024;

    private static readonly string[] Texts =
    [
        "",
        " ",
        "\u0000",
        "\ud83d",
        "\ud83d\ude00",
        "é",
        "\u202e",
        "ﬀ",
        "null",
        "true",
        "-1",
        "1e999",
        "99999999999999999999",
        "NaN",
        "{{ insert: param, a }}",
        "$ref",
        "../..",
        "%",
        "%zz",
        "<",
        "&amp;",
        "]]>",
        "'",
        "\"",
        "\\",
        "\n",
        "=cmd|' /C calc'!A0",
        "urn:uuid:1",
        "high",
        "HIGH",
        "error",
        "accepted",
        "__proto__",
        "2026-02-30T25:61:61Z",
    ];

    private static readonly string[] Marks =
    [
        "<",
        ">",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "'",
        "\n",
        "\t",
        ";",
        "=",
        "&",
        "-",
        "#",
        "|",
        "\u0000",
        "\ufeff",
        "*a",
        "&a ",
        "<!--",
        "<![CDATA[",
        "%",
    ];

    /// <summary>An input made from a seed by one to eight changes.</summary>
    public static byte[] Of(byte[] seed, Random random)
    {
        var bytes = seed;
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            bytes =
                bytes.Length > 0
                && bytes[0] is (byte)'{' or (byte)'['
                && random.Next(4) > 0
                && OfJson(bytes, random) is { } json
                    ? json
                    : OfBytes(bytes, random);
            if (bytes.Length > Largest)
                return bytes[..Largest];
        }
        return bytes;
    }

    /// <summary>A text that a format does not have.</summary>
    public static string Text(Random random) =>
        random.Next(5) switch
        {
            0 => new string((char)random.Next(32, 0x250), random.Next(1, 2000)),
            1 => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Texts[random.Next(Texts.Length)])),
            _ => Texts[random.Next(Texts.Length)],
        };

    private static byte[] OfBytes(byte[] bytes, Random random)
    {
        var (at, length) = (random.Next(bytes.Length + 1), 0);
        length = random.Next(Math.Min(64, bytes.Length - at) + 1);
        var (before, part, after) = (bytes[..at], bytes[at..(at + length)], bytes[(at + length)..]);
        byte[] Encoded(string text) => Encoding.UTF8.GetBytes(text);
        byte[] made = random.Next(7) switch
        {
            0 => [],
            1 => [.. part, .. part],
            2 => [(byte)random.Next(256)],
            3 => Encoded(Marks[random.Next(Marks.Length)]),
            4 => Encoded(Text(random)),
            5 =>
            [
                .. Enumerable
                    .Repeat(Encoded(Marks[random.Next(Marks.Length)]), random.Next(1, 3000))
                    .SelectMany(b => b),
            ],
            _ => [.. Enumerable.Repeat(part, random.Next(1, 400)).SelectMany(b => b)],
        };
        return random.Next(40) == 0 ? before : [.. before, .. made, .. after];
    }

    private static byte[]? OfJson(byte[] bytes, Random random)
    {
        try
        {
            var root = JsonNode.Parse(bytes);
            var places = new List<JsonNode>();
            Gather(root, places, 0);
            if (places.Count == 0)
                return null;
            Change(places[random.Next(places.Count)], places, random);
            return Encoding.UTF8.GetBytes(root!.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static void Gather(JsonNode? node, List<JsonNode> places, int depth)
    {
        if (depth > 100 || node is JsonValue or null)
            return;
        places.Add(node);
        foreach (var below in node is JsonObject members ? members.Select(m => m.Value) : (JsonArray)node)
            Gather(below, places, depth + 1);
    }

    private static void Change(JsonNode place, List<JsonNode> places, Random random)
    {
        if (place is JsonObject members && members.Count > 0)
        {
            var name = members.ElementAt(random.Next(members.Count)).Key;
            if (random.Next(6) == 0)
                members.Remove(name);
            else if (random.Next(6) == 0)
                members[Text(random).Replace('\ud83d', 'x')] = members[name]?.DeepClone();
            else
                members[name] = Value(members[name], places, random);
        }
        else if (place is JsonArray { Count: > 0 } list)
        {
            var at = random.Next(list.Count);
            if (random.Next(6) == 0)
                list.RemoveAt(at);
            else if (random.Next(4) == 0)
                for (var i = random.Next(1, 200); i > 0; i--)
                    list.Add(list[at]?.DeepClone());
            else
                list[at] = Value(list[at], places, random);
        }
    }

    private static JsonNode? Value(JsonNode? now, List<JsonNode> places, Random random) =>
        random.Next(10) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Next(2) == 0),
            2 => JsonValue.Create(random.Next(-5, 2_000_000_000)),
            3 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-3, 300))),
            4 => new JsonArray(now?.DeepClone(), now?.DeepClone()),
            5 => new JsonObject { ["a"] = now?.DeepClone() },
            6 => places[random.Next(places.Count)].DeepClone(),
            7 => new JsonArray(),
            _ => JsonValue.Create(Text(random).Replace('\ud83d', 'x')),
        };
}
