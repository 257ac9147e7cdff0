using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>A risk is adopted, then assessed, then treated and accepted by its owner.</summary>
public sealed class RiskAssessmentRuleTests
{
    [Fact]
    public async Task A_proposal_is_not_assessed_and_not_retired()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var risk = (await Proposed(company, "risks"))[0];
        await Broken("risk.assess.adopted", () => Assess(company, risk));
        await Broken(
            "record.retire.adopted",
            () => company.Do("risks.retire", new { @ref = risk, reason = "The cluster was given back." })
        );
        await company.Do("draft.adopt", new { refs = new[] { risk } });
        await Assess(company, risk);
    }

    [Fact]
    public async Task It_is_treated_once_it_is_assessed_and_is_not_higher_today_than_without_any_control()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var risk = (await Proposed(company, "risks"))[0];
        await company.Do("draft.adopt", new { refs = new[] { risk } });
        Task Treat() =>
            company.Do(
                "risks.treat",
                new
                {
                    @ref = risk,
                    option = "modify",
                    plan = "Keys live an hour from June on.",
                }
            );
        await Broken("risk.treat.assessed", Treat);
        await Broken("risk.assess.current-above-inherent", () => Assess(company, risk, today: 4));
        await Assess(company, risk);
        await Treat();
    }

    [Fact]
    public async Task What_nobody_owns_is_not_accepted()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var risk = (await Proposed(company, "risks"))[0];
        await company.Do("draft.adopt", new { refs = new[] { risk } });
        await Assess(company, risk);
        await Broken(
            "risk.accept.has-owner",
            () =>
                company.Do(
                    "risks.accept",
                    new
                    {
                        @ref = risk,
                        reason = "It is rare and cheap.",
                        until = "2026-09-01",
                    }
                )
        );
    }

    private static Task<object> Assess(Company company, string risk, int today = 2) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = risk,
                inherentLikelihood = 3,
                inherentImpact = 3,
                currentLikelihood = today,
                currentImpact = 3,
                residualLikelihood = 1,
                residualImpact = 3,
                rationale = "Two near misses last year",
            }
        );
}
