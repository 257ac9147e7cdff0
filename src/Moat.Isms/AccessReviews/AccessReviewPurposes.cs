using Moat.Isms.Work;

namespace Moat.Isms.AccessReviews;

/// <summary>What tasks about access reviews are for; each names its reviewer.</summary>
internal sealed class AccessReviewPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new("access:") { Personal = true, IsBeginning = true }];
}
