using Moat.Isms.Work;

namespace Moat.Isms.Training;

/// <summary>What tasks about courses are for.</summary>
internal sealed class TrainingPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new("course") { Personal = true }];
}
