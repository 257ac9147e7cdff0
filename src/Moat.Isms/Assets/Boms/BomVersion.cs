using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>A version as a bill names it: whose it is, by the key of its asset, and what it is called.</summary>
public sealed record BomVersionName(string Key, string Name);

/// <summary>A version of a model or of data that a bill tells of.</summary>
/// <param name="Name">Whose it is and what it is called.</param>
/// <param name="Digests">Its digests; none where the bill gives none.</param>
/// <param name="Location">Where it lives, if the bill says.</param>
public sealed record BomVersion(BomVersionName Name, IReadOnlyList<GivenDigest> Digests, string? Location);

/// <summary>That a bill says one version to be made from another.</summary>
public sealed record BomDescent(BomVersionName Made, BomVersionName From);

/// <summary>
/// Gathers the versions that a bill tells of. One without a name is known by its digest; of what has neither a name nor
/// a digest nothing is told.
/// </summary>
internal sealed class BomVersions(BomRemarks remarks)
{
    private readonly Dictionary<BomVersionName, BomVersion> _versions = [];
    private readonly Dictionary<string, BomVersionName?> _current = [];
    private readonly HashSet<BomDescent> _descents = [];

    public IReadOnlyList<BomVersion> All => [.. _versions.Values];

    public IReadOnlyList<BomDescent> Descents => [.. _descents];

    /// <summary>A version of an asset. One that only stands there as an ancestor is not the one that the bill is
    /// about.</summary>
    public BomVersionName? Tell(
        string key,
        string? version,
        IReadOnlyList<GivenDigest> digests,
        string? location,
        string place,
        bool isAncestor = false
    )
    {
        var called = string.IsNullOrEmpty(version) ? Best(digests)?.Short : version;
        if (called is null)
            return null;
        var name = new BomVersionName(key, BomRemarks.Whole(called, 200, $"{place}.version"));
        var told = new BomVersion(name, [.. digests.DistinctBy(d => d.Value)], location?.Cut(1000));
        if (!_versions.TryAdd(name, told) && !Same(_versions[name], told))
            remarks.Say(
                "The same version as an earlier part of the bill, with other hashes; the earlier ones count:",
                $"'{called.Cut(80)}' at {place}"
            );
        if (!isAncestor && !_current.TryAdd(key, name) && _current[key] != name)
            _current[key] = null;
        return name;
    }

    /// <summary>One version was made from another.</summary>
    public void Descends(BomVersionName? made, BomVersionName? from)
    {
        if (made is not null && from is not null && made != from)
            _descents.Add(new BomDescent(made, from));
    }

    /// <summary>
    /// A model that was trained on data: the version that the bill tells of the one was made from that of the other. Of
    /// several versions nobody can say which.
    /// </summary>
    public void Follow(IEnumerable<BomRelation> relations)
    {
        foreach (var relation in relations.Where(r => r.Type == LinkTypes.TrainedOn))
            Descends(_current.GetValueOrDefault(relation.From), _current.GetValueOrDefault(relation.To));
    }

    private static GivenDigest? Best(IReadOnlyList<GivenDigest> digests) => digests.FirstOrDefault(d => !d.IsForgeable);

    private static bool Same(BomVersion one, BomVersion other) =>
        other.Digests.Count == 0
        || one.Digests.Select(d => d.Value).ToHashSet().SetEquals(other.Digests.Select(d => d.Value));
}
