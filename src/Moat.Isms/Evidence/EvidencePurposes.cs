using Moat.Isms.Evidence.Checks;
using Moat.Isms.Work;

namespace Moat.Isms.Evidence;

/// <summary>What tasks about evidence, resources and checks are for.</summary>
internal sealed class EvidencePurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } =
    [new("gone") { ByHand = true }, new(CheckAlarm.Recurs) { ByHand = true }];
}
