using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>Who accepts what remains of a risk, and what ends that (6.1.3 f).</summary>
public sealed class AcceptanceTests
{
    private const string Until = "2026-09-01";

    public static TheoryData<string> Databases => [.. Company.Databases];

    public static TheoryData<string, string, string> Ends
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var database in Company.Databases)
            foreach (
                var (cause, says) in new[]
                {
                    ("withdraw", "The egress is no longer metered."),
                    ("assess", "It was assessed again."),
                    ("treat", "Its treatment was decided again."),
                    ("replace", "A later acceptance took its place."),
                }
            )
                all.Add(database, cause, says);
            return all;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_accepts_a_risk_for_its_owner_whatever_their_role(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var risk = await Risk(company, dana, residual: 2);
        foreach (
            var other in new[]
            {
                company.Owner,
                await company.As(Role.IsmsManager, "Max Manager"),
                await company.As(Role.RiskOwner, "Olaf Other"),
            }
        )
        {
            await Broken("risk.accept.owner", () => Accept(company, risk, other));
            Assert.False((await Get(company, risk, other)).MayAccept);
        }
        Assert.True((await Get(company, risk, dana)).MayAccept);
        await Accept(company, risk, dana);
        Assert.Equal(new DateOnly(2026, 9, 1), (await Get(company, risk)).AcceptedUntil);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_acceptance_does_not_pass_on_to_the_next_owner_even_of_the_same_name(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var risk = await Risk(company, dana, residual: 2);
        await company.Do("draft.adopt", new { refs = new[] { risk } });
        await Accept(company, risk, dana);
        company.Clock.Advance(TimeSpan.FromDays(31));
        Assert.True(await NonconformityTests.Holds(company, "6.1.3", "residual-accepted"));
        await company.Do("people.create", new { name = "Dana Ortiz", email = "dana.b.ortiz@acme.test" });
        await company.Do("risks.edit", new { @ref = risk, owner = "PER-3" });
        Assert.False(await NonconformityTests.Holds(company, "6.1.3", "residual-accepted"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_deputy_accepts_only_while_the_owner_is_away(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        var olaf = await company.As(Role.IsmsManager, "Olaf Other");
        var risk = await Risk(company, dana, residual: 2);
        // Whoever names themselves as somebody's deputy signs nothing by that.
        await company.Do(
            "absences.create",
            new
            {
                person = "PER-2",
                from = "2026-03-02",
                until = "2026-03-05",
                deputy = "PER-3",
            },
            max
        );
        await Broken("risk.accept.owner", () => Accept(company, risk, max));
        await company.Do(
            "absences.create",
            new
            {
                from = "2026-03-10",
                until = "2026-03-20",
                deputy = "PER-3",
            },
            dana
        );
        await Broken("risk.accept.owner", () => Accept(company, risk, max));
        company.Clock.Advance(TimeSpan.FromDays(9));
        // What the command line records in somebody's name lets nobody sign.
        await company.Do(
            "absences.create",
            new
            {
                person = "PER-4",
                from = "2026-03-11",
                until = "2026-03-20",
                deputy = "PER-3",
            },
            company.Owner with
            {
                Door = "cli",
            }
        );
        var other = await Risk(company, olaf, residual: 2);
        await Broken("risk.accept.owner", () => Accept(company, other, max));
        await Broken("risk.accept.owner", () => Accept(company, risk, olaf));
        await Accept(company, risk, max);
        Assert.Equal(
            "Max Manager, standing in for Dana Ortiz",
            Assert.Single((await Get(company, risk)).Acceptances).AcceptedBy
        );
        company.Clock.Advance(TimeSpan.FromDays(20));
        await Broken("risk.accept.owner", () => Accept(company, risk, max));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Above_the_appetite_in_force_it_stands_only_when_top_management_agrees(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await GiveTopManagement(company);
        var risk = await Risk(company, dana, residual: 4);
        await Broken("risk.agree.waits", () => company.Do("risks.agree", new { @ref = risk }));
        await Accept(company, risk, dana);
        var waiting = await Get(company, risk);
        Assert.Equal(
            (null, true, null),
            (waiting.AcceptedUntil, waiting.Acceptances[0].NeedsAgreement, waiting.Acceptances[0].AgreedBy)
        );
        Assert.Equal("Ada Acme", (await Open(company, "agree"))!.Owner);
        Assert.Null(await Open(company, "renew"));

        await Broken(
            "risk.accept.above-appetite-needs-owner-role",
            () => company.Do("risks.agree", new { @ref = risk }, max)
        );
        await Broken(
            "risk.accept.above-appetite-needs-owner-role",
            () => company.Do("risks.agree", new { @ref = risk }, dana)
        );
        await company.Do("risks.agree", new { @ref = risk });
        var agreed = await Get(company, risk);
        Assert.Equal(
            (new DateOnly(2026, 9, 1), "Ada Acme", "Dana Ortiz"),
            (agreed.AcceptedUntil, agreed.Acceptances[0].AgreedBy, agreed.Acceptances[0].AcceptedBy)
        );
        Assert.Null(await Open(company, "agree"));
        Assert.NotNull(await Open(company, "renew"));
        await Broken("risk.agree.waits", () => company.Do("risks.agree", new { @ref = risk }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_owns_the_risk_and_is_top_management_signs_once(string database)
    {
        await using var company = await Company.Found(database);
        await GiveTopManagement(company);
        var risk = await Risk(company, company.Owner, residual: 4);
        await Accept(company, risk, company.Owner);
        Assert.Equal("Ada Acme", Assert.Single((await Get(company, risk)).Acceptances).AgreedBy);
        Assert.NotNull((await Get(company, risk)).AcceptedUntil);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Whatever_ends_an_acceptance_ends_all_of_it(string database, string cause, string says)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        await GiveTopManagement(company);
        var risk = await Risk(company, dana, residual: 4);
        await Accept(company, risk, dana);
        await company.Do("risks.agree", new { @ref = risk });
        switch (cause)
        {
            case "withdraw":
                await company.Do("risks.withdraw-acceptance", new { @ref = risk, reason = says }, dana);
                break;
            case "assess":
                await Assess(company, risk, 4);
                break;
            case "treat":
                await company.Do(
                    "risks.treat",
                    new
                    {
                        @ref = risk,
                        option = "modify",
                        plan = "Short-lived tokens for notebooks",
                    },
                    dana
                );
                break;
            default:
                await Accept(company, risk, dana);
                break;
        }
        var after = await Get(company, risk);
        var ended = after.Acceptances[^1];
        Assert.NotNull(ended.WithdrawnAt);
        Assert.Equal(says, ended.EndedBecause);
        Assert.Null(after.AcceptedUntil);
        Assert.Null(await Open(company, "renew"));
        // Only the later acceptance waits for top management again.
        Assert.Equal(cause == "replace", await Open(company, "agree") is not null);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_acceptance_that_waits_can_be_withdrawn_and_one_that_ran_out_stays_as_it_was(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var risk = await Risk(company, dana, residual: 4);
        await Broken(
            "risk.withdraw.accepted",
            () => company.Do("risks.withdraw-acceptance", new { @ref = risk, reason = "It changed." }, dana)
        );
        await Accept(company, risk, dana);
        await company.Do("risks.withdraw-acceptance", new { @ref = risk, reason = "It changed." }, dana);
        Assert.Null(await Open(company, "agree"));

        await Assess(company, risk, 2);
        await Accept(company, risk, dana);
        company.Clock.Advance(TimeSpan.FromDays(200));
        await company.Do(
            "risks.accept",
            new
            {
                @ref = risk,
                reason = "It is seen within a day.",
                until = "2026-12-01",
            },
            dana
        );
        var acceptances = (await Get(company, risk)).Acceptances;
        Assert.Equal([null, null, "It changed."], acceptances.Select(a => a.EndedBecause));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_an_approved_method_says_what_the_appetite_is(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        async Task<(int, int)> Limits()
        {
            var heat = (HeatMap)await company.Do("risks.heat-map", new { });
            return (heat.Appetite, heat.High);
        }
        Assert.Equal((6, 15), await Limits());
        await company.Do("method.change", new { appetite = 3, high = 9 }, max);
        Assert.Equal((6, 15), await Limits());
        await company.Do("method.approve", new { @ref = "METH-1" });
        Assert.Equal((3, 9), await Limits());
        var risk = await Risk(company, dana, residual: 2);
        await Accept(company, risk, dana);
        Assert.True(Assert.Single((await Get(company, risk)).Acceptances).NeedsAgreement);
        await company.Do("method.change", new { appetite = 12, high = 20 }, max);
        Assert.Equal((3, 9), await Limits());
    }

    [Fact]
    public void What_holds_before_a_method_is_approved_is_what_the_draft_proposes()
    {
        var drafted = Knowledge.KnowledgeBase.Shipped.DraftedContext.Method;
        Assert.Equal((drafted.Appetite, drafted.High), (RiskLimits.Usual.Appetite, RiskLimits.Usual.High));
    }

    /// <summary>A risk of somebody's whose residual impact is two and whose likelihood is asked for.</summary>
    private static async Task<string> Risk(Company company, Caller owner, int residual)
    {
        var person = await company.Read(db =>
            Task.FromResult(db.Set<Isms.People.Person>().Single(p => p.Id == owner.PersonId).Ref)
        );
        var risk = (
            (Done)
                await company.Do(
                    "risks.create",
                    new
                    {
                        title = "Weights leave",
                        cause = "Broad rights",
                        consequence = "The lead is lost",
                        owner = person,
                    }
                )
        ).Ref;
        await Assess(company, risk, residual);
        return risk;
    }

    private static Task<object> Assess(Company company, string risk, int residual) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = risk,
                inherentLikelihood = 5,
                inherentImpact = 5,
                currentLikelihood = 4,
                currentImpact = 4,
                residualLikelihood = residual,
                residualImpact = 2,
                rationale = "Two near misses last year",
            }
        );

    private static Task<object> Accept(Company company, string risk, Caller by) =>
        company.Do(
            "risks.accept",
            new
            {
                @ref = risk,
                reason = "The egress is metered and alerts.",
                until = Until,
            },
            by
        );

    private static async Task<RiskView> Get(Company company, string risk, Caller? by = null) =>
        (RiskView)await company.Do("risks.get", new { @ref = risk }, by);

    private static async Task<WorkRow?> Open(Company company, string purpose) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork())).Items.SingleOrDefault(
            t => t.Purpose == purpose
        );

    /// <summary>The founder is top management.</summary>
    private static async Task GiveTopManagement(Company company)
    {
        await company.Do("interview.answer", new { answers = Answers.Json, complete = true });
        await company.Do("draft.generate", new { });
        var role = ((IReadOnlyList<RoleView>)await company.Do("roles.list", new { })).Single(r =>
            r.Key == "top-management"
        );
        object given = new { @ref = role.Ref, person = "PER-1" };
        foreach (var door in new[] { "rest", "mcp", "cli" })
            await Broken(
                "roles.assign.top-management",
                () => company.Do("roles.assign", given, company.Owner with { Door = door, Confirmed = false })
            );
        await company.Do("roles.assign", given);
    }

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
