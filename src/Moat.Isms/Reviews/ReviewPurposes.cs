using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>What tasks about management reviews are for: who approves minutes was there.</summary>
internal sealed class ReviewPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new(ReviewMeeting.ApproveTask) { Personal = true }];
}
