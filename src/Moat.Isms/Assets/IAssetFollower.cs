using Moat.Isms.Kernel;

namespace Moat.Isms.Assets;

/// <summary>
/// Brings in line what hangs on an asset, after it became a crown jewel or none, was retired, merged or came back.
/// </summary>
[HandedIn]
public interface IAssetFollower
{
    /// <summary>The asset changed.</summary>
    Task Follow(Asset asset, CancellationToken ct);

    /// <summary>A duplicate was merged: what hangs on it belongs to the asset that stays.</summary>
    Task Merged(Asset gone, Asset kept, CancellationToken ct) => Task.CompletedTask;
}
