using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Retirements;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>Reads the risk register.</summary>
[Process(
    "risks",
    "What could go wrong with models, data and services, how bad that would be, and what is done about it."
)]
public sealed class RiskReading(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    RiskSuggestions suggestions,
    RiskAcceptances acceptances
)
{
    private static readonly Pager<Risk> Pages = new(
        new SortKey<Risk>("score", r => r.CurrentScore),
        new SortKey<Risk>("inherent", r => r.InherentScore),
        new SortKey<Risk>("residual", r => r.ResidualScore)
    );

    /// <summary>A page of the register.</summary>
    [Query("list", Permission.ReadIsms, "List risks with scores, owner and treatment")]
    public async Task<Page<RiskRow>> List(ListRisks input, CancellationToken ct)
    {
        var query = db.Set<Risk>().Of(input.Standing);
        if (input.Treatment is { } treatment)
            query = query.Where(r => r.Treatment == treatment);
        if (input.Unassessed is true)
            query = query.Where(r => r.CurrentScore == 0);
        if (input.MinScore is { } score)
            query = query.Where(r => r.CurrentScore >= score);
        if (input.Likelihood is { } likelihood)
            query = query.Where(r => r.CurrentLikelihood == likelihood);
        if (input.Impact is { } impact)
            query = query.Where(r => r.CurrentImpact == impact);
        if (input.Owner is { } owner)
        {
            var person = owner == "me" ? caller.Value.PersonId : (await db.One<Person>(owner, ct)).Id;
            query = query.Where(r => r.OwnerId == person);
        }
        var people = db.Set<Person>();
        return await Pages.Page(
            db,
            query,
            input,
            r => new RiskRow(
                "RISK-" + r.Number,
                r.Title,
                r.ThreatId,
                r.Standing,
                people.Where(p => p.Id == r.OwnerId).Select(p => p.Name).FirstOrDefault(),
                r.InherentScore,
                r.CurrentScore,
                r.ResidualScore,
                r.Treatment,
                r.AcceptedUntil,
                r.AssessedAt,
                r.WhyProposed
            ),
            ct
        );
    }

    /// <summary>One risk with its threat, assets, controls, actions and acceptances.</summary>
    [Query("get", Permission.ReadIsms, "Read one risk")]
    public async Task<RiskView> Get(OneRecord input, CancellationToken ct)
    {
        var risk = await db.One<Risk>(input.Ref, ct);
        var owner = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == risk.OwnerId, ct);
        return new RiskView
        {
            Ref = risk.Ref,
            Version = risk.Version,
            Title = risk.Title,
            Standing = risk.Standing,
            WhyProposed = risk.WhyProposed,
            Cause = risk.Cause,
            Consequence = risk.Consequence,
            Harms = risk.Harms,
            OwnerRef = owner?.Ref,
            Owner = owner?.Name,
            Inherent = Score(risk.InherentLikelihood, risk.InherentImpact),
            Current = Score(risk.CurrentLikelihood, risk.CurrentImpact),
            Residual = Score(risk.ResidualLikelihood, risk.ResidualImpact),
            Rationale = risk.Rationale,
            AssessedAt = risk.AssessedAt,
            Treatment = risk.Treatment,
            TreatmentPlan = risk.TreatmentPlan,
            AcceptedUntil = risk.AcceptedUntil,
            Threat = await Threat(risk, ct),
            Assets = await AssetsOf(risk.Id, ct),
            Controls = await ControlsOf(risk.Id, ct),
            Actions = await ActionsOf(risk.Id, ct),
            Acceptances = await AcceptancesOf(risk.Id, ct),
            ChangedAt = risk.ChangedAt,
            ChangedBy = risk.ChangedBy,
            Retired = await db.RetirementOf(risk, ct),
            AboveAppetite = risk.ResidualScore > (await RiskLimits.InForce(db, ct)).Appetite,
            MayAccept = await acceptances.MayAccept(risk, ct),
            MayAgree = await acceptances.MayAgree(ct),
        };
    }

    /// <summary>Where adopted risks lie today.</summary>
    [Query("heat-map", Permission.ReadIsms, "Count adopted risks by current likelihood and impact")]
    public Task<HeatMap> Heat(Nothing input, CancellationToken ct) =>
        db.Unchanged(nameof(Heat), () => CountCells(ct), ct);

    private async Task<HeatMap> CountCells(CancellationToken ct)
    {
        var cells = await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted)
            .GroupBy(r => new { r.CurrentLikelihood, r.CurrentImpact })
            .Select(g => new HeatCell(g.Key.CurrentLikelihood, g.Key.CurrentImpact, g.Count()))
            .ToListAsync(ct);
        var limits = await RiskLimits.InForce(db, ct);
        return new HeatMap(
            [.. cells.Where(c => c.Likelihood > 0)],
            cells.Where(c => c.Likelihood == 0).Sum(c => c.Count),
            limits.Appetite,
            limits.High
        );
    }

    /// <summary>What the catalogue suggests for the assets and profile of today and is not in the register.</summary>
    [Query("suggestions", Permission.ReadIsms, "Suggest risks from threat catalogue, asset graph and profile")]
    public async Task<IReadOnlyList<SuggestionView>> Suggest(Nothing input, CancellationToken ct)
    {
        var found = await suggestions.Suggest(
            DraftBasis.Of(knowledge, await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct)),
            ct
        );
        return
        [
            .. found
                .Take(100)
                .Select(s => new SuggestionView(
                    s.Source,
                    s.Threat.Id,
                    s.Title,
                    s.Cause,
                    s.Consequence,
                    s.Likelihood,
                    s.Impact,
                    s.Why,
                    [.. s.Strikes.Select(a => new Related(a.Ref, a.Name, AssetKinds.All[a.Kind]))]
                )),
        ];
    }

    private async Task<ThreatView?> Threat(Risk risk, CancellationToken ct)
    {
        if (risk.ThreatId is null || !knowledge.ThreatById.TryGetValue(risk.ThreatId, out var threat))
            return null;
        var flags = ((await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts ?? []).ToHashSet();
        return new ThreatView(
            threat.Id,
            threat.Title,
            [.. threat.Atlas, .. threat.Owasp, .. threat.Nist],
            threat.Start.Likelihood.For(flags),
            threat.Start.Likelihood.Why,
            threat.Start.Impact.For(flags),
            threat.Start.Impact.Why,
            threat.Html
        );
    }

    private async Task<IReadOnlyList<Related>> AssetsOf(Guid risk, CancellationToken ct)
    {
        var assets = await (
            from link in db.Links
            where link.FromId == risk && link.Type == LinkTypes.Threatens
            join asset in db.Set<Asset>() on link.ToId equals asset.Id
            orderby asset.Need descending, asset.Number
            select asset
        ).ToListAsync(ct);
        var marks = await db.RetirementMarks(assets, ct);
        return [.. assets.Select(a => new Related(a.Ref, a.Name, a.Kind) { Mark = marks.GetValueOrDefault(a.Id) })];
    }

    private async Task<IReadOnlyList<Related>> ControlsOf(Guid risk, CancellationToken ct) =>
        await (
            from link in db.Links
            where link.ToId == risk && link.Type == LinkTypes.Treats
            join control in db.Set<Control>() on link.FromId equals control.Id
            orderby control.Order, control.Number
            select new Related(control.Code, control.Title, control.Implementation.ToString())
        ).ToListAsync(ct);

    private async Task<IReadOnlyList<ActionView>> ActionsOf(Guid risk, CancellationToken ct) =>
        await db.Set<WorkItem>()
            .Where(t => t.SubjectId == risk && t.Purpose == "action")
            .OrderBy(t => t.DueOn)
            .Select(t => new ActionView(
                "TASK-" + t.Number,
                t.Title,
                db.Set<Person>().Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(),
                t.DueOn,
                t.State
            ))
            .ToListAsync(ct);

    private async Task<IReadOnlyList<AcceptanceView>> AcceptancesOf(Guid risk, CancellationToken ct) =>
        await db.Set<RiskAcceptance>()
            .Where(a => a.RiskId == risk)
            .OrderByDescending(a => a.Number)
            .Select(a => new AcceptanceView(
                "ACPT-" + a.Number,
                a.AcceptedBy,
                a.Reason,
                a.Until,
                a.CreatedAt,
                a.WithdrawnAt,
                a.FrozenState
            )
            {
                NeedsAgreement = a.NeedsAgreement,
                AgreedBy = a.AgreedBy,
                AgreedAt = a.AgreedAt,
                EndedBecause = a.EndedBecause,
            })
            .ToListAsync(ct);

    private static ScoreView? Score(int likelihood, int impact) =>
        likelihood == 0 ? null : new ScoreView(likelihood, impact, likelihood * impact);
}
