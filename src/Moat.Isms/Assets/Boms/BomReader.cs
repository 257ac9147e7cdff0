using System.Globalization;
using System.Text;
using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Isms.Assets.Boms;

/// <summary>Reads bills of materials: CycloneDX 1.2 to 1.7 as JSON, and SPDX 3.0 as JSON-LD.</summary>
public static class BomReader
{
    /// <summary>More assets than this in one bill are a mistake.</summary>
    internal const int MostAssets = 2000;

    internal const int MaxDepth = 64;

    /// <summary>The bill in a file. Throws <see cref="InputInvalid"/> with the place when it is none.</summary>
    public static BomDocument Read(GivenFile file)
    {
        using var json = Parse(file);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw Wrong("$", "A bill of materials is a JSON object.");
        var document =
            root.TryGetProperty("bomFormat", out _) ? CycloneDxReader.Read(root)
            : root.TryGetProperty("@graph", out _) || root.TryGetProperty("@context", out _) ? Spdx3Reader.Read(root)
            : root.TryGetProperty("spdxVersion", out _)
                ? throw Wrong(
                    "$.spdxVersion",
                    "SPDX 2 says nothing about models and datasets. Export SPDX 3 (JSON-LD) or CycloneDX."
                )
            : throw Wrong("$", "This is neither CycloneDX (there is no bomFormat) nor SPDX 3 (there is no @graph).");
        if (document.Assets.Count > MostAssets)
            throw Wrong(
                "$",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It would make {document.Assets.Count} assets; at most {MostAssets} at once."
                )
            );
        return document;
    }

    /// <summary>
    /// The published schema of the version that a bill states. Throws <see cref="InputInvalid"/> for a version without
    /// one.
    /// </summary>
    internal static PublishedSchema CycloneDxSchema(string? version) =>
        PublishedSchema.CycloneDx(version)
        ?? throw Wrong(
            "$.specVersion",
            $"'{version?.Cut(20)}' is not a version that is read here. One of: {string.Join(", ", PublishedSchema.CycloneDxVersions)}."
        );

    internal static InputInvalid Wrong(string place, string message) => new("file", $"{place}: {message}");

    private static JsonDocument Parse(GivenFile file)
    {
        var start = Encoding.UTF8.GetString(file.Content.Head(200)).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (start.Length == 0)
            throw new InputInvalid("file", "The file is empty.");
        if (start[0] == '<')
            throw new InputInvalid("file", "This is XML. Export the bill of materials as JSON.");
        if (start.StartsWith("PK", StringComparison.Ordinal))
            throw new InputInvalid(
                "file",
                "This is a ZIP or Office file, not a bill of materials. Tables are imported as a table."
            );
        try
        {
            return GivenJson.Document(file.Bytes(), MaxDepth);
        }
        catch (JsonException e)
        {
            throw new InputInvalid("file", GivenJson.Explain(e));
        }
    }
}

/// <summary>Reads JSON elements whose form nobody has checked.</summary>
internal static class LooseJson
{
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text.Trim()
            : null;

    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? value
            : null;

    /// <summary>The elements of a list with their places; refuses what should be a list and is none.</summary>
    public static IEnumerable<(JsonElement Element, string Place)> List(
        this JsonElement element,
        string name,
        string place
    )
    {
        if (
            element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty(name, out var list)
            || list.ValueKind == JsonValueKind.Null
        )
            yield break;
        if (list.ValueKind != JsonValueKind.Array)
            throw BomReader.Wrong($"{place}.{name}", "A list is needed here.");
        var index = 0;
        foreach (var item in list.EnumerateArray())
            yield return (item, string.Create(CultureInfo.InvariantCulture, $"{place}.{name}[{index++}]"));
    }
}
