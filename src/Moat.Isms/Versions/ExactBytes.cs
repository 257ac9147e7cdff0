using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Whether the digests of a version tell its bytes from all others. One file that is known by an MD5 or SHA-1 only MUST
/// make the version inexact, however well its other files are known.
/// </summary>
/// <param name="IsExact">Whether each file has a digest that cannot be forged, and there is at least one.</param>
/// <param name="Weak">The files that are known by a digest that can be forged only.</param>
internal sealed record ExactBytes(bool IsExact, IReadOnlyList<string> Weak)
{
    private const string NoFile = "what no file is named for";

    /// <summary>Judges the digests of a version.</summary>
    public static ExactBytes Of(IEnumerable<DigestView> digests)
    {
        var files = digests.GroupBy(d => d.File ?? NoFile, StringComparer.Ordinal).ToList();
        var weak = files
            .Where(f => f.All(d => new GivenDigest(d.Value, null).IsForgeable))
            .Select(f => f.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        return new ExactBytes(files.Count > 0 && weak.Count == 0, weak);
    }

    /// <summary>Judges what is kept of a version.</summary>
    public static async Task<ExactBytes> Of(MoatDb db, Guid version, CancellationToken ct) =>
        Of(
            await db.Set<VersionDigest>()
                .Where(d => d.VersionId == version)
                .Select(d => new DigestView(d.Value, d.File))
                .ToListAsync(ct)
        );

    /// <summary>Why its bytes are not told from all others, in words.</summary>
    public string Why =>
        Weak.Count == 0
            ? "No digest of it is known."
            : $"Known by an MD5 or SHA-1 only: {string.Join(", ", Weak.Take(5))}"
                + $"{(Weak.Count > 5 ? $" and {Weak.Count - 5} more" : "")}.";
}
