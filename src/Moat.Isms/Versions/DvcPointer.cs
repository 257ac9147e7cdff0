using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using YamlDotNet.RepresentationModel;

namespace Moat.Isms.Versions;

/// <summary>Reads a pointer of DVC: the outs of a .dvc file.</summary>
internal sealed class DvcPointer
{
    private static readonly string[] OfFile = ["outs"];
    private static readonly string[] OfOut = ["md5", "size", "path", "hash", "files", "cloud"];
    private static readonly string[] OfListed = ["md5", "size", "relpath", "path", "cloud"];
    private readonly GivenFile _file;
    private readonly Dictionary<string, int> _others = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    private DvcPointer(GivenFile file) => _file = file;

    /// <summary>Reads it. Throws <see cref="InputInvalid"/> with the place.</summary>
    public static VersionPointer Read(GivenFile file, string text) => new DvcPointer(file).Read(Yaml(file, text));

    private VersionPointer Read(YamlNode? root)
    {
        if (root is not YamlMappingNode map || !map.Children.TryGetValue("outs", out var found))
            throw VersionPointer.Wrong(
                _file,
                "This is neither a pointer of Git LFS nor one of DVC, nor an answer of S3: it has no outs."
            );
        Remember(map, OfFile, "");
        var (digests, sizes, place) = (new List<GivenDigest>(), new List<long?>(), (string?)null);
        foreach (var (made, at) in Maps(found, "outs"))
        {
            Remember(made, OfOut, "outs[].");
            if (Text(made, "hash", at) is { } hash && hash != "md5")
                throw Wrong($"{at}.hash", $"'{hash.Cut(40)}' is not read; DVC keeps md5.");
            sizes.Add(Size(made, at));
            if (!made.Children.TryGetValue("files", out var listed))
            {
                digests.Add(Digest(made, at, PathOf(made, at, "path")));
                place ??= PlaceOf(made);
                continue;
            }
            // Where the store keeps versions, DVC lists each file with the version of its object.
            var under = PathOf(made, at, "path");
            foreach (var (one, where) in Maps(listed, $"{at}.files"))
            {
                Remember(one, OfListed, "outs[].files[].");
                Size(one, where);
                digests.Add(Digest(one, where, PathOf(one, where, "relpath", under)));
                place ??= PlaceOf(one);
            }
        }
        if (digests.Count > VersionPointer.MostFiles)
            throw VersionPointer.Wrong(_file, $"At most {VersionPointer.MostFiles} files of one pointer.");
        long? bytes = sizes.Contains(null) ? null : sizes.Sum();
        return new VersionPointer(
            digests,
            bytes,
            digests.Count == 1 ? place : null,
            VersionPointer.Said(_file, digests.Count, "MD5", bytes),
            ReadParts.Named(_others)
        );
    }

    // The MD5 of a folder is that of DVC's own list of its files.
    private GivenDigest Digest(YamlMappingNode of, string at, string path)
    {
        var md5 =
            Text(of, "md5", at) ?? throw Wrong($"{at}.md5", "It has no MD5, so nobody can say which bytes it is.");
        var list = md5.EndsWith(".dir", StringComparison.Ordinal);
        return GivenDigest.Of("md5", list ? md5[..^4] : md5, list ? $"{path}/ (DVC's list of its files)" : path)
            ?? throw Wrong($"{at}.md5", $"An MD5 has 32 characters of 0-9 and a-f, not '{md5.Cut(60)}'.");
    }

    private string PathOf(YamlMappingNode of, string at, string name, string? under = null)
    {
        var path =
            Text(of, name, at)
            ?? Text(of, "path", at)
            ?? throw Wrong($"{at}.{name}", "It does not say of which file it is.");
        if (!_paths.Add($"{under}\n{path}"))
            throw Wrong($"{at}.{name}", $"'{path.Cut(80)}' stands here a second time.");
        return path;
    }

    private long? Size(YamlMappingNode of, string at) =>
        Text(of, "size", at) is not { } size
            ? null
            : VersionPointer.Size(size)
                ?? throw Wrong(
                    $"{at}.size",
                    $"A size is a whole number of bytes that a file can have, not '{size.Cut(40)}'."
                );

    private void Remember(YamlMappingNode of, string[] read, string place)
    {
        foreach (var key in of.Children.Keys.Select(k => k is YamlScalarNode { Value: { } text } ? text : "?"))
            if (!read.Contains(key))
                _others[(place + key).Cut(80)] = _others.GetValueOrDefault((place + key).Cut(80)) + 1;
    }

    private IEnumerable<(YamlMappingNode Map, string At)> Maps(YamlNode list, string at)
    {
        if (list is not YamlSequenceNode { Children: { Count: > 0 } items })
            throw Wrong(at, "It is no list that names a file.");
        return items.Select(
            (item, i) =>
                item is YamlMappingNode map ? (map, $"{at}[{i}]") : throw Wrong($"{at}[{i}]", "It is no entry of DVC.")
        );
    }

    private string? Text(YamlMappingNode of, string name, string at) =>
        !of.Children.TryGetValue(name, out var found) ? null
        : found is not YamlScalarNode scalar ? throw Wrong($"{at}.{name}", "It is no single value.")
        : scalar.Value is { Length: > 0 } text ? text
        : null;

    private string? PlaceOf(YamlMappingNode of) =>
        of.Children.TryGetValue("cloud", out var cloud)
        && cloud is YamlMappingNode stores
        && stores.Children.FirstOrDefault() is { Key: YamlScalarNode store, Value: YamlMappingNode told }
        && Text(told, "version_id", "cloud") is { } version
            ? $"{store.Value}: {Text(of, "relpath", "") ?? Text(of, "path", "")}?versionId={version}"
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
            throw VersionPointer.Wrong(file, $"This is no pointer of DVC. {e.Errors[0].Message}");
        }
    }

    private InputInvalid Wrong(string place, string message) => VersionPointer.Wrong(_file, $"{place}: {message}");
}
