using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// An object of S3, as the storage tells of it: its place, the version of the object, and what digests of its bytes
/// that shows. Names are read in any case, so that what HeadObject or GetObjectAttributes answers can be sent as it is.
/// </summary>
/// <param name="Bucket">The bucket; null where the answer does not name it.</param>
/// <param name="Key">The key; null where the answer does not name it.</param>
/// <param name="Version">The version of the object; null where the bucket keeps none.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Digests">The digests of exactly its bytes.</param>
/// <param name="Why">Why what the storage tells is no SHA-256 of its bytes; null when it is one.</param>
internal sealed record StoredObject(
    string? Bucket,
    string? Key,
    string? Version,
    long? Bytes,
    IReadOnlyList<GivenDigest> Digests,
    string? Why
)
{
    private const string OneZone = "EXPRESS_ONEZONE";
    private const string Whole = "FULL_OBJECT";

    /// <summary>Where it lies, with the version; null without one, because other bytes may lie there later.</summary>
    public string? Place =>
        Address is null || Version is null ? null : $"{Address}?versionId={Uri.EscapeDataString(Version)}";

    /// <summary>Where it lies, whichever version of it.</summary>
    public string? Address => Bucket is null || Key is null ? null : $"s3://{Bucket}/{Key}";

    /// <summary>Reads it; its digests are of this file where the answer names no key.</summary>
    public static StoredObject Of(JsonObject told, string? file = null)
    {
        var fields = new Dictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, value) in told.Concat(told.FirstOrDefault(t => Is(t.Key, "Checksum")).Value as JsonObject ?? [])
        )
            fields.TryAdd(name, value);
        string? Text(string name) => fields.GetValueOrDefault(name).Text() is { Length: > 0 } text ? text : null;
        long? Number(string name) =>
            fields.GetValueOrDefault(name) is JsonValue value && value.TryGetValue<long>(out var number)
                ? number
                : null;
        var key = Text("Key");
        var (tag, sum) = (Text("ETag")?.Trim('"'), Text("ChecksumSHA256"));
        var why = WhyNot(sum, Text("ChecksumType"), tag);
        file = key?.Split('/')[^1] ?? file;
        var sha = why is null ? GivenDigest.Of("sha256", Hex(sum!), file) : null;
        var md5 =
            Is(Text("ServerSideEncryption"), "AES256")
            && Text("SSECustomerAlgorithm") is null
            && !Is(Text("StorageClass"), OneZone)
                ? GivenDigest.Of("md5", tag, file)
                : null;
        return new StoredObject(
            Text("Bucket"),
            key,
            Text("VersionId") is { } version && version != "null" ? version : null,
            Number("ContentLength") ?? Number("ObjectSize") ?? Number("Size"),
            [.. new[] { sha, md5 }.OfType<GivenDigest>()],
            why
        );
    }

    // A SHA-256 of an upload in parts is one of the digests of its parts; storage that does not say which it gives
    // tells parts by a dash in the tag.
    private static string? WhyNot(string? sum, string? type, string? tag) =>
        sum is null ? "the storage has no SHA-256 of it; upload with the checksum algorithm SHA256"
        : Is(type, "COMPOSITE") || IsOfParts(sum) || (IsOfParts(tag) && !Is(type, Whole))
            ? "it was uploaded in parts, and its checksum is of their digests and not of the whole"
        : Hex(sum) is null ? "what stands for its SHA-256 is none"
        : Is(type, Whole) || tag is not null ? null
        : "the storage does not say whether its checksum is of the whole";

    private static bool IsOfParts(string? value) => value?.Contains('-', StringComparison.Ordinal) == true;

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string? Hex(string sum)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(sum, bytes, out var written) && written == bytes.Length
            ? Convert.ToHexStringLower(bytes)
            : null;
    }
}
