using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;

namespace Moat.Isms.Evidence.Checks;

/// <summary>What should flow from monitoring to improvement (9.1, 10.2).</summary>
internal sealed class CheckFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "failure-undecided",
            "monitoring",
            "improvement",
            "TASK",
            "A check that keeps failing is decided on: a nonconformity or not",
            "Decide",
            (db, day) =>
                db.Set<WorkItem>()
                    .OverdueOn(day)
                    .Where(t => t.Purpose == "nonconformity")
                    .Select(t => new Broken
                    {
                        Number = t.Number,
                        Title = t.Title,
                        On = t.DueOn,
                    })
        ),
    ];
}
