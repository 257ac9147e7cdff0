using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// The files of a version, each with the digests by which it is known. Digests that can be forged tell no file from
/// others and are left out.
/// </summary>
internal sealed class VersionFiles
{
    private readonly HashSet<string> _all;

    private VersionFiles(List<VersionFile> files, int weak) =>
        (Files, Weak, _all) = (files, weak, [.. files.SelectMany(f => f.Digests)]);

    /// <summary>How many files there are of which only a digest is known that can be forged.</summary>
    public int Weak { get; }

    /// <summary>Each file that is told from all others.</summary>
    public IReadOnlyList<VersionFile> Files { get; }

    /// <summary>The digests of all files.</summary>
    public IReadOnlyCollection<string> Digests => _all;

    /// <summary>How many of its files are files of another version as well.</summary>
    public int In(VersionFiles other) => Files.Count(f => f.Digests.Exists(other._all.Contains));

    /// <summary>Whether there are files, and each of them is one of another version as well.</summary>
    public bool AllIn(VersionFiles other) => Files.Count > 0 && Files.All(f => f.Digests.Exists(other._all.Contains));

    /// <summary>
    /// Tells the files of a version apart: digests of several algorithms under one name, or under none, are of one
    /// file, as bills give them; two of one algorithm are of two files, whatever these are called.
    /// </summary>
    public static VersionFiles Of(IEnumerable<VersionDigest> digests)
    {
        var (files, weak) = (new List<VersionFile>(), 0);
        var given = digests.Select(d => new GivenDigest(d.Value, d.File)).OrderBy(d => d.Value, StringComparer.Ordinal);
        foreach (var named in given.GroupBy(d => d.File))
        {
            var strong = named.Where(d => !d.IsForgeable).ToList();
            weak += Math.Max(0, Most(named.Where(d => d.IsForgeable)) - Most(strong));
            if (Most(strong) == 1)
                files.Add(new VersionFile(named.Key, [.. strong.Select(d => d.Value)]));
            else
                files.AddRange(strong.Select(d => new VersionFile(d.File, [d.Value])));
        }
        return new VersionFiles(files, weak);
    }

    private static int Most(IEnumerable<GivenDigest> digests) =>
        digests.CountBy(d => d.Algorithm).Select(a => a.Value).DefaultIfEmpty().Max();
}

/// <summary>A file of a version.</summary>
/// <param name="Name">What it is called, where that was said.</param>
/// <param name="Digests">Its digests.</param>
internal sealed record VersionFile(string? Name, List<string> Digests);
