using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Work;

/// <summary>Tasks that any process opens, and those of cadences.</summary>
internal sealed class WorkDefaults : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } =
    [
        new(WorkPurpose.Action) { ByHand = true },
        new("decision") { ByHand = true },
        new(Cadence.ByHand) { ByHand = true, OnCalendarItself = true },
        new(Cadence.ByRecord) { OnCalendarItself = true },
    ];
}
