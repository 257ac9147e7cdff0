using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>What a name of a version means.</summary>
/// <param name="Given">The name, as it was given.</param>
/// <param name="Digest">The digest, where it names one.</param>
/// <param name="Versions">The versions that it means: one by a reference or a registry's name, several where they have
/// the same bytes; none where it means nothing that is known.</param>
/// <param name="Why">Why it means nothing that is known.</param>
internal sealed record NamedVersion(string Given, string? Digest, IReadOnlyList<AssetVersion> Versions, string? Why)
{
    /// <summary>
    /// Whether it says exactly which bytes are meant, so that not knowing them is no matter of spelling.
    /// </summary>
    public bool IsExact => VersionNames.IsDigest(Given) || VersionNames.IsReference(Given);

    /// <summary>Why something found at a moment cannot be about it; null when it can.</summary>
    public string? TooEarly(DateTime found) =>
        Versions.MinBy(v => v.CreatedAt) is { } first
            ? ResultMoments.TooEarly(found, new FirstKnown(first.CreatedAt, first.Number), Digest is not null)
            : null;
}

/// <summary>
/// Finds the version that a report or a person names: by reference (AVER-3), by digest, or as a registry does, by asset
/// and version (triage/15, notes@7).
/// </summary>
public sealed partial class VersionNames(MoatDb db)
{
    private const int Most = 20;
    private static readonly char[] Between = ['/', '@', ':', ' '];

    /// <summary>Whether a text names a version by a digest.</summary>
    public static bool IsDigest(string text) => SpelledDigest.In(text) is not null;

    /// <summary>Whether a text is written as a reference is, also one that no record can have.</summary>
    internal static bool IsReference(string text) =>
        Reference().Match(SpelledDigest.Plain(text)) is { Success: true } form
        && RecordKind.Parse($"{form.Groups[1].Value}-1") is not null;

    /// <summary>The one version that a text names. Throws <see cref="InputInvalid"/>.</summary>
    public async Task<AssetVersion> One(string given, string field, CancellationToken ct)
    {
        var named = await Find(given, ct);
        return named.Versions switch
        {
            [var one] => one,
            [] => throw new InputInvalid(field, named.Why!),
            _ => throw new InputInvalid(
                field,
                $"Several versions have these bytes: {string.Join(", ", named.Versions.Select(v => v.Ref).Take(5))}. Name one."
            ),
        };
    }

    internal async Task<NamedVersion> Find(string given, CancellationToken ct)
    {
        var text = given.Trim();
        if (IsReference(text))
            return await ByReference(text, ct);
        var spelled = SpelledDigest.In(text);
        var byDigest = spelled is null ? null : await ByDigest(text, spelled, ct);
        // A value alone may also be the commit or the run by which a version is called.
        if (byDigest is not null && (byDigest.Why is null || spelled is { HasAlgorithm: true, Before: "" }))
            return byDigest;
        var named = new Dictionary<Guid, AssetVersion>();
        foreach (var (asset, name) in Parts(text))
        foreach (var version in await Called(asset, name, ct))
            named[version.Id] = version;
        return named.Count switch
        {
            1 => new NamedVersion(text, null, [.. named.Values], null),
            0 => byDigest ?? new NamedVersion(text, null, [], $"No version is known that is called '{text.Cut(80)}'."),
            _ => new NamedVersion(
                text,
                null,
                [],
                $"'{text.Cut(80)}' may be {string.Join(" or ", named.Values.Select(v => v.Ref).Take(5))}."
            ),
        };
    }

    private async Task<NamedVersion> ByReference(string text, CancellationToken ct) =>
        RecordKind.Parse(SpelledDigest.Plain(text)) is { } reference
        && reference.Kind == RecordKind.Of(typeof(AssetVersion))
        && await Versions().FirstOrDefaultAsync(v => v.Number == reference.Number, ct) is { } one
            ? new NamedVersion(text, null, [one], null)
            : new NamedVersion(text, null, [], $"There is no version {text.Cut(80)}.");

    private async Task<NamedVersion> ByDigest(string text, SpelledDigest spelled, CancellationToken ct)
    {
        if (spelled.Digest is not { } digest)
            return new NamedVersion(text, null, [], spelled.Why!);
        if (digest.IsForgeable)
            return new NamedVersion(
                text,
                null,
                [],
                "Other bytes with the same MD5 or SHA-1 can be made on purpose. Name the SHA-256."
            );
        var having = db.Set<VersionDigest>().Where(d => d.Value == digest.Value).Select(d => d.VersionId);
        var versions = await Versions().Where(v => having.Contains(v.Id)).Take(Most).ToListAsync(ct);
        var said = spelled.Before;
        if (said.Length > 0)
            versions = await OfAsset(said, versions, ct);
        if (versions.Count > 0)
            return new NamedVersion(text, digest.Value, versions, null);
        // Bytes that are to be another asset's are not to be found later as anybody's.
        return said.Length > 0
            ? new NamedVersion(text, null, [], $"No version of {said.Cut(80)} has the digest {digest.Value}.")
            : new NamedVersion(text, digest.Value, [], $"No version has the digest {digest.Value}.");
    }

    // The name before a digest says whose bytes they are to be; those of another asset are not meant.
    private async Task<List<AssetVersion>> OfAsset(string said, List<AssetVersion> versions, CancellationToken ct)
    {
        var ids = versions.Select(v => v.AssetId).ToList();
        var assets = await db.Set<Asset>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var meant = assets
            .Where(a => a.Ref == said || a.ExternalId == said || SearchText.Fold(a.Name) == SearchText.Fold(said))
            .Select(a => a.Id)
            .ToHashSet();
        return versions.FindAll(v => meant.Contains(v.AssetId));
    }

    private async Task<List<AssetVersion>> Called(string asset, string name, CancellationToken ct)
    {
        var versions = await Versions().Where(v => v.Name == name).Take(200).ToListAsync(ct);
        return await OfAsset(asset, versions, ct);
    }

    private IQueryable<AssetVersion> Versions() => db.Set<AssetVersion>().AsNoTracking().OrderBy(v => v.Number);

    private static IEnumerable<(string Asset, string Name)> Parts(string text)
    {
        for (var at = text.IndexOfAny(Between); at >= 0; at = text.IndexOfAny(Between, at + 1))
            if (text[..at].Trim() is { Length: > 0 } asset && text[(at + 1)..].Trim() is { Length: > 0 } name)
                yield return (asset, name);
    }

    [GeneratedRegex("^([A-Za-z]+) *- *[0-9]+$")]
    private static partial Regex Reference();
}
