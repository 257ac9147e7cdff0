using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>What tasks about risks are for.</summary>
internal sealed class RiskPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } =
    [
        new("renew") { Personal = true, OnCalendarItself = true },
        new("agree") { Personal = true },
        new("treat") { Personal = true },
    ];
}
