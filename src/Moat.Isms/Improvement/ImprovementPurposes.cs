using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <summary>What tasks about corrective actions are for: who sees an effect did not bring it about (10.2 d).</summary>
internal sealed class ImprovementPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new(ActionDesk.Verifying) { Personal = true }];
}
