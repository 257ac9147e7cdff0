using Moat.Isms.Kernel;
using Moat.Isms.Retirements;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>
/// How risks leave the register and come back (8.2: a risk that does not exist any more is not assessed any more).
/// </summary>
[Process(
    "risks",
    "What could go wrong with models, data and services, how bad that would be, and what is done about it."
)]
public sealed class RiskEnding(MoatDb db, Retiring retiring, RiskAcceptances acceptances, WorkList work)
{
    /// <summary>Takes a risk out of the register; an acceptance ends with it.</summary>
    [Operation("retire", Permission.EditRisks, "Take a risk out of the register, with the reason; it stays readable")]
    public async Task<Done> Retire(RetireRecord input, CancellationToken ct)
    {
        var risk = await retiring.Retire<Risk>(input, ct);
        await acceptances.End(risk, "It was retired.", ct);
        return new Done(risk);
    }

    /// <summary>Takes it into the register again; it has to be assessed as it is now.</summary>
    [Operation("reopen", Permission.EditRisks, "Take a retired risk into the register again, with the reason")]
    public async Task<Done> Reopen(ReopenRecord input, CancellationToken ct)
    {
        var risk = await retiring.Reopen<Risk>(input, ct);
        await work.EnsureAssessment(risk, db.Today, ct);
        return new Done(risk);
    }

    /// <summary>Merges a duplicate into the risk that stays.</summary>
    [Operation(
        "merge",
        Permission.EditRisks,
        "Merge a duplicate risk into another one, which gets the connections and planned actions of both"
    )]
    public async Task<Done> Merge(MergeRecord input, CancellationToken ct)
    {
        var (gone, kept) = await retiring.Merge<Risk>(input, ct);
        await acceptances.End(gone, $"It was merged into {kept.Ref}.", ct);
        return new Done(kept);
    }
}
