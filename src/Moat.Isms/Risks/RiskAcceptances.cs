using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>
/// Who may accept what remains of a risk, and how an acceptance begins and ends (clause 6.1.3 f). Its owner accepts it
/// and nobody for them; above the appetite in force it stands only once a holder of the top-management role agreed as
/// well. Runs inside operations.
/// </summary>
public sealed class RiskAcceptances(
    MoatDb db,
    CurrentCaller caller,
    TopManagement top,
    SignatoryOfRisk signatory,
    WorkList work
)
{
    /// <summary>The task to renew an acceptance.</summary>
    internal const string RenewTask = "renew";

    /// <summary>The task of top management to agree to one above the appetite.</summary>
    internal const string AgreeTask = "agree";
    private const int DaysToAgree = 14;

    /// <summary>The caller accepts what remains until a day; the state that was accepted is frozen.</summary>
    public async Task<RiskAcceptance> Accept(Risk risk, DateOnly until, string reason, CancellationToken ct)
    {
        risk.MustBeAcceptable(until, db.Today);
        var by =
            await signatory.Of(risk.OwnerId, ct)
            ?? throw new RuleBroken(
                "risk.accept.owner",
                $"Only the owner of {risk.Ref} accepts it, and nobody for them. While they are away, their deputy may."
            );
        var limits = await RiskLimits.InForce(db, ct);
        await End(risk, "A later acceptance took its place.", ct);
        var acceptance = await db.Enter(
            new RiskAcceptance
            {
                RiskId = risk.Id,
                OwnerId = risk.OwnerId,
                AcceptedBy = by,
                Reason = reason,
                Until = until,
                FrozenState = Freeze(risk),
                Appetite = limits.Appetite,
                NeedsAgreement = risk.ResidualScore > limits.Appetite,
            },
            ct
        );
        if (acceptance.NeedsAgreement && await top.Holds(caller.Value.PersonId, ct))
            acceptance.Agree(caller.Value.Name, db.Now);
        if (acceptance.IsSigned)
            await Stand(risk, acceptance, ct);
        else
            await work.Ensure(
                risk,
                AgreeTask,
                $"Agree to carry {risk.Title}",
                $"{by} accepts {risk.ResidualScore}, above the appetite of {limits.Appetite}; it stands only when top management agrees.",
                await top.First(ct),
                db.Today.AddDays(DaysToAgree),
                ct
            );
        return acceptance;
    }

    /// <summary>The caller, of top management, agrees to what an owner accepted above the appetite.</summary>
    public async Task<RiskAcceptance> Agree(Risk risk, CancellationToken ct)
    {
        var waiting =
            (await Standing(risk.Id, ct)).Find(a => !a.IsSigned)
            ?? throw new RuleBroken(
                "risk.agree.waits",
                $"Nobody accepted {risk.Ref} above the appetite, or top management agreed already. Its owner accepts first."
            );
        if (!await top.Holds(caller.Value.PersonId, ct))
            throw new RuleBroken(
                "risk.accept.above-appetite-needs-owner-role",
                $"What remains of {risk.Ref} is above the appetite. Whoever holds the role of top management agrees to it."
            );
        waiting.Agree(caller.Value.Name, db.Now);
        await work.Settle(risk, AgreeTask, $"{caller.Value.Name} agreed.", ct);
        await Stand(risk, waiting, ct);
        return waiting;
    }

    /// <summary>
    /// Ends what stands, for whatever cause: withdrawn, assessed again, treated otherwise, replaced. The tasks that
    /// went with it end as well.
    /// </summary>
    public async Task<bool> End(Risk risk, string because, CancellationToken ct)
    {
        var standing = await Standing(risk.Id, ct);
        foreach (var acceptance in standing)
            acceptance.End(because, db.Now);
        risk.StandsAccepted(null);
        await work.Settle(risk, RenewTask, because, ct);
        await work.Drop(risk, AgreeTask, because, ct);
        return standing.Count > 0;
    }

    /// <summary>
    /// Whether the caller may accept it today: its owner, or who stands in for the owner during a recorded absence.
    /// </summary>
    public async Task<bool> MayAccept(Risk risk, CancellationToken ct) =>
        caller.Value.May(Permission.AcceptRisks) && await signatory.Of(risk.OwnerId, ct) is not null;

    /// <summary>Whether the caller may agree to what lies above the appetite.</summary>
    public async Task<bool> MayAgree(CancellationToken ct) =>
        caller.Value.May(Permission.AcceptRisks) && await top.Holds(caller.Value.PersonId, ct);

    private async Task Stand(Risk risk, RiskAcceptance acceptance, CancellationToken ct)
    {
        risk.StandsAccepted(acceptance.Until);
        await work.Ensure(
            risk,
            RenewTask,
            $"Renew or end the acceptance of {risk.Title}",
            "An acceptance ends by itself; then the risk is untreated again.",
            risk.OwnerId,
            acceptance.Until,
            ct
        );
    }

    // What ran out by itself stays as it was: it was not ended by anybody.
    private async Task<List<RiskAcceptance>> Standing(Guid risk, CancellationToken ct)
    {
        var today = db.Today;
        return await db.Set<RiskAcceptance>()
            .AsTracking()
            .Where(a => a.RiskId == risk && a.WithdrawnAt == null && a.Until >= today)
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
    }

    private static string Freeze(Risk risk) =>
        JsonSerializer.Serialize(
            new
            {
                risk.Ref,
                risk.Version,
                risk.Title,
                risk.Cause,
                risk.Consequence,
                risk.InherentScore,
                risk.CurrentScore,
                risk.ResidualLikelihood,
                risk.ResidualImpact,
                risk.ResidualScore,
                risk.Rationale,
                risk.Treatment,
                risk.TreatmentPlan,
            },
            InputBinder.Json
        );
}
