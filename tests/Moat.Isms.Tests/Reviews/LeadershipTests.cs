using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Leadership;
using Moat.Isms.Readiness;
using Moat.Isms.Risks.Money;

namespace Moat.Tests;

/// <summary>One screen for those who lead, and what readiness says about reviews.</summary>
public sealed class LeadershipTests
{
    private static readonly string[] First = ["RISK-1"];

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Money_at_risk_falls_with_controls_and_the_same_risks_give_the_same_figures(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var none = (await View(company)).Money;
        Assert.Equal((MoneyState.Counted, 0, (long?)null), (none.State, none.Counted, none.Today?.Expected));
        await company.Do("draft.adopt", new { refs = First });
        Assert.Equal((0, 1), ((await View(company)).Money.Counted, (await View(company)).Money.NotCounted));
        await Assess(company, (4, 4), (3, 4), (2, 3));
        var money = (await View(company)).Money;
        Assert.Equal((1, 0), (money.Counted, money.NotCounted));
        Assert.True(
            money.WithoutControls!.Expected > money.Today!.Expected
                && money.Today.Expected > money.AfterTreatment!.Expected
                && money.AfterTreatment.Expected > 0,
            $"{money}"
        );
        Assert.True(money.Today.Bad >= money.Today.Usual);
        var again = (await View(company)).Money;
        Assert.Equal(
            (money.WithoutControls, money.Today, money.AfterTreatment),
            (again.WithoutControls, again.Today, again.AfterTreatment)
        );
        // Nothing was done about it, so nothing is won.
        await Assess(company, (4, 4), (4, 4), (4, 4));
        var open = (await View(company)).Money;
        Assert.Equal(open.WithoutControls, open.Today);
        Assert.Equal(money.WithoutControls, open.Today);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Inputs_of_a_review_freeze_what_Home_says_at_that_moment_and_not_an_older_pulse(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        await company.Do("readiness.record", new { });
        await RuleTests.Complete(company);
        var review = await ReviewTests.Scheduled(company, manager);
        var home = ((RoadmapView)await company.Do("readiness.roadmap", new { })).Doi;
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var figures = (await ReviewTests.Get(company, review))
            .Topics.Single(t => t.Key == "measurements")
            .Input!.Figures.ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal(
            ($"{home.Documented.Percent}", $"{home.Operating.Percent}", $"{home.Improving.Percent}"),
            (figures["Documented, %"], figures["Operating, %"], figures["Improving, %"])
        );
        Assert.True(home.Documented.Percent > 0, $"{home}");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_accepted_risk_stands_beside_the_protection_of_a_crown_jewel_with_what_it_costs(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await ReviewTests.Manager(company);
        await company.Do("draft.adopt", new { refs = First });
        await Assess(company, (5, 5), (5, 5), (4, 5));
        var jewel = await IntakeTests.Asset(company, "acme-weights", jewel: true);
        await company.Do(
            "risks.edit",
            new
            {
                @ref = "RISK-1",
                assets = new[] { jewel },
                owner = await ReviewTests.RefOf(company, company.Owner),
            }
        );
        var open = (await View(company)).CrownJewels.Single(j => j.Ref == jewel);
        Assert.Equal((0, 1, 0), (open.Protection, open.Risks, open.Accepted));
        Assert.True(open.ExpectedLoss > 0, $"{open}");
        await company.Do(
            "risks.treat",
            new
            {
                @ref = "RISK-1",
                option = "retain",
                plan = "We bear it until the second approval is in place.",
                residualLikelihood = 4,
                residualImpact = 5,
            }
        );
        await company.Do(
            "risks.accept",
            new
            {
                @ref = "RISK-1",
                reason = "Until the second approval is in place.",
                until = "2026-12-01",
            }
        );
        var accepted = (await View(company)).CrownJewels.Single(j => j.Ref == jewel);
        Assert.Equal((0, 1, open.ExpectedLoss), (accepted.Protection, accepted.Accepted, accepted.ExpectedLoss));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_published_statement_ends_the_foundations_and_operates_nothing(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        Assert.Equal("foundations", await Stage(company));
        await RuleTests.Complete(company);
        await company.Do(
            "soa.publish",
            new { changeNote = "The first version of the statement" },
            await company.As(Role.IsmsManager, "Max Manager")
        );
        Assert.Equal("building", await Stage(company));
        RequirementView Clause(int held) =>
            new("9.1", "", "clause", 8, null, new Doi(new Share(1, 1), new Share(held, 10), new Share(0, 1)), [], "");
        Assert.Equal("building", IsmsStage.Of([Clause(4)], published: true).Word);
        Assert.Equal("operating", IsmsStage.Of([Clause(5)], published: true).Word);
        Assert.Equal("foundations", IsmsStage.Of([Clause(9)], published: false).Word);
        Assert.Contains("5 of the 10 things", IsmsStage.Of([Clause(5)], published: true).Why, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_an_empty_register_nothing_says_a_share_of_none(string database)
    {
        await using var company = await Company.Found(database);
        var all = ((ReadinessView)await company.Do("readiness.list", new { })).Requirements;
        Assert.DoesNotContain(
            all.SelectMany(r => r.Rules),
            r => r.Because.Contains("0 of 0", StringComparison.Ordinal)
        );
        Assert.Equal(
            "No nonconformity is recorded yet",
            all.Single(r => r.Id == "10.2").Rules.First(r => r.Rule == "nonconformities-handled").Because
        );
        var roadmap = (RoadmapView)await company.Do("readiness.roadmap", new { });
        Assert.DoesNotContain(roadmap.Steps, s => s.Sentence.Contains("0 of 0", StringComparison.Ordinal));
    }

    private static async Task<string> Stage(Company company) =>
        ((RoadmapView)await company.Do("readiness.roadmap", new { })).Stage.Word;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_only_those_who_lead_can_decide_is_named_until_it_is_decided(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        await company.Do("draft.adopt", new { refs = First });
        await Assess(company, (5, 5), (5, 5), (4, 5));
        Assert.Contains(
            (await View(company)).Decisions,
            d => d.Ref == "RISK-1" && d.Why.Contains("nobody decided", StringComparison.Ordinal)
        );
        await company.Do(
            "risks.treat",
            new
            {
                @ref = "RISK-1",
                option = "modify",
                plan = "Signed batches and two approvals.",
            }
        );
        Assert.Contains(
            (await View(company)).Decisions,
            d => d.Ref == "RISK-1" && d.Why.Contains("Somebody accepts it in writing", StringComparison.Ordinal)
        );
        await company.Do(
            "risks.edit",
            new { @ref = "RISK-1", owner = await ReviewTests.RefOf(company, company.Owner) }
        );
        await company.Do(
            "risks.accept",
            new
            {
                @ref = "RISK-1",
                reason = "Until the second approval is in place.",
                until = "2026-12-01",
            }
        );
        Assert.DoesNotContain((await View(company)).Decisions, d => d.Ref == "RISK-1");

        var review = await ReviewTests.Scheduled(company, manager);
        company.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Contains(
            (await View(company)).Decisions,
            d => d.Ref == review && d.Why.Contains("was not held", StringComparison.Ordinal)
        );
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await ReviewTests.Held(company, review, manager);
        Assert.Contains(
            (await View(company)).Decisions,
            d => d.Ref == review && d.Why.Contains("minutes", StringComparison.Ordinal)
        );
        await ReviewTests.Approve(company, review);
        Assert.DoesNotContain((await View(company)).Decisions, d => d.Ref == review);
        company.Clock.Advance(TimeSpan.FromDays(40));
        var wanted = Assert.Single((await View(company)).Decisions, d => d.Process == "tasks");
        Assert.Contains($"Decided in {review}, overdue since 2 May 2026", wanted.Why, StringComparison.Ordinal);
        await company.Do("tasks.complete", new { @ref = wanted.Ref, outcome = "Signed since release 1.5." });
        Assert.DoesNotContain((await View(company)).Decisions, d => d.Process == "tasks");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Readiness_asks_for_the_next_review_the_last_one_and_its_decisions(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        Assert.Equal((false, false, false), await Rules(company));
        await ReviewTests.ScopeApproved(company, manager);
        var review = await ReviewTests.Scheduled(company, manager);
        Assert.Equal((true, false, false), await Rules(company));
        company.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal((false, false, false), await Rules(company));
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await ReviewTests.Held(company, review, manager);
        await ReviewTests.Scheduled(company, manager, "Second half", "2026-10-01");
        Assert.Equal((true, false, false), await Rules(company));
        await ReviewTests.Approve(company, review);
        Assert.Equal((true, true, false), await Rules(company));
        await company.Do(
            "tasks.complete",
            new
            {
                @ref = (await ReviewTests.Get(company, review)).Decisions[0].ResultRef,
                outcome = "Every batch is signed.",
            },
            manager
        );
        Assert.Equal((true, true, false), await Rules(company));
        company.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal((true, true, true), await Rules(company));
        company.Clock.Advance(TimeSpan.FromDays(380));
        Assert.Equal((false, false, false), await Rules(company));
    }

    private static async Task<(bool Scheduled, bool Held, bool Acted)> Rules(Company company)
    {
        var clause = (
            await company.Run<ReadinessProcess, OneRecord, RequirementView>(p => p.Get, new OneRecord { Ref = "9.3.1" })
        ).Rules;
        Assert.All(clause, r => Assert.True(r.Built));
        bool Holds(string rule) => clause.Single(r => r.Rule == rule).Holds;
        return (Holds("review-scheduled"), Holds("review-held"), Holds("review-decisions-acted"));
    }

    private static Task<object> Assess(
        Company company,
        (int L, int I) inherent,
        (int L, int I) current,
        (int L, int I) residual
    ) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = "RISK-1",
                inherentLikelihood = inherent.L,
                inherentImpact = inherent.I,
                currentLikelihood = current.L,
                currentImpact = current.I,
                residualLikelihood = residual.L,
                residualImpact = residual.I,
                rationale = "What we see in the logs of the pipeline.",
            }
        );

    private static Task<LeadershipView> View(Company company) =>
        company.Run<LeadershipReading, Nothing, LeadershipView>(p => p.View, new Nothing());
}
