using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using YamlDotNet.RepresentationModel;

namespace Moat.Isms.Versions;

/// <summary>What stands in a repository in the place of large files: a pointer of Git LFS or of DVC.</summary>
/// <param name="Digests">The digests that it names.</param>
/// <param name="Bytes">The size that it names.</param>
/// <param name="Place">The object and its version in the store, where DVC keeps versions of the cloud.</param>
internal sealed record VersionPointer(IReadOnlyList<GivenDigest> Digests, long? Bytes, string? Place)
{
    /// <summary>The most bytes of a pointer.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The most files that one pointer names.</summary>
    public const int MostFiles = 1000;

    private const string Lfs = "version https://git-lfs.github.com/spec/v1";

    /// <summary>Reads it. Throws <see cref="InputInvalid"/> on <c>pointers</c>.</summary>
    public static VersionPointer Read(GivenFile file)
    {
        if (file.Content.Length > MostBytes)
            throw Wrong(file, $"A pointer is at most {MostBytes / 1024} KiB. Push the file itself instead.");
        var text = Encoding
            .UTF8.GetString(file.Content)
            .TrimStart('\uFEFF')
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.StartsWith(Lfs, StringComparison.Ordinal) ? OfLfs(file, text) : OfDvc(file, text);
    }

    // The specification of Git LFS, version 1: a key and a value on each line.
    private static VersionPointer OfLfs(GivenFile file, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ', 2))
            .Where(l => l.Length == 2)
            .DistinctBy(l => l[0])
            .ToDictionary(l => l[0], l => l[1].Trim());
        var oid = lines.GetValueOrDefault("oid")?.Split(':', 2) ?? [];
        var digest = oid.Length == 2 ? GivenDigest.Of(oid[0], oid[1], file.Name) : null;
        return digest is not null && Number(lines.GetValueOrDefault("size")) is { } size
            ? new VersionPointer([digest], size, null)
            : throw Wrong(file, "A pointer of Git LFS has an oid such as sha256:9f86… and a size.");
    }

    private static VersionPointer OfDvc(GivenFile file, string text)
    {
        var outs = (Yaml(file, text) is YamlMappingNode map ? Maps(map, "outs") : []).ToList();
        if (outs.Count == 0)
            throw Wrong(file, "This is neither a pointer of Git LFS nor one of DVC: it has no outs.");
        // Where the store keeps versions, DVC lists each file with the version of its object.
        var files = outs.SelectMany(o => Maps(o, "files").DefaultIfEmpty(o)).ToList();
        if (files.Count > MostFiles)
            throw Wrong(file, $"At most {MostFiles} files of one pointer.");
        var sizes = outs.Select(o => Number(Text(o, "size"))).ToList();
        return new VersionPointer(
            [.. files.Select(f => Digest(f)).OfType<GivenDigest>()],
            sizes.Contains(null) ? null : sizes.Sum(),
            files.Count == 1 ? PlaceOf(files[0]) : null
        );
    }

    // The MD5 of a folder is that of DVC's own list of its files.
    private static GivenDigest? Digest(YamlMappingNode of)
    {
        var md5 = Text(of, "md5");
        var list = md5?.EndsWith(".dir", StringComparison.Ordinal) == true;
        var path = Text(of, "relpath") ?? Text(of, "path") ?? "";
        return GivenDigest.Of("md5", list ? md5![..^4] : md5, list ? $"{path}/ (DVC's list of its files)" : path);
    }

    private static string? PlaceOf(YamlMappingNode of) =>
        of.Children.TryGetValue("cloud", out var cloud)
        && cloud is YamlMappingNode stores
        && stores.Children.FirstOrDefault() is { Key: YamlScalarNode store, Value: YamlMappingNode told }
        && Text(told, "version_id") is { } version
            ? $"{store.Value}: {Text(of, "relpath") ?? Text(of, "path")}?versionId={version}"
            : null;

    private static YamlNode? Yaml(GivenFile file, string text)
    {
        try
        {
            GivenYaml.MustBePlain(text);
            return GivenYaml.Parsed(() =>
            {
                var stream = new YamlStream();
                stream.Load(new StringReader(text));
                return stream.Documents.Count == 1 ? stream.Documents[0].RootNode : null;
            });
        }
        catch (InputInvalid e)
        {
            throw Wrong(file, $"This is no pointer of DVC. {e.Errors[0].Message}");
        }
    }

    private static IEnumerable<YamlMappingNode> Maps(YamlMappingNode of, string name) =>
        of.Children.TryGetValue(name, out var found) && found is YamlSequenceNode list
            ? list.OfType<YamlMappingNode>()
            : [];

    private static string? Text(YamlMappingNode of, string name) =>
        of.Children.TryGetValue(name, out var found) && found is YamlScalarNode { Value.Length: > 0 } scalar
            ? scalar.Value
            : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static InputInvalid Wrong(GivenFile file, string message) =>
        new("pointers", $"{file.Name.Cut(80)}: {message}");
}
