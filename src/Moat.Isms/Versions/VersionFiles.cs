using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// The files of a version, each with the digests by which it is known. Digests that can be forged tell no file from
/// others: one file that is known by these only MUST make the version inexact, however well its other files are known.
/// </summary>
internal sealed class VersionFiles
{
    private const string NoFile = "what no file is named for";
    private readonly Dictionary<string, VersionFile> _all;

    private VersionFiles(List<VersionFile> files, List<string> weak)
    {
        (Files, Weak, _all) = (files, weak, []);
        foreach (var file in files)
        foreach (var digest in file.Digests)
            _all[digest] = file;
    }

    /// <summary>The files of which only a digest is known that can be forged.</summary>
    public IReadOnlyList<string> Weak { get; }

    /// <summary>Each file that is told from all others.</summary>
    public IReadOnlyList<VersionFile> Files { get; }

    /// <summary>How many files there are.</summary>
    public int Count => Files.Count + Weak.Count;

    /// <summary>Whether each file has a digest that cannot be forged, and there is at least one.</summary>
    public bool IsExact => Files.Count > 0 && Weak.Count == 0;

    /// <summary>Why its bytes are not told from all others, in words.</summary>
    public string Why =>
        Weak.Count == 0
            ? "No digest of it is known."
            : $"Known by an MD5 or SHA-1 only: {string.Join(", ", Weak.Take(5))}"
                + $"{(Weak.Count > 5 ? $" and {Weak.Count - 5} more" : "")}.";

    /// <summary>The digests of all files.</summary>
    public IReadOnlyCollection<string> Digests => _all.Keys;

    /// <summary>The files that are files of another version as well, each beside that one's.</summary>
    public IEnumerable<(VersionFile Own, VersionFile Theirs)> In(VersionFiles other) =>
        from own in Files
        let theirs = own.Digests.Select(other._all.GetValueOrDefault).OfType<VersionFile>().FirstOrDefault()
        where theirs is not null
        select (own, theirs);

    /// <summary>Whether there are files, and each of them is one of another version as well.</summary>
    public bool AllIn(VersionFiles other) => Files.Count > 0 && In(other).Count() == Files.Count;

    /// <summary>The files of a version, as they are kept.</summary>
    public static async Task<VersionFiles> Of(MoatDb db, Guid version, CancellationToken ct) =>
        Of(await db.Set<VersionDigest>().AsNoTracking().Where(d => d.VersionId == version).ToListAsync(ct));

    /// <summary>
    /// Tells the files of a version apart: digests of several algorithms under one name, or under none, are of one
    /// file, as bills give them; two of one algorithm are of two files, whatever these are called.
    /// </summary>
    public static VersionFiles Of(IEnumerable<VersionDigest> digests)
    {
        var (files, weak) = (new List<VersionFile>(), new List<string>());
        var given = digests.Select(d => new GivenDigest(d.Value, d.File)).OrderBy(d => d.Value, StringComparer.Ordinal);
        foreach (var named in given.GroupBy(d => d.File))
        {
            var strong = named.Where(d => !d.IsForgeable).ToList();
            var more = Math.Max(0, Most(named.Where(d => d.IsForgeable)) - Most(strong));
            weak.AddRange(Enumerable.Repeat(named.Key ?? NoFile, more));
            if (Most(strong) == 1)
                files.Add(new VersionFile(named.Key, [.. strong.Select(d => d.Value)]));
            else
                files.AddRange(strong.Select(d => new VersionFile(d.File, [d.Value])));
        }
        return new VersionFiles(files, [.. weak.Order(StringComparer.Ordinal)]);
    }

    private static int Most(IEnumerable<GivenDigest> digests) =>
        digests.CountBy(d => d.Algorithm).Select(a => a.Value).DefaultIfEmpty().Max();
}

/// <summary>A file of a version.</summary>
/// <param name="Name">What it is called, where that was said.</param>
/// <param name="Digests">Its digests.</param>
internal sealed record VersionFile(string? Name, List<string> Digests)
{
    private static readonly string[] Papers =
    [
        "license",
        "licence",
        "copying",
        "notice",
        "readme",
        "changelog",
        "authors",
        "contributing",
        "citation",
        "use_policy",
        ".gitattributes",
        ".gitignore",
    ];

    private static readonly string[] Endings = ["", ".md", ".txt", ".rst", ".cff"];

    /// <summary>
    /// Whether it is called as what lies beside the data of many versions, such as a licence: nothing is computed with
    /// it.
    /// </summary>
    public bool IsPaper =>
        Name?.Split('/', '\\')[^1].ToLowerInvariant() is { } name && Papers.Any(p => Endings.Any(e => name == p + e));
}
