using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Moat.Isms.Kernel;

/// <summary>
/// The bytes of a given file: in memory, or where the door put them while they came in, so that a large upload is never
/// in memory as a whole.
/// </summary>
[JsonConverter(typeof(GivenContentJson))]
public sealed class GivenContent
{
    private readonly byte[]? _bytes;
    private readonly Func<Stream> _open;

    /// <summary>Bytes in memory.</summary>
    public GivenContent(byte[] bytes) =>
        (_bytes, _open, Length) = (bytes, () => new MemoryStream(bytes, writable: false), bytes.Length);

    /// <summary>Bytes that lie elsewhere as long as the request lasts.</summary>
    public GivenContent(long length, Func<Stream> open) => (_open, Length) = (open, length);

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>Whether they are in memory already.</summary>
    internal bool IsInMemory => _bytes is not null;

    /// <summary>The bytes from the first on. One reader at a time.</summary>
    public Stream Open() => _open();

    /// <summary>All bytes, for a reader that needs them at once.</summary>
    public byte[] Bytes()
    {
        if (_bytes is not null)
            return _bytes;
        var bytes = new byte[Length];
        using var content = Open();
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The first bytes, by which a kind of file is known.</summary>
    public byte[] Head(int most)
    {
        var head = new byte[Math.Min(most, Length)];
        using var content = Open();
        content.ReadExactly(head);
        return head;
    }

    /// <summary>Their SHA-256, hex.</summary>
    public async Task<string> Sha256(CancellationToken ct)
    {
        await using var content = Open();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    /// <summary>As a field of an input that is bound later; bytes that lie elsewhere stay there.</summary>
    public JsonNode AsJson() =>
        JsonValue.Create(this, (JsonTypeInfo<GivenContent>)InputBinder.Json.GetTypeInfo(typeof(GivenContent)))!;

    /// <summary>Bytes in memory are content.</summary>
    public static implicit operator GivenContent(byte[] bytes) => new(bytes);
}

/// <summary>A file may have no more bytes than this.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MostBytesAttribute(long most) : ValidationAttribute
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not GivenContent content || content.Length <= most;
}

/// <summary>
/// Content as JSON: base64. It goes through the binder by its place in a list; what lies elsewhere is told to others by
/// its SHA-256.
/// </summary>
internal sealed class GivenContentJson : JsonConverter<GivenContent>
{
    // Base64 has no colon.
    private const string Carried = "carried:";

    [ThreadStatic]
    private static List<GivenContent>? _carried;

    /// <summary>
    /// Takes the content of the files of an input out of its JSON, before the binder writes and reads it again.
    /// </summary>
    public static void TakeOut(Type inputType, JsonObject values)
    {
        foreach (var field in InputBinder.Json.GetTypeInfo(inputType).Properties)
            if (
                field.PropertyType == typeof(GivenFile)
                && values[field.Name] is JsonObject file
                && file["content"] is JsonValue given
                && given.TryGetValue<JsonElement>(out var text)
                && text.ValueKind == JsonValueKind.String
                && text.TryGetBytesFromBase64(out var bytes)
            )
                file["content"] = new GivenContent(bytes).AsJson();
    }

    /// <summary>Binds with content carried along as it is.</summary>
    public static T Carry<T>(Func<T> bind)
    {
        _carried = [];
        try
        {
            return bind();
        }
        finally
        {
            _carried = null;
        }
    }

    /// <inheritdoc />
    public override GivenContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        if (reader.TryGetBytesFromBase64(out var bytes))
            return new GivenContent(bytes);
        return
            reader.GetString() is { } text
            && text.StartsWith(Carried, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Carried.Length), out var at)
            && _carried is { } carried
            && at >= 0
            && at < carried.Count
            ? carried[at]
            : throw new JsonException();
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, GivenContent value, JsonSerializerOptions options)
    {
        if (_carried is { } carried)
        {
            writer.WriteStringValue($"{Carried}{carried.Count}");
            carried.Add(value);
        }
        else if (value.IsInMemory)
            writer.WriteBase64StringValue(value.Bytes());
        else
        {
            using var content = value.Open();
            writer.WriteStringValue($"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}");
        }
    }
}
