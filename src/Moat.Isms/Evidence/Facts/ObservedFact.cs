using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Moat.Isms.Evidence.Facts;

/// <summary>What somebody saw of a resource at a moment.</summary>
/// <param name="Kind">Kind of resource, such as <c>s3.bucket</c>.</param>
/// <param name="ToldBy">A collector's reference or the source of an event.</param>
/// <param name="ExternalId">The id that stays with the resource when it is renamed.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ObservedAt">When it was seen, in UTC.</param>
/// <param name="Content">The fact as canonical JSON, an object.</param>
public sealed record ObservedFact(
    string Kind,
    string ToldBy,
    string ExternalId,
    string Name,
    DateTime ObservedAt,
    string Content
)
{
    /// <summary>Finds the resource in one look.</summary>
    public Guid Key { get; } = KeyOf(Kind, ToldBy, ExternalId);

    /// <summary>SHA-256 of the content, hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)));

    /// <summary>A key that stands for several words; the parts cannot run into each other.</summary>
    public static Guid KeyOf(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        var text = string.Join('\u001f', parts!);
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>
/// One text for one JSON value: members in ordinal order, no white space, numbers as they were written.
/// </summary>
public static class FactText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The canonical text.</summary>
    public static string Of(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The canonical text of what a collector put together.</summary>
    public static string Of(System.Text.Json.Nodes.JsonNode value) => Of(JsonSerializer.SerializeToElement(value));

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
