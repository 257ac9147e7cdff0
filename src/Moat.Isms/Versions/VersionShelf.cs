using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>A version that is known, with all that a source's word is compared with.</summary>
internal sealed class ShelvedVersion(AssetVersion version)
{
    /// <summary>The version.</summary>
    public AssetVersion Version { get; } = version;

    /// <summary>Its digests.</summary>
    public HashSet<string> Digests { get; } = [];

    /// <summary>What sources told otherwise, also what does not stand any more.</summary>
    public List<ToldOtherwise> Otherwise { get; } = [];

    /// <summary>What it was made from, each with the kind of its asset.</summary>
    public Dictionary<Guid, string> Origins { get; } = [];

    /// <summary>The runs that made its bytes again.</summary>
    public List<MadeAgain> Again { get; } = [];

    /// <summary>The commit that a run used, as far as it is known; that of the first run where none is named.</summary>
    public string? CommitOf(string? run) => IsAnother(run) ? Again.Find(a => a.Run == run)?.Commit : Version.Commit;

    /// <summary>Whether this is another run than the one that made it first.</summary>
    public bool IsAnother(string? run) => run is { Length: > 0 } && Version.Run is { } first && run != first;
}

/// <summary>The versions of some assets, read at once, so that a large bill does not ask for each by itself.</summary>
internal sealed class VersionShelf
{
    private readonly Dictionary<(Guid Asset, string Name), ShelvedVersion> _versions = [];

    /// <summary>The version of an asset with this name; null when it is not known.</summary>
    public ShelvedVersion? Find(Guid asset, string name) => _versions.GetValueOrDefault((asset, name));

    /// <summary>Puts one there that was just entered.</summary>
    public ShelvedVersion Put(AssetVersion version) =>
        _versions[(version.AssetId, version.Name)] = new ShelvedVersion(version);

    /// <summary>Reads the versions of these assets; only those called so where a name is given.</summary>
    public static async Task<VersionShelf> Of(
        MoatDb db,
        IReadOnlyCollection<Guid> assets,
        CancellationToken ct,
        string? name = null
    )
    {
        var shelf = new VersionShelf();
        var versions = await db.Set<AssetVersion>()
            .AsTracking()
            .Where(v => assets.Contains(v.AssetId) && (name == null || v.Name == name))
            .OrderBy(v => v.Number)
            .ToListAsync(ct);
        var ids = versions.Select(v => v.Id).ToList();
        var byId = versions.ToDictionary(v => v.Id, shelf.Put);
        if (ids.Count == 0)
            return shelf;
        foreach (var digest in await db.Set<VersionDigest>().Where(d => ids.Contains(d.VersionId)).ToListAsync(ct))
            byId[digest.VersionId].Digests.Add(digest.Value);
        foreach (
            var otherwise in await db.Set<ToldOtherwise>()
                .AsTracking()
                .Where(o => ids.Contains(o.VersionId))
                .OrderBy(o => o.Since)
                .ToListAsync(ct)
        )
            byId[otherwise.VersionId].Otherwise.Add(otherwise);
        foreach (
            var again in await db.Set<MadeAgain>().AsTracking().Where(a => ids.Contains(a.VersionId)).ToListAsync(ct)
        )
            byId[again.VersionId].Again.Add(again);
        var origins =
            from link in db.Links
            where ids.Contains(link.FromId) && link.Type == LinkTypes.MadeFrom
            join origin in db.Set<AssetVersion>() on link.ToId equals origin.Id
            join asset in db.Set<Asset>() on origin.AssetId equals asset.Id
            select new
            {
                link.FromId,
                link.ToId,
                asset.Kind,
            };
        foreach (var origin in await origins.ToListAsync(ct))
            byId[origin.FromId].Origins[origin.ToId] = origin.Kind;
        return shelf;
    }

