using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Reads what S3 answers about an object, such as the output of <c>aws s3api head-object --checksum-mode ENABLED</c>:
/// it stands in the place of a file that only the storage has.
/// </summary>
internal static class ObjectPointer
{
    private static readonly string[] OfS3 = ["\"ETag\"", "\"Checksum"];

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) =>
        text.TrimStart().StartsWith('{') && OfS3.Any(n => text.Contains(n, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads it. Throws <see cref="InputInvalid"/> where it names no bytes.</summary>
    public static VersionPointer Read(GivenFile file, string text)
    {
        var name = file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? file.Name[..^5] : file.Name;
        var told = StoredObject.Of(Json(file, text), name);
        if (told.Digests.Count == 0)
            throw VersionPointer.Wrong(file, $"It names no exact bytes: {told.Why}. Push the file itself instead.");
        return new VersionPointer(
            told.Digests,
            told.Bytes is >= 0 and <= VersionPointer.MostSize ? told.Bytes : null,
            told.Place,
            VersionPointer.Said(file, 1, told.Why is null ? "SHA-256" : "MD5", told.Bytes),
            told.Why is null ? null : $"Its MD5 shows no bytes alone, and {told.Why}."
        )
        {
            ObjectVersion = told.Version,
        };
    }

    private static JsonObject Json(GivenFile file, string text)
    {
        try
        {
            return GivenJson.Read(Encoding.UTF8.GetBytes(text)) as JsonObject
                ?? throw VersionPointer.Wrong(file, "An answer of S3 is a JSON object.");
        }
        catch (JsonException e)
        {
            throw VersionPointer.Wrong(file, GivenJson.Explain(e));
        }
    }
}
