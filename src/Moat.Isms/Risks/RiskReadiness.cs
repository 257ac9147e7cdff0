using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Risks;

/// <summary>The rules about risks (clauses 6.1.2, 6.1.3, 8.2, 8.3).</summary>
public sealed class RiskReadiness : ReadinessRules<RiskFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["method.approve", "risks.assess", "risks.treat", "tasks.complete"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<RiskFacts>> Rules { get; } =
    [
        new(
            "risk-method-approved",
            "a person approved the risk method in force, its criteria say something and no two steps of a scale read the same",
            Method
        ),
        new(
            "risks-identified",
            "each crown jewel in scope is threatened by an adopted risk that a person assessed, and adopted risks together harm confidentiality, integrity and availability",
            Identified
        ),
        new("risks-assessed", "every adopted risk was assessed by a person, with a rationale of its own", Assessed),
        new(
            "risks-reassessed",
            "every adopted risk was assessed within the time asked, and people assessed risks again at least 30 days after they had assessed them before",
            Reassessed
        ),
        new(
            "risks-treated",
            "every assessed risk above the appetite has a treatment that a person decided, in a plan of its own words",
            Treated
        ),
        new(
            "treatment-planned",
            "every risk above the appetite that is to be modified names a control or an action, and every action has an owner (6.1.3 e)",
            Planned
        ),
        new(
            "treatment-plan-approved",
            "every owner approved their part of the last frozen treatment plan, signed in, and each risk above the appetite stands in it as it is treated today (6.1.3 f)",
            Approved
        ),
        new(
            "treatment-actions-on-time",
            "no action of the treatment plan is overdue, and their owners finished actions on two days at least 30 days apart",
            OnTime
        ),
        new(
            "residual-accepted",
            "every assessed residual risk is accepted by its own owner, signed in, until a day that is not over, and the first acceptance was given at least 30 days ago (6.1.3 f)",
            Accepted
        ),
        new(
            "risk-changed-by-learning",
            "the journal proves that a person moved the values of a risk because of an incident, finding, lesson, action or news that is named, at least 30 days after the risk had been assessed before, within the time asked",
            Learned
        ),
    ];

    /// <inheritdoc />
    protected override Task<RiskFacts> Read(RuleSource source, CancellationToken ct) => RiskFacts.Read(source, ct);

    private static RuleResult Method(RiskFacts f, Asked asked)
    {
        if (f.Method is not { } method)
            return RuleResult.No("No risk method is approved");
        if (!f.MethodByPerson)
            return RuleResult.No($"{method.Ref} was approved by no person");
        if (!Substance.Says(method.Criteria))
            return RuleResult.No($"The criteria of {method.Ref} say nothing");
        return
            method.LikelihoodScale.Distinct().Count() == method.LikelihoodScale.Count
            && method.ImpactScale.Distinct().Count() == method.ImpactScale.Count
            ? RuleResult.Yes($"{method.Ref} was approved by {method.ApprovedBy}")
            : RuleResult.No($"Steps of a scale of {method.Ref} read the same, so two people cannot rate alike");
    }

    private static RuleResult Identified(RiskFacts f, Asked asked)
    {
        if (f.Risks.Count == 0)
            return RuleResult.No("No risk is adopted yet");
        var missing = RiskFacts.Harms.Where(h => !f.Risks.Any(r => r.Harms.Contains(h))).ToList();
        if (missing.Count > 0)
            return RuleResult.No($"No adopted risk harms {string.Join(" or ", missing)}");
        if (f.Jewels.Count == 0)
            return RuleResult.No("No crown jewel is named in scope, so nobody can tell whether its risks are known");
        var open = f.Jewels.Where(j => !f.Threatening[j].Any(r => f.Assessments.Contains(r))).ToList();
        return open.Count == 0
            ? RuleResult.Yes(
                $"{f.Risks.Count} adopted risks; each of {f.Jewels.Count} crown jewels is threatened by one that a person assessed"
            )
            : RuleResult.No(
                $"{f.Jewels.Count - open.Count} of {f.Jewels.Count} crown jewels are threatened by a risk that a person assessed, first without: {open[0]}"
            );
    }

    private static RuleResult Assessed(RiskFacts f, Asked asked)
    {
        if (f.Risks.Count == 0)
            return RuleResult.No("No risk is adopted yet");
        var byPerson = f.Risks.Count(r => r.AssessedAt is not null && f.Assessments.Contains(r.Ref));
        var every = Asked.Every(byPerson, f.Risks.Count, 1, "adopted risks were assessed by a person");
        return every.Holds
            ? Asked.Every(
                Substance.Saying(f.Risks.Select(r => r.Rationale)),
                f.Risks.Count,
                1,
                "adopted risks have a rationale of their own"
            )
            : every;
    }

    private static RuleResult Reassessed(RiskFacts f, Asked asked)
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        if (f.Risks.Count == 0)
            return RuleResult.No("No risk is adopted yet");
        var within = Asked.Every(
            f.Risks.Count(r => r.AssessedAt?.Day() >= since && f.Assessments.Contains(r.Ref)),
            f.Risks.Count,
            1,
            $"adopted risks were assessed by a person within {asked.MaxAgeDays} days"
        );
        if (!within.Holds)
            return within;
        var again = f.Risks.Where(r => f.Again(r.Ref) is { } on && on >= since).ToList();
        return again.Count == 0
            ? RuleResult.No(
                $"No risk was assessed again {Asked.DaysApart} days or more after it had been assessed before"
            )
            : RuleResult.Yes(
                $"All {f.Risks.Count} adopted risks were assessed within {asked.MaxAgeDays} days, {again.Count} of them again after a month or more"
            );
    }

    private static RuleResult Treated(RiskFacts f, Asked asked)
    {
        if (f.Above.Count == 0)
            return RuleResult.No(
                f.Risks.Count == 0
                    ? "No risk is adopted yet"
                    : "No adopted risk is assessed above the appetite, so there is nothing to treat"
            );
        var every = Asked.Every(
            f.Above.Count(r => r.Treatment != TreatmentOption.Undecided && f.Treatments.Contains(r.Ref)),
            f.Above.Count,
            1,
            "risks above the appetite have a treatment that a person decided"
        );
        return every.Holds
            ? Asked.Every(
                Substance.Saying(f.Above.Select(r => r.TreatmentPlan)),
                f.Above.Count,
                1,
                "risks above the appetite have a plan of their own words"
            )
            : every;
    }

    private static RuleResult Planned(RiskFacts f, Asked asked)
    {
        var modified = f.Above.Where(r => r.Treatment == TreatmentOption.Modify).ToList();
        if (modified.Count == 0)
            return RuleResult.No("No risk above the appetite is to be modified yet, so nothing is planned");
        if (f.Actions.Any(a => a.OwnerId is null))
            return RuleResult.No(
                $"{f.Actions.Count(a => a.OwnerId is null)} actions of the treatment plan have no owner"
            );
        return Asked.Every(
            modified.Count(r => f.Controlled.Contains(r.Id) || f.Actions.Any(a => a.SubjectId == r.Id)),
            modified.Count,
            1,
            "risks that are to be modified name a control or an action"
        );
    }

    private static RuleResult Approved(RiskFacts f, Asked asked)
    {
        if (f.Above.Count == 0)
            return RuleResult.No("No adopted risk is assessed above the appetite, so there is no plan to approve");
        if (f.Plan is not { } plan)
            return RuleResult.No("No treatment plan is frozen, so no owner could approve their part of it");
        if (f.Above.FirstOrDefault(r => !plan.Has(r)) is { } other)
            return RuleResult.No(
                $"{other.Ref} does not stand in {plan.Ref} as it is treated today, so its owner did not approve that"
            );
        return Asked.Every(plan.Approved, plan.Parts, 1, $"owners approved their part of {plan.Ref}");
    }

    private static RuleResult OnTime(RiskFacts f, Asked asked)
    {
        if (f.Actions.Count == 0)
            return RuleResult.No("The treatment plan has no action");
        var late = f.Actions.Count(a => a.Open && a.DueOn < asked.Today);
        return late > 0
            ? RuleResult.No($"{late} of {f.Actions.Count} actions of the treatment plan are overdue")
            : asked.OverTime(
                f.Actions.Select(a => a.FinishedOn).OfType<DateOnly>(),
                "Actions of the treatment plan that people finished"
            );
    }

    private static RuleResult Accepted(RiskFacts f, Asked asked)
    {
        var residual = f.Risks.Where(r => r.ResidualScore > 0).ToList();
        if (residual.Count == 0)
            return RuleResult.No("No residual risk is assessed yet, so there is nothing to accept");
        var every = Asked.Every(
            residual.Count(r => f.Accepted.ContainsKey(r.Id)),
            residual.Count,
            1,
            "residual risks are accepted by their own owner until a day that is not over"
        );
        if (!every.Holds)
            return every;
        return residual.Any(r => asked.Today.WellAfter(f.Accepted[r.Id]))
            ? every
            : RuleResult.No($"{every.Because}, but none longer than {Asked.DaysApart} days");
    }

    private static RuleResult Learned(RiskFacts f, Asked asked) =>
        f.Learned is { } last
            ? asked.Fresh(last.On, $"{last.Ref} was assessed anew because of {last.Cause}", "")
            : RuleResult.No(
                $"The values of no standing risk moved because of something learned; a link alone shows nothing"
            );
}