    /// <summary>What a source's word means beside what is known.</summary>
    public static FedWord Weigh(ShelvedVersion? known, ToldVersion told, string source)
    {
        if (known is null)
            return FedWord.New;
        if (Contradicts(known, told))
            return Before(known, Otherwise(known, told), source) ? FedWord.OtherAsBefore : FedWord.Other;
        var agrees = told.Digests.Any(d => !d.IsForgeable && known.Digests.Contains(d.Value));
        var adds = Adding(known, told).Any();
        if (adds && !agrees && known.Digests.Count > 0 && !Strengthens(known, told))
            return Before(known, Otherwise(known, told), source) ? FedWord.OtherAsBefore : FedWord.Apart;
        // A person let these bytes through and no others, so nothing is added to what was released.
        if ((adds && known.Version.State == AssetVersionState.Entered) || Fills(known.Version, told))
            return FedWord.More;
        return told.Digests.Count > 0 && known.Otherwise.Exists(o => o.Until is null && o.Source == source)
            ? FedWord.Again
            : FedWord.Same;
    }

    /// <summary>What a source tells that is not what is known, in words.</summary>
    public static string Otherwise(ShelvedVersion known, ToldVersion told) =>
        DigestsDiffer(known, told) ? told.Bytewise
        : told.Digests.Count > 0 ? NotCompared(known, told)
        : ByRun(told.Run, known.Version.Run);

    /// <summary>What a source says that tells another run than is known.</summary>
    public static string ByRun(string? told, string? known) => $"made by run {told}, not {known}".Cut(4000);

    /// <summary>
    /// The digests that a source adds to those known. One that can be forged adds nothing where the same file is known
    /// by a better one.
    /// </summary>
    public static IEnumerable<GivenDigest> Adding(ShelvedVersion known, ToldVersion told) =>
        told.Digests.Where(d =>
            !known.Digests.Contains(d.Value)
            && !(
                d.IsForgeable
                && told.Digests.Any(o => o.File == d.File && !o.IsForgeable && known.Digests.Contains(o.Value))
            )
        );

    private static string NotCompared(ShelvedVersion known, ToldVersion told)
    {
        var (was, now) = (Algorithms(known.Digests), Algorithms(told.Digests.Select(d => d.Value)));
        return $"cannot be compared: was {was}, now {now}: {told.Bytewise}".Cut(4000);
    }

    // What is known shows no bytes yet, and the source tells all of it and more.
    private static bool Strengthens(ShelvedVersion known, ToldVersion told) =>
        known.Digests.All(k => new GivenDigest(k, null).IsForgeable && told.Digests.Any(d => d.Value == k));

    private static string Algorithms(IEnumerable<string> digests) =>
        string.Join(
            " and ",
            digests.Select(d => new GivenDigest(d, null).Algorithm).Distinct().Order(StringComparer.Ordinal)
        );

    /// <summary>Whether a source told this before, and it stands or a person settled it.</summary>
    public static bool Before(ShelvedVersion known, string says, string source) =>
        known.Otherwise.Exists(o =>
            o.Source == source && o.Told == says && (o.Until is null || o.SettledBy is not null)
        );

    private static bool Contradicts(ShelvedVersion known, ToldVersion told) =>
        DigestsDiffer(known, told)
        || (
            told.Digests.Count == 0
            && known.Digests.Count == 0
            && told.Run is not null
            && known.Version.Run is not null
            && told.Run != known.Version.Run
        );

    // One algorithm gives the same bytes one value only, also an algorithm that can be forged.
    private static bool DigestsDiffer(ShelvedVersion known, ToldVersion told) =>
        told.Digests.Any(d =>
            !known.Digests.Contains(d.Value)
            && known.Digests.Any(k => k.StartsWith($"{d.Algorithm}:", StringComparison.Ordinal))
        );

    private static bool Fills(AssetVersion known, ToldVersion told) =>
        (known.Format is null && told.Format is not null)
        || (known.Run is null && told.Run is not null)
        || (known.Commit is null && told.Commit is not null)
        || (known.Location is null && told.Location is not null)
        || (known.Bytes is null && told.Bytes is not null);
}
