using System.Globalization;
using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>What became of a decision.</summary>
/// <param name="Says">In words.</param>
/// <param name="Done">Whether it was carried out, or needed nothing.</param>
/// <param name="Overdue">Whether its date is over and it was not.</param>
public sealed record DecisionStand(string Says, bool Done, bool Overdue);

/// <summary>Follows decisions to the tasks, improvements and changes that came of them.</summary>
public sealed class DecisionFollowing(MoatDb db, RecordFinder records)
{
    /// <summary>How these decisions stand, by their id.</summary>
    public async Task<IReadOnlyDictionary<Guid, DecisionStand>> Of(
        IReadOnlyCollection<ReviewDecision> decisions,
        CancellationToken ct
    )
    {
        var found = (
            await records.All([.. decisions.Where(d => d.ResultRef is not null).Select(d => d.ResultRef!)], ct)
        ).ToDictionary(r => r.Ref);
        return decisions.ToDictionary(d => d.Id, d => Stand(d, d.ResultRef is null ? null : found[d.ResultRef]));
    }

    private DecisionStand Stand(ReviewDecision decision, Referenced? result) =>
        result switch
        {
            null when decision.Kind == DecisionKind.NoChange => new("nothing had to change", true, false),
            null => new("takes effect when the review is held", false, false),
            WorkItem { State: WorkState.Done } task => new(
                $"done on {Day(DateOnly.FromDateTime(task.ClosedAt!.Value))}: {task.Outcome}",
                true,
                false
            ),
            WorkItem { State: WorkState.Dropped } task => new($"dropped: {task.Outcome}", true, false),
            WorkItem task => Open(task.DueOn),
            Improvement.Improvement { State: ImprovementState.Declined } idea => new(
                $"declined: {idea.Outcome}",
                true,
                false
            ),
            Improvement.Improvement { State: ImprovementState.Done } idea => new(
                $"done on {Day(idea.DoneOn!.Value)}: {idea.Outcome}; its effect was not looked at yet",
                true,
                false
            ),
            Improvement.Improvement { State: ImprovementState.Evaluated } idea => new(
                $"done, and {(idea.AsExpected == true ? "it brought what was expected" : "it brought something else")}: {idea.ObservedEffect}",
                true,
                false
            ),
            Improvement.Improvement idea => Open(idea.DueOn ?? decision.DueOn!.Value),
            IsmsChange { State: ChangeState.Dropped } change => new($"dropped: {change.Outcome}", true, false),
            IsmsChange { State: ChangeState.Happened or ChangeState.Reviewed } change => new(
                $"carried out on {Day(change.HappenedOn!.Value)}: {change.Outcome}",
                true,
                false
            ),
            _ => Open(decision.DueOn!.Value),
        };

    private DecisionStand Open(DateOnly due) =>
        due < db.Today ? new($"overdue since {Day(due)}", false, true) : new($"open, by {Day(due)}", false, false);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
