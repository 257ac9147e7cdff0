using Moat.Isms.Work;

namespace Moat.Isms.Audits;

/// <summary>What tasks about audits are for.</summary>
internal sealed class AuditPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new(AuditProcess.Hold) { Personal = true }];
}
