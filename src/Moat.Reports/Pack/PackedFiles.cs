using System.Security.Cryptography;

namespace Moat.Reports.Pack;

/// <summary>A file of a pack where it lies now.</summary>
/// <param name="Size">How long it says it is; opening it may show otherwise.</param>
/// <param name="Open">Opens it for reading from its beginning.</param>
internal sealed record PackedFile(long Size, Func<Stream> Open)
{
    /// <summary>The whole file. Throws <see cref="BrokenPack"/> when it is longer than it may be.</summary>
    public byte[] Read(int most)
    {
        using var content = Open();
        using var bounded = new BoundedStream(content) { Left = most };
        using var kept = new MemoryStream();
        bounded.CopyTo(kept);
        return kept.ToArray();
    }

    /// <summary>Its SHA-256, or null when it is not exactly as long as it says it is.</summary>
    public string? Sha256()
    {
        if (Size == 0)
            return PackFormat.Sha256([]);
        using var content = Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        long size = 0;
        for (int read; size <= Size && (read = content.Read(buffer)) > 0; size += read)
            hash.AppendData(buffer, 0, read);
        return size == Size ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }
}

/// <summary>
/// The files of a pack, however it was packed: as it was made, zipped again by another program, or unpacked. The
/// manifest proves what is in the files; order, times, comments, folders and one folder around everything are the
/// packing program's business.
/// </summary>
internal sealed class PackedFiles
{
    /// <summary>More files than this are not looked at.</summary>
    public const int MostFiles = 200_000;

    private readonly List<(string Path, PackedFile File, string? Wrong)> _seen = [];
    private readonly HashSet<string> _aside = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>The files by path.</summary>
    public Dictionary<string, PackedFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>What no pack has: paths that lead elsewhere, links, encrypted files, the same path twice.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>
    /// Folders that hold nothing. Packing programs write folders as they like, so that one is no finding; it is named,
    /// because somebody may have made it to say something by its name.
    /// </summary>
    public List<string> EmptyFolders { get; } = [];

    /// <summary>
    /// What programs add of themselves when they pack or show a folder. It belongs to nobody's pack and is not read.
    /// </summary>
    public List<string> Aside { get; } = [];

    /// <summary>Takes in a file; <paramref name="wrong"/> says why it cannot be one of a pack.</summary>
    public void See(string path, PackedFile file, string? wrong = null)
    {
        if (_seen.Count >= MostFiles)
            throw new BrokenPack($"it has more than {MostFiles} files.");
        if (IsLitter(path))
            _aside.Add(path);
        else
            _seen.Add((path, file, wrong));
    }

    /// <summary>Takes in a folder; its path ends with a slash.</summary>
    public void SeeFolder(string path)
    {
        if (_folders.Count >= MostFiles)
            throw new BrokenPack($"it has more than {MostFiles} folders.");
        if (!IsLitter(path))
            _folders.Add(path);
    }

    /// <summary>Puts the files under their paths in the pack, without one folder around all of them.</summary>
    public PackedFiles Sorted()
    {
        var around = Around();
        foreach (var (seen, file, wrong) in _seen)
        {
            var path = seen[around.Length..];
            if (wrong is not null)
                Findings.Add($"{path}: {wrong}");
            else if (!PackFormat.IsPath(path))
                Findings.Add($"{path}: this is not a path that a pack has.");
            else if (!Files.TryAdd(path, file))
                Findings.Add($"{path}: it is in the pack twice.");
        }
        Aside.AddRange(_aside.Order(StringComparer.Ordinal));
        EmptyFolders.AddRange(
            Empty()
                .Select(f => f.StartsWith(around, StringComparison.Ordinal) ? f[around.Length..] : f)
                .Where(f => f != "")
        );
        return this;
    }

    private IEnumerable<string> Empty()
    {
        var filled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, _, _) in _seen)
            for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
                if (!filled.Add(path[..(end + 1)]))
                    break;
        return _folders.Where(f => !filled.Contains(f));
    }

    private string Around()
    {
        if (_seen.Count == 0 || _seen.Any(s => s.Path == PackFormat.Manifest))
            return "";
        var end = _seen[0].Path.IndexOf('/', StringComparison.Ordinal) + 1;
        var around = _seen[0].Path[..end];
        return
            end > 0
            && _seen.All(s => s.Path.StartsWith(around, StringComparison.Ordinal))
            && _seen.Any(s => s.Path == around + PackFormat.Manifest)
            ? around
            : "";
    }

    // macOS adds the first three, Windows the others.
    private static bool IsLitter(string path)
    {
        var names = path.Split('/');
        return names[0] == "__MACOSX"
            || names[^1] is ".DS_Store" or "Thumbs.db" or "desktop.ini"
            || names[^1].StartsWith("._", StringComparison.Ordinal);
    }
}
