using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>
/// What the method in force says about scores: up to where an owner accepts alone, and from where a risk is high.
/// </summary>
/// <param name="Appetite">The highest score that an owner accepts alone.</param>
/// <param name="High">The score from which a risk is high.</param>
public sealed record RiskLimits(int Appetite, int High)
{
    /// <summary>What holds while no method is approved.</summary>
    public static RiskLimits Usual { get; } = new(RiskMethod.UsualAppetite, RiskMethod.UsualHigh);

    /// <summary>What holds today. A draft changes nothing until it is approved.</summary>
    public static async Task<RiskLimits> InForce(MoatDb db, CancellationToken ct) =>
        await RiskMethod.InForce(db).Select(m => new RiskLimits(m.Appetite, m.High)).FirstOrDefaultAsync(ct) ?? Usual;
}
