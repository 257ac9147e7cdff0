using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Cli.Demo;

/// <summary>The register of risks: who owns them, how they are assessed and what is done about them.</summary>
internal sealed partial class DemoStory
{
    private async Task Risks(CancellationToken ct)
    {
        await On(15, ct: ct);
        await AdoptAll("jonas", "risks", ct);
        await AdoptTrainingAccess(ct);
        var risks = await AllRisks(ct);
        await OwnRisks(risks, ct);
        await Pulse(ct);
        var day = 18;
        foreach (var (risk, index) in risks.Select((r, i) => (r, i)))
        {
            await On(day++, ct: ct);
            await Assess(risk.Ref, "dana", ct, less: 1 + index % 3);
            if (day % 5 == 0)
                await Pulse(ct);
        }
        foreach (var risk in risks)
        {
            await On(day, ct: ct);
            await Treat(risk.Ref, ct);
        }
        await AcceptKept(_ => FirstRenewal, ct);
        await PlanActions(day, ct);
    }

    private async Task OwnRisks(IReadOnlyList<RiskRow> risks, CancellationToken ct)
    {
        foreach (var (risk, index) in risks.Select((r, i) => (r, i)))
            await cast.Do(
                "jonas",
                "risks.edit",
                new
                {
                    @ref = risk.Ref,
                    owner = cast.People[
                        index % 3 == 0 ? "ivo"
                        : index % 3 == 1 ? "dana"
                        : "jonas"
                    ],
                },
                ct
            );
    }

    private async Task PlanActions(int day, CancellationToken ct)
    {
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("label-tampering", ct),
                title = "Sign every labelled batch and refuse unsigned ones in the pipeline",
                owner = cast.People["ben"],
                dueOn = Date(day + 40),
            },
            ct
        );
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("vector-store-weakness", ct),
                title = "Separate the retrieval index of each hospital",
                owner = cast.People["nadia"],
                dueOn = Date(day + 60),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("gpu-cluster-compromise", ct),
                title = "Meter egress of the weights bucket and alert above 5 GB",
                owner = cast.People["ivo"],
                dueOn = Date(Days + 20),
            },
            ct
        );
    }

    private async Task Assess(string reference, string who, CancellationToken ct, string? because = null, int less = 1)
    {
        var risk = (RiskView)await cast.Do(who, "risks.get", new { @ref = reference }, ct);
        var (likelihood, impact) = (risk.Threat?.StartLikelihood ?? 3, risk.Threat?.StartImpact ?? 3);
        await cast.Do(
            who,
            "risks.assess",
            new
            {
                @ref = reference,
                inherentLikelihood = likelihood,
                inherentImpact = impact,
                currentLikelihood = Math.Max(1, likelihood - less),
                currentImpact = less > 2 ? Math.Max(1, impact - 1) : impact,
                residualLikelihood = Math.Max(1, likelihood - less - 1),
                residualImpact = Math.Max(1, impact - 1),
                rationale = because is null
                    ? $"{risk.Threat?.LikelihoodWhy} What we run today takes one step off the likelihood; nobody has seen it here yet."
                    : "The new labels come from outside annotators through one approval, so what we took off before does not hold for them.",
                becauseOf = because,
            },
            ct
        );
    }

    private async Task Treat(string reference, CancellationToken ct)
    {
        var risk = (RiskView)await cast.Do("dana", "risks.get", new { @ref = reference }, ct);
        var retain = risk.Current!.Score <= 6;
        await cast.Do(
            "dana",
            "risks.treat",
            new
            {
                @ref = reference,
                option = retain ? "retain" : "modify",
                plan = retain
                    ? $"'{risk.Title}' is within the appetite; {risk.Owner} looks again when the model or its data change."
                    : $"{string.Join(", ", risk.Controls.Take(4).Select(c => c.Title))}: they take down '{risk.Title}'; {risk.Owner} reports on them every month.",
            },
            ct
        );
    }

    /// <summary>
    /// A new model version brings a dataset that nobody had looked at; the risk is assessed again because of it.
    /// </summary>
    private async Task NewModelVersion(CancellationToken ct)
    {
        var imported = (Moat.Isms.Assets.Boms.BomResult)
            await cast.Do("jonas", "assets.import-bom", Bom("triage-2.cdx.json"), ct);
        await AdoptAll("jonas", "assets", ct);
        await OwnAssets(ct);
        var poisoning = (await AllRisks(ct)).First(r => r.ThreatId == "training-data-poisoning");
        await On(_day + 2, ct: ct);
        await Assess(poisoning.Ref, "dana", ct, because: imported.Ref, less: 0);
        await cast.Do(
            "dana",
            "risks.treat",
            new
            {
                @ref = poisoning.Ref,
                option = "modify",
                plan = "A validation gate with two approvals for labels from outside; the contract with the annotators names provenance.",
                residualLikelihood = 2,
                residualImpact = 3,
            },
            ct
        );
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = poisoning.Ref,
                title = "Two approvals for every batch of outside labels",
                owner = cast.People["ben"],
                dueOn = Date(Days + 6),
            },
            ct
        );
    }

    private async Task<IReadOnlyList<RiskRow>> AllRisks(CancellationToken ct) =>
        ((Page<RiskRow>)await cast.Do("jonas", "risks.list", new { limit = 200, standing = "adopted" }, ct)).Items;
}
