using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Holds the versions that a bill of materials tells of against those that are known. What it enters MUST be exactly
/// what it says it would, and the same bill again MUST change nothing.
/// </summary>
[HandedIn]
public interface IBillVersions
{
    /// <summary>What the bill would change.</summary>
    /// <param name="bill">The bill.</param>
    /// <param name="teller">By what a later bill of the same is known.</param>
    /// <param name="known">The assets of the bill that are in the register, by their keys there.</param>
    /// <param name="left">Keys of assets that the import leaves alone.</param>
    /// <param name="ct">Stops it.</param>
    Task<IVersionPlan> Plan(
        BomDocument bill,
        string teller,
        IReadOnlyDictionary<string, Asset> known,
        Func<string, bool> left,
        CancellationToken ct
    );
}

/// <summary>What a bill changes of the versions that are known.</summary>
public interface IVersionPlan
{
    /// <summary>Each difference; empty when there is none.</summary>
    IReadOnlyList<BomChange> Changes { get; }

    /// <summary>What cannot be compared, a sentence each.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>Applies them, once the bill and its assets are entered.</summary>
    Task Apply(BillOfMaterials bill, IReadOnlyDictionary<string, Asset> assets, CancellationToken ct);
}
