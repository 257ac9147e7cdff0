using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Facts;

/// <summary>
/// Brings in line what hangs on facts, in the operation that takes them in: those that are new or differ from what
/// stood. The asset of each resource is known by then.
/// </summary>
[HandedIn]
public interface IFactFollower
{
    /// <summary>The facts were taken in.</summary>
    Task Follow(IReadOnlyList<StandingFact> facts, CancellationToken ct);
}
