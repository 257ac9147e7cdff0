using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.People.Competence;

/// <summary>What should flow from competence to training (7.2).</summary>
internal sealed class CompetenceFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "gap-overdue",
            "competence",
            "training",
            "PROOF",
            "A step against a gap is checked by its date",
            "Check whether it worked",
            (db, day) =>
                db.Set<CompetenceProof>()
                    .Where(p =>
                        p.CreatedAt < day.End
                        && !p.Shown
                        && p.StepBy < day.On
                        && (p.CheckedOn == null || p.CheckedOn > day.On)
                    )
                    .Select(p => new Broken
                    {
                        Number = p.Number,
                        Title = p.What,
                        On = p.StepBy,
                    })
        ),
    ];
}
