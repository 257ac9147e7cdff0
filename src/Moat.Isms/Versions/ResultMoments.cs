using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// Whether results can be of the moment that they name. Bytes may be tested before somebody enters them, but not long
/// before; a version that is named by its reference or name is none before the day on which it was entered; and nothing
/// was found after it was reported.
/// </summary>
internal sealed class ResultMoments
{
    private const int DaysBefore = 365;

    // Reports write the time of their own zone without saying which; a later moment is not taken in.
    private static readonly TimeSpan ZonesDiffer = TimeSpan.FromDays(1);
    private readonly Dictionary<Guid, FirstKnown> _versions;
    private readonly Dictionary<string, FirstKnown> _bytes;

    private ResultMoments(Dictionary<Guid, FirstKnown> versions, Dictionary<string, FirstKnown> bytes) =>
        (_versions, _bytes) = (versions, bytes);

    /// <summary>Reads since when it is known what these results name.</summary>
    public static async Task<ResultMoments> Of(MoatDb db, IReadOnlyList<VersionResult> results, CancellationToken ct)
    {
        var ids = results.Select(r => r.VersionId).OfType<Guid>().Distinct().ToList();
        var digests = results.Select(r => r.Digest).OfType<string>().Distinct().ToList();
        var versions = await db.Set<AssetVersion>()
            .Where(v => ids.Contains(v.Id))
            .Select(v => new { v.Id, Known = new FirstKnown(v.CreatedAt, v.Number) })
            .ToDictionaryAsync(v => v.Id, v => v.Known, ct);
        var having =
            from digest in db.Set<VersionDigest>()
            where digests.Contains(digest.Value)
            join version in db.Set<AssetVersion>() on digest.VersionId equals version.Id
            select new { digest.Value, Known = new FirstKnown(version.CreatedAt, version.Number) };
        return new ResultMoments(
            versions,
            (await having.ToListAsync(ct)).GroupBy(h => h.Value).ToDictionary(g => g.Key, g => g.Min(h => h.Known)!)
        );
    }

    /// <summary>Why a result cannot be of its moment; null when it can, or when nobody knows what it names.</summary>
    public string? Impossible(VersionResult result) =>
        result.At > result.CreatedAt + ZonesDiffer
            ? $"it is of {result.At:yyyy-MM-dd}, and was reported on {result.CreatedAt:yyyy-MM-dd}, before that."
        : result.VersionId is { } id && _versions.GetValueOrDefault(id) is { } version
            ? TooEarly(result.At, version, byDigest: false)
        : result.Digest is { } digest && _bytes.GetValueOrDefault(digest) is { } bytes
            ? TooEarly(result.At, bytes, byDigest: true)
        : null;

    /// <summary>Why something found at a moment is too early to be about what was first known then; or null.</summary>
    public static string? TooEarly(DateTime found, FirstKnown known, bool byDigest) =>
        found >= known.At.Date.AddDays(byDigest ? -DaysBefore : 0) ? null
        : byDigest
            ? $"it is of {found:yyyy-MM-dd}, more than a year before anybody entered these bytes with AVER-{known.Number}."
        : $"it is of {found:yyyy-MM-dd}, and AVER-{known.Number} was entered on {known.At:yyyy-MM-dd}.";
}

/// <summary>Since when a version or its bytes are known.</summary>
/// <param name="At">Since when.</param>
/// <param name="Number">The version that was entered then.</param>
internal sealed record FirstKnown(DateTime At, int Number) : IComparable<FirstKnown>
{
    /// <inheritdoc />
    public int CompareTo(FirstKnown? other) => (At, Number).CompareTo((other?.At ?? default, other?.Number ?? 0));
}
