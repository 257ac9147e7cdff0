using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moat.Reports.Pack;

/// <summary>A file as the manifest names it.</summary>
internal sealed record NamedFile(string Path, long Size, string Sha256);

/// <summary>
/// What a manifest says of its pack, as far as it can be read. The program that made it may have been anybody's.
/// </summary>
internal sealed class PackManifest
{
    private const int MostFindings = 100;
    private readonly List<string> _findings = [];
    private readonly List<NamedFile> _files = [];

    private PackManifest(JsonObject json)
    {
        Organization = Text(json["organization"]);
        MadeAt = PackFormat.Moment(Text(json["madeAt"]));
        if (MadeAt is null)
            _findings.Add($"{PackFormat.Manifest}: it does not say when the pack was made.");
        if (json["files"] is JsonArray files)
            Take(files);
        else
            _findings.Add($"{PackFormat.Manifest}: it has no list of files.");
    }

    /// <summary>Whose pack it says it is.</summary>
    public string? Organization { get; }

    /// <summary>When the pack was made.</summary>
    public DateTime? MadeAt { get; }

    /// <summary>The files that it names.</summary>
    public IReadOnlyList<NamedFile> Files => _files;

    /// <summary>What in it no manifest has.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Reads a manifest; none where the bytes are no JSON object.</summary>
    public static PackManifest? Read(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) is JsonObject json ? new PackManifest(json) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private void Take(JsonArray files)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i] is JsonObject entry ? Named(entry) : null;
            if (file is not null && known.Add(file.Path))
                _files.Add(file);
            else if (_findings.Count < MostFindings)
                _findings.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{PackFormat.Manifest}: entry {i + 1} names {(file is null ? "no file of a pack" : $"{file.Path} again")}."
                    )
                );
        }
    }

    private static NamedFile? Named(JsonObject entry)
    {
        try
        {
            return
                Text(entry["path"]) is { } path
                && PackFormat.IsPath(path)
                && Text(entry["sha256"]) is { } sha256
                && entry["size"] is JsonValue number
                && number.TryGetValue<long>(out var size)
                && size >= 0
                ? new NamedFile(path, size, sha256)
                : null;
        }
        // The same name twice in it.
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
