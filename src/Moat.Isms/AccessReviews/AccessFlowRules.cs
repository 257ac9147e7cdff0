using Moat.Isms.Kernel.Rules;
using Moat.Isms.People;

namespace Moat.Isms.AccessReviews;

/// <summary>What should flow from roles to access, and from reviews of access to controls (A.5.15-A.5.18).</summary>
internal sealed class AccessFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "access-review-overdue",
            "access-management",
            "control-operation",
            "ARV",
            "A review of access is closed by its date",
            "Finish the review",
            (db, day) =>
                db.Set<AccessReview>()
                    .Where(r => r.CreatedAt < day.End && r.DueOn < day.On && r.State != AccessReviewState.Closed)
                    .Select(r => new Broken
                    {
                        Number = r.Number,
                        Title = r.Title,
                        On = r.DueOn,
                    })
        ),
        new(
            "leaver-with-access",
            "roles",
            "access-management",
            "PER",
            "Who left has no account any more",
            "Take the account away",
            (db, day) =>
                db.Set<Person>()
                    .Where(p =>
                        p.LeftOn < day.On
                        && db.Set<Membership>()
                            .Any(m =>
                                m.PersonId == p.Id
                                && m.CreatedAt < day.End
                                && (m.RevokedAt == null || m.RevokedAt >= day.End)
                                && (m.Until == null || m.Until >= day.On)
                            )
                    )
                    .Select(p => new Broken
                    {
                        Number = p.Number,
                        Title = p.Name,
                        On = p.LeftOn,
                    })
        ),
    ];
}
