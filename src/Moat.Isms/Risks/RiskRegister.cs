using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>The risk register and what is done to a risk (clauses 6.1.2, 6.1.3, 8.2, 8.3).</summary>
[Process(
    "risks",
    "What could go wrong with models, data and services, how bad that would be, and what is done about it."
)]
public sealed class RiskRegister(
    MoatDb db,
    RiskAcceptances acceptances,
    KnowledgeBase knowledge,
    RecordFinder records,
    WorkList work,
    ILearnedChanges learned
)
{
    private const string OwnControl = " Draft the controls first, or enter it as your own.";
    private static readonly string[] KnownHarms = ["confidentiality", "integrity", "availability"];

    /// <summary>Enters a risk of the company's own; it is adopted at once.</summary>
    [Operation("create", Permission.EditRisks, "Enter a risk of your own")]
    public async Task<Done> Create(CreateRisk input, CancellationToken ct)
    {
        CheckHarms(input.Harms);
        if (input.ThreatId is { } threat && !knowledge.ThreatById.ContainsKey(threat))
            throw new InputInvalid("threatId", "The catalogue has no threat of this id.");
        var risk = await db.Enter(
            new Risk
            {
                Title = input.Title,
                ThreatId = input.ThreatId,
                Cause = input.Cause,
                Consequence = input.Consequence,
                Harms = [.. input.Harms],
                OwnerId = await db.OwnerId(input.Owner, ct),
            },
            ct
        );
        foreach (var asset in await AssetsOf(input.Assets, ct))
            await db.Connect(risk, LinkTypes.Threatens, asset, ct);
        await work.EnsureAssessment(risk, db.Today, ct);
        return new Done(risk);
    }

    /// <summary>Changes its description, owner or assets.</summary>
    [Operation("edit", Permission.EditRisks, "Change a risk's description, owner or assets")]
    public async Task<Done> Edit(EditRisk input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        risk.Title = input.Title ?? risk.Title;
        risk.Cause = input.Cause ?? risk.Cause;
        risk.Consequence = input.Consequence ?? risk.Consequence;
        if (input.Harms is not null)
            risk.Harms = [.. CheckHarms(input.Harms)];
        if (input.Owner is not null)
            risk.OwnerId = await db.OwnerId(input.Owner, ct);
        if (input.Assets is not null)
            await db.ConnectOnly(risk, LinkTypes.Threatens, await AssetsOf(input.Assets, ct), ct);
        if (input.Adopt)
            risk.Adopt();
        if (risk is { Standing: Standing.Adopted, AssessedAt: null })
            await work.EnsureAssessment(risk, db.Today, ct);
        return new Done(risk);
    }

    /// <summary>Assesses a risk without control, today and after treatment.</summary>
    [Operation(
        "assess",
        Permission.EditRisks,
        "Assess inherent, current and residual risk with the rationale (6.1.2 d)"
    )]
    public async Task<Done> Assess(AssessRisk input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        risk.Assess(
            new Rating { Likelihood = input.InherentLikelihood, Impact = input.InherentImpact },
            new Rating { Likelihood = input.CurrentLikelihood, Impact = input.CurrentImpact },
            Pair(input.ResidualLikelihood, input.ResidualImpact),
            input.Rationale,
            db.Now
        );
        await acceptances.End(risk, "It was assessed again.", ct);
        if (input.BecauseOf is { } cause)
            await learned.Because(risk, await records.One(cause, ct), LinkTypes.LearnedFrom, ct);
        await learned.Answered(risk, changed: true, ct);
        await work.Settle(risk, "assess", "Assessed", ct);
        if (risk.Treatment == TreatmentOption.Undecided)
            await work.Ensure(
                risk,
                "treat",
                $"Decide the treatment of {risk.Title}",
                "An assessed risk needs a decision by its owner (6.1.3 a).",
                risk.OwnerId,
                db.Today.AddDays(30),
                ct
            );
        return new Done(risk);
    }

    /// <summary>Decides the treatment and the controls that carry it.</summary>
    [Operation("treat", Permission.EditRisks, "Decide the treatment, its controls and the residual risk (6.1.3)")]
    public async Task<Done> Treat(TreatRisk input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        if (input.Option == TreatmentOption.Undecided)
            throw new InputInvalid("option", "Choose modify, retain, avoid or share.");
        risk.Treat(input.Option, input.Plan, Pair(input.ResidualLikelihood, input.ResidualImpact));
        await acceptances.End(risk, "Its treatment was decided again.", ct);
        if (input.Controls is not null)
            await db.ConnectOnly(await db.Controls(input.Controls, ct, OwnControl), LinkTypes.Treats, risk, ct);
        await work.Settle(risk, "treat", $"Treatment: {input.Option}", ct);
        return new Done(risk);
    }

    /// <summary>Adds an action to the treatment plan; it becomes somebody's task.</summary>
    [Operation(
        "plan-action",
        Permission.EditRisks,
        "Add an action with owner and date to the treatment plan (6.1.3 e)"
    )]
    public async Task<Done> PlanAction(PlanAction input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input.Ref, ct);
        var owner = await db.OwnerId(input.Owner, ct);
        return new Done(
            await work.Open(
                risk,
                new NewWork(
                    TreatmentPlan.Purpose,
                    input.Title,
                    $"Treats {risk.Ref} {risk.Title}".Cut(1000),
                    owner,
                    input.DueOn
                ),
                ct
            )
        );
    }

    /// <summary>Its owner accepts what remains, freezing the state that was accepted.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("accept", Permission.AcceptRisks, "Accept the residual risk until a date, as its owner (6.1.3 f)")
    ]
    public async Task<Done> Accept(AcceptRisk input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        await acceptances.Accept(risk, input.Until, input.Reason, ct);
        return new Done(risk);
    }

    /// <summary>Top management agrees to carry what an owner accepted above the appetite.</summary>
    [
        ByPerson,
        Operation(
            "agree",
            Permission.AcceptRisks,
            "Agree, as top management, to what its owner accepted above the appetite"
        )
    ]
    public async Task<Done> Agree(ChangeRecord input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        await acceptances.Agree(risk, ct);
        return new Done(risk);
    }

    /// <summary>Takes an acceptance back.</summary>
    [Operation("withdraw-acceptance", Permission.AcceptRisks, "Withdraw an acceptance before its end")]
    public async Task<Done> Withdraw(WithdrawAcceptance input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input, ct);
        if (!await acceptances.End(risk, input.Reason, ct))
            throw new RuleBroken("risk.withdraw.accepted", $"{risk.Ref} is not accepted.");
        return new Done(risk);
    }

    private async Task<IReadOnlyList<Asset>> AssetsOf(IReadOnlyCollection<string> references, CancellationToken ct)
    {
        var found = references.Count == 0 ? [] : await records.All(references, ct);
        return found.All(r => r is Asset)
            ? [.. found.Cast<Asset>()]
            : throw new InputInvalid("assets", "Name assets, such as AST-3.");
    }

    private static List<string> CheckHarms(List<string> harms) =>
        harms.Except(KnownHarms).Any()
            ? throw new InputInvalid("harms", $"Each is one of: {string.Join(", ", KnownHarms)}.")
            : harms;

    private static Rating? Pair(int? likelihood, int? impact) =>
        (likelihood, impact) switch
        {
            ({ } l, { } i) => new Rating { Likelihood = l, Impact = i },
            (null, null) => null,
            _ => throw new InputInvalid(
                likelihood is null ? "residualLikelihood" : "residualImpact",
                "Give both residual values or none."
            ),
        };
}
