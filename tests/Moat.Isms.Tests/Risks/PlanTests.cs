using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>The treatment plan is frozen as a version that each risk owner approves (6.1.3 f).</summary>
public sealed class PlanTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_owner_approves_their_own_part_of_the_frozen_plan_and_the_next_version_asks_again(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var ivo = await company.As(Role.ControlOwner, "Ivo Petrov");
        var olaf = await company.As(Role.RiskOwner, "Olaf Other");
        var complete = await Assert.ThrowsAsync<RuleBroken>(() => Freeze(company));
        Assert.Equal("plan.freeze.complete", complete.RuleId);

        var first = await Risk(company, "Weights leave");
        complete = await Assert.ThrowsAsync<RuleBroken>(() => Freeze(company));
        Assert.Equal([first, first, first], complete.Details.Select(d => d.Field));
        await Treat(company, first, "PER-2");
        await Treat(company, await Risk(company, "Prompts leak"), "PER-3");
        await company.Do(
            "risks.plan-action",
            new
            {
                @ref = first,
                title = "Meter the egress",
                owner = "PER-3",
                dueOn = "2026-05-01",
            }
        );
        Assert.False(await Approved(company));
        await Freeze(company);
        var plan = await Get(company, "PLAN-1");
        Assert.Equal(
            [("Dana Ortiz", 1, null), ("Ivo Petrov", 1, (string?)null)],
            plan.Parts.Select(p => (p.Owner, p.Risks, p.ApprovedBy))
        );
        var row = plan.Rows[0];
        Assert.Equal((first, "Dana Ortiz", 16, 4), (row.Risk, row.Owner, row.Current, row.Residual));
        Assert.Equal(("Meter the egress", "Ivo Petrov"), (Assert.Single(row.Actions).Title, row.Actions[0].Owner));

        await Broken("plan.approve.owner", () => Approve(company, "PLAN-1", olaf));
        await Broken("plan.approve.owner", () => Approve(company, "PLAN-1", company.Owner));
        await Approve(company, "PLAN-1", dana);
        await Broken("plan.approve.once", () => Approve(company, "PLAN-1", dana));
        Assert.False(await Approved(company));
        Assert.Equal(["Dana Ortiz", null], (await Get(company, "PLAN-1")).Parts.Select(p => p.ApprovedBy));
        Assert.Contains(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork(), ivo)).Items,
            t => t.Title.Contains("PLAN-1", StringComparison.Ordinal)
        );

        await Approve(company, "PLAN-1", ivo);
        Assert.True(await Approved(company));
        await company.Do(
            "risks.treat",
            new
            {
                @ref = first,
                option = "modify",
                plan = "Two people pull weights together.",
                residualLikelihood = 1,
                residualImpact = 2,
            }
        );
        Assert.True(((PlanDraft)await company.Do("plan.draft", new { })).Changed);
        Assert.False(await Approved(company));
        Assert.Equal("Short-lived tokens for notebooks", (await Get(company, "PLAN-1")).Rows[0].Plan);
        await Freeze(company);
        await Broken("plan.approve.current", () => Approve(company, "PLAN-1", ivo));
        Assert.False(await Approved(company));
        await Approve(company, "PLAN-2", ivo);
        await Approve(company, "PLAN-2", dana);
        Assert.All((await Get(company, "PLAN-2")).Parts, p => Assert.NotNull(p.ApprovedAt));
        Assert.True(await Approved(company));
        Assert.DoesNotContain(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork())).Items,
            t => t.Title.Contains("PLAN-", StringComparison.Ordinal)
        );
    }

    private static async Task<string> Risk(Company company, string title)
    {
        var risk = (
            (Done)
                await company.Do(
                    "risks.create",
                    new
                    {
                        title,
                        cause = "Broad rights",
                        consequence = "The lead is lost",
                    }
                )
        ).Ref;
        await company.Do(
            "risks.assess",
            new
            {
                @ref = risk,
                inherentLikelihood = 5,
                inherentImpact = 5,
                currentLikelihood = 4,
                currentImpact = 4,
                rationale = "Two near misses last year",
            }
        );
        return risk;
    }

    private static async Task Treat(Company company, string risk, string owner)
    {
        await company.Do("risks.edit", new { @ref = risk, owner });
        await company.Do(
            "risks.treat",
            new
            {
                @ref = risk,
                option = "modify",
                plan = "Short-lived tokens for notebooks",
                residualLikelihood = 2,
                residualImpact = 2,
            }
        );
    }

    private static Task<object> Freeze(Company company) =>
        company.Do("plan.freeze", new { changeNote = "What a new assessment changed." });

    private static Task<object> Approve(Company company, string plan, Caller by) =>
        company.Do("plan.approve", new { @ref = plan }, by);

    private static async Task<PlanView> Get(Company company, string plan) =>
        (PlanView)await company.Do("plan.get", new { @ref = plan });

    private static Task<bool> Approved(Company company) =>
        NonconformityTests.Holds(company, "6.1.3", "treatment-plan-approved");

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
