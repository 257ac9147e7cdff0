using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>Makes of a decision what it asks for: a task or an improvement that is linked to the review (clause 9.3.3).</summary>
public sealed class DecisionDesk(MoatDb db, ImprovementDesk improvements, WorkList work)
{
    /// <summary>What closes a task that came of a decision: a person, because only they know.</summary>
    public const string Purpose = "decision";

    /// <summary>Carries it out, once.</summary>
    public async Task CarryOut(ManagementReview review, ReviewDecision decision, CancellationToken ct)
    {
        if (decision.Kind == DecisionKind.NoChange || decision.ResultRef is not null) return;
        Referenced result = decision.Kind == DecisionKind.Improvement
            ? await improvements.Propose(review, decision.Text, decision.Reason, decision.OwnerId, decision.DueOn, ct)
            : await work.Open(
                review,
                new NewWork(
                    Purpose, decision.Kind == DecisionKind.Change ? $"Plan the change: {decision.Text}".Cut(300) : decision.Text, $"Decided in {review.Ref}: {decision.Reason}".Cut(1000), decision.OwnerId,
                    decision.DueOn!.Value), ct);
        await db.Connect(result, LinkTypes.DecidedIn, review, ct);
        decision.ResultRef = result.Ref;
    }
}
