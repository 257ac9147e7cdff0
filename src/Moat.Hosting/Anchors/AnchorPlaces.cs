using Moat.Isms.Anchors;
using Moat.Isms.Documents;

namespace Moat.Hosting.Anchors;

/// <summary>The places that the operator named, ready to be sent to.</summary>
public sealed class AnchorPlaces : IDisposable
{
    private readonly Dictionary<string, IAnchorPlace> _places;

    /// <summary>Makes them; nothing is sent yet.</summary>
    /// <param name="options">What the operator named.</param>
    /// <param name="timeAuthority">The address of the time-stamping authority, where there is one.</param>
    /// <param name="authority">Asks it.</param>
    /// <param name="dataFolder">Where clones are kept.</param>
    /// <param name="clock">For how long objects are locked.</param>
    public AnchorPlaces(
        AnchorOptions options,
        Uri? timeAuthority,
        ITimeAuthority authority,
        string dataFolder,
        TimeProvider clock
    )
    {
        IEnumerable<IAnchorPlace> places =
        [
            .. options.Folders.Select(f => new FolderPlace(f)),
            .. options.Repositories.Select(r => new GitPlace(r, Path.Combine(dataFolder, "anchors"))),
            .. options.Buckets.Select(b => new BucketPlace(b, clock)),
            .. options.Witnesses.Select(w => new WitnessPlace(w)),
            .. timeAuthority is null ? [] : new IAnchorPlace[] { new StampPlace(authority, timeAuthority.Authority) },
        ];
        _places = places.DistinctBy(p => p.Target.Place).ToDictionary(p => p.Target.Place);
    }

    /// <summary>What they are called.</summary>
    public IReadOnlyList<AnchorTarget> Targets => [.. _places.Values.Select(p => p.Target)];

    /// <summary>The place of this name, or none.</summary>
    public IAnchorPlace? Find(string place) => _places.GetValueOrDefault(place);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var place in _places.Values.OfType<IDisposable>())
            place.Dispose();
    }
}
