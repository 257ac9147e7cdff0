using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Training;

/// <summary>What should flow from training to awareness (7.3).</summary>
internal sealed class TrainingFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "course-overdue",
            "training",
            "awareness",
            "TRN",
            "A course is passed by its date",
            "Remind them",
            (db, day) =>
                db.Set<CourseAssignment>()
                    .Where(t =>
                        t.CreatedAt < day.End
                        && t.DueOn < day.On
                        && (t.PassedAt == null || t.PassedAt >= day.End)
                        && (t.EndedAt == null || t.EndedAt >= day.End)
                    )
                    .Select(t => new Broken
                    {
                        Number = t.Number,
                        Title = t.Title,
                        On = t.DueOn,
                    })
        ),
    ];
}
