using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Suppliers;

/// <summary>What readiness reads about suppliers.</summary>
/// <param name="Suppliers">Adopted suppliers of tier high and critical.</param>
/// <param name="Assessments">Assessments by people, by supplier.</param>
public sealed record SupplierFacts(IReadOnlyList<Supplier> Suppliers, ILookup<string, PersonAct> Assessments);

/// <summary>The rule about suppliers (clause 8.1).</summary>
public sealed class SupplierReadiness : ReadinessRules<SupplierFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["suppliers.assess"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<SupplierFacts>> Rules { get; } =
    [
        new(
            "suppliers-assessed",
            "every supplier of tier high and critical was judged by a person, in words of its own, within its cycle, and judgements were made on days at least 30 days apart",
            Assessed
        ),
    ];

    /// <inheritdoc />
    protected override async Task<SupplierFacts> Read(RuleSource source, CancellationToken ct) =>
        new(
            await source
                .Db.Set<Supplier>()
                .AsNoTracking()
                .Where(s =>
                    s.Standing == Standing.Adopted
                    && s.EndedOn == null
                    && (s.Tier == SupplierTier.High || s.Tier == SupplierTier.Critical)
                )
                .ToListAsync(ct),
            source.Acts.ByRef("suppliers.assess")
        );

    private static RuleResult Assessed(SupplierFacts f, Asked asked)
    {
        if (f.Suppliers.Count == 0)
            return RuleResult.No("No supplier of tier high or critical is adopted");
        var every = Asked.Every(
            Math.Min(
                f.Suppliers.Count(s => s.NextAssessmentOn >= asked.Today && f.Assessments.Contains(s.Ref)),
                Substance.Saying(f.Suppliers.Select(s => s.Judgement))
            ),
            f.Suppliers.Count,
            1,
            "suppliers of tier high and critical were judged by a person within their cycle"
        );
        return every.Holds
            ? asked.OverTime(
                f.Suppliers.SelectMany(s => f.Assessments[s.Ref]).Select(a => a.On),
                "Judgements of suppliers of tier high and critical"
            )
            : every;
    }
}
