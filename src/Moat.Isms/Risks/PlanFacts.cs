using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>What readiness reads about the last frozen treatment plan (clause 6.1.3 e, f).</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Rows">Its rows, by risk.</param>
/// <param name="Parts">How many owners are asked.</param>
/// <param name="Approved">How many of them approved their part.</param>
public sealed record PlanFacts(string Ref, IReadOnlyDictionary<string, PlanRow> Rows, int Parts, int Approved)
{
    /// <summary>Whether a risk stands in it as it is treated today.</summary>
    public bool Has(Risk risk) =>
        Rows.GetValueOrDefault(risk.Ref) is { } row
        && row.Treatment == risk.Treatment
        && row.Plan == risk.TreatmentPlan;

    /// <summary>Reads it; null before the first.</summary>
    internal static async Task<PlanFacts?> Read(MoatDb db, CancellationToken ct)
    {
        if (
            await db.Set<FrozenPlan>().AsNoTracking().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct)
            is not { } plan
        )
            return null;
        var approved = await db.Set<PlanApproval>()
            .Where(a => a.PlanId == plan.Id)
            .Select(a => a.ApprovedAt != null)
            .ToListAsync(ct);
        return new PlanFacts(
            plan.Ref,
            PlanRow.Read(plan.Rows).ToDictionary(r => r.Risk),
            approved.Count,
            approved.Count(a => a)
        );
    }
}
