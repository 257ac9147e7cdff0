using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Suppliers;

/// <summary>What should flow from suppliers to risks (A.5.19).</summary>
internal sealed class SupplierFlowRules : IFlowRules
{
    private const int DaysToJudge = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "supplier-unjudged",
            "supplier-management",
            "risk-assessment",
            "SUP",
            "A supplier that could stop us is judged within its cycle",
            "Judge it",
            (db, day) =>
                db.Set<Supplier>()
                    .Where(s =>
                        s.Standing == Standing.Adopted
                        && (s.EndedOn == null || s.EndedOn > day.On)
                        && (s.Tier == SupplierTier.High || s.Tier == SupplierTier.Critical)
                        && (
                            s.NextAssessmentOn < day.On
                            || (s.NextAssessmentOn == null && s.CreatedAt < day.Ago(DaysToJudge))
                        )
                    )
                    .Select(s => new Broken
                    {
                        Number = s.Number,
                        Title = s.Name,
                        On = s.NextAssessmentOn,
                        At = s.CreatedAt,
                    })
        ),
    ];
}
