using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>
/// Makes of a decision what it asks for: a task, an improvement or a planned change that is linked to the review
/// (clause 9.3.3).
/// </summary>
public sealed class DecisionDesk(MoatDb db, ImprovementDesk improvements, ChangeDesk changes, WorkList work)
{
    /// <summary>What closes a task that came of a decision: a person, because only they know.</summary>
    public const string Purpose = "decision";

    /// <summary>Carries it out, once.</summary>
    public async Task CarryOut(ManagementReview review, ReviewDecision decision, CancellationToken ct)
    {
        if (decision.Kind == DecisionKind.NoChange || decision.ResultRef is not null)
            return;
        Referenced result = decision.Kind switch
        {
            DecisionKind.Improvement => await improvements.Propose(
                review,
                decision.Text,
                decision.Reason,
                decision.OwnerId,
                decision.DueOn,
                ct
            ),
            DecisionKind.Change => await Plan(decision, ct),
            _ => await work.Open(
                review,
                new NewWork(
                    Purpose,
                    decision.Text,
                    $"Decided in {review.Ref}: {decision.Reason}".Cut(1000),
                    decision.OwnerId,
                    decision.DueOn!.Value
                ),
                ct
            ),
        };
        await db.Connect(result, LinkTypes.DecidedIn, review, ct);
        decision.ResultRef = result.Ref;
    }

    // Its consequences are still to be seen and somebody else approves it, like any planned change (6.3).
    private async Task<IsmsChange> Plan(ReviewDecision decision, CancellationToken ct)
    {
        var change = await db.Enter(
            new IsmsChange
            {
                Title = decision.Text,
                Kind = ChangeKind.Other,
                Planned = true,
                Purpose = decision.Reason,
                OwnerId = decision.OwnerId,
                StartsOn = db.Today,
                DueOn = decision.DueOn,
            },
            ct
        );
        await changes.Follow(change, ct);
        return change;
    }
}
