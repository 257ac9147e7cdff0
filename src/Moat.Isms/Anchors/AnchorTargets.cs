using System.Collections.Concurrent;
using Moat.Isms.Kernel;

namespace Moat.Isms.Anchors;

/// <summary>A place outside that holds checkpoints.</summary>
/// <param name="Place">What it is called, never with a secret in it.</param>
/// <param name="Kind">Of what kind it is.</param>
public sealed record AnchorTarget(string Place, AnchorKind Kind);

/// <summary>The places that the operator of this server named.</summary>
/// <param name="All">All of them.</param>
/// <param name="IsStory">Whether what this server shows is an example whose past was told in one go.</param>
public sealed record AnchorTargets(IReadOnlyList<AnchorTarget> All, bool IsStory = false);

/// <summary>
/// After what a checkpoint goes out at once instead of with the next day. Operations that change something are found in
/// the journal; queries leave nothing there, so that they happened is remembered here until the next round.
/// </summary>
public sealed class AnchorOccasions : IAnsweredQuery
{
    /// <summary>The name of a pack's making, which is a query.</summary>
    public const string Pack = "pack.make";

    private readonly ConcurrentDictionary<Guid, string> _asked = new();

    /// <summary>Operations whose outcome is published or signed: an outsider may hold a copy of it.</summary>
    public static IReadOnlyList<string> InJournal { get; } = ["soa.publish", "reviews.hold", "reviews.approve"];

    /// <inheritdoc />
    public void Answered(Guid organization, string query)
    {
        if (query == Pack)
            _asked[organization] = query;
    }

    /// <summary>The organisations that had one since they were last asked.</summary>
    public IReadOnlyList<Guid> Asked => [.. _asked.Keys];

    /// <summary>The occasion since the last time it was asked for, or none.</summary>
    public string? Take(Guid organization) => _asked.TryRemove(organization, out var query) ? query : null;
}
