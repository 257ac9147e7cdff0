using Moat.Isms.Work;

namespace Moat.Isms.People;

/// <summary>What tasks about competence are for.</summary>
internal sealed class PeoplePurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new("competence") { Personal = true }];
}
