using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Isms.Kernel;
using Moat.Isms.Leadership;
using Moat.Isms.Risks.Money;
using Moat.Knowledge;

namespace Moat.Tests.Risks;

/// <summary>
/// Money at risk of many risks is counted beside the request: figures, or those before them, or none; never a zero that
/// nobody counted.
/// </summary>
public sealed class MoneyCounterTests
{
    private static readonly Guid Acme = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-0000000000a2");

    [Fact]
    public async Task The_first_reader_of_many_risks_gets_no_figures_until_they_are_counted()
    {
        var clock = new FakeTimeProvider();
        using var counter = new MoneyCounter(clock);
        var question = Many(MoneyCounter.AtOnce + 1);
        var first = await counter.Ask(Acme, question, TimeSpan.Zero, CancellationToken.None);
        if (!first.IsCurrent)
            Assert.Equal(new CountedMoney(false, null, null), first);
        var counted = await counter.Ask(Acme, question, Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.True(counted is { IsCurrent: true, Figures.Today.Expected: > 0 });
        Assert.Equal(clock.GetUtcNow().UtcDateTime, counted.At);
        Assert.Equal($"{MoneySimulation.Count(question, CancellationToken.None).Today}", $"{counted.Figures.Today}");
    }

    [Fact]
    public async Task While_it_is_counted_again_there_are_the_figures_before_and_when_they_were_counted()
    {
        var clock = new FakeTimeProvider();
        using var counter = new MoneyCounter(clock);
        var before = await counter.Ask(Acme, Many(1000), Timeout.InfiniteTimeSpan, CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(1));
        var changed = Many(4000);
        var meanwhile = await counter.Ask(Acme, changed, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal((false, before.At), (meanwhile.IsCurrent, meanwhile.At));
        Assert.Same(before.Figures, meanwhile.Figures);
        var after = await counter.Ask(Acme, changed, Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.Equal(
            (true, before.At + TimeSpan.FromHours(1), 4000),
            (after.IsCurrent, after.At, after.Figures!.Counted)
        );
    }

    [Fact]
    public async Task Of_questions_that_wait_the_newest_is_counted_and_the_others_are_not()
    {
        using var counter = new MoneyCounter(TimeProvider.System);
        // Somebody else's turn, so that what is asked here waits.
        var turn = counter.Ask(Other, Many(4000), Timeout.InfiniteTimeSpan, CancellationToken.None);
        var asked = Enumerable
            .Range(1, 20)
            .Select(i =>
                counter.Ask(Acme, Many(MoneyCounter.AtOnce + i), Timeout.InfiniteTimeSpan, CancellationToken.None)
            )
            .ToList();
        await turn;
        var answers = await Task.WhenAll(asked);
        Assert.True(answers[^1].IsCurrent);
        Assert.All(answers, a => Assert.Equal(MoneyCounter.AtOnce + 20, a.Figures!.Counted));
        Assert.All(answers[..^1], a => Assert.False(a.IsCurrent));
    }

    [Fact]
    public async Task One_organisation_never_sees_the_figures_of_another()
    {
        using var counter = new MoneyCounter(TimeProvider.System);
        await counter.Ask(Other, Many(MoneyCounter.AtOnce + 1), Timeout.InfiniteTimeSpan, CancellationToken.None);
        var first = await counter.Ask(Acme, Many(4000), TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(new CountedMoney(false, null, null), first);
    }

    [Fact]
    public async Task Whoever_ends_it_ends_what_is_being_counted()
    {
        var counter = new MoneyCounter(TimeProvider.System);
        var asked = counter.Ask(Acme, Many(4000), Timeout.InfiniteTimeSpan, CancellationToken.None);
        counter.Dispose();
        var answer = await asked.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(answer.IsCurrent);
        Assert.Null(answer.Figures);
    }

    [Fact]
    public async Task Whoever_goes_away_does_not_end_it_for_others()
    {
        using var counter = new MoneyCounter(TimeProvider.System);
        using var gone = new CancellationTokenSource();
        var first = counter.Ask(Acme, Many(3000), Timeout.InfiniteTimeSpan, gone.Token);
        var second = counter.Ask(Acme, Many(3000), Timeout.InfiniteTimeSpan, CancellationToken.None);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True((await second).IsCurrent);
    }

    [Fact]
    public async Task Everyone_who_may_read_the_register_sees_the_same_figures_and_a_member_sees_none()
    {
        await using var company = await Assessed();
        async Task<string> Today(Caller who) =>
            $"{((LeadershipView)await company.Do("leadership.view", new { }, who)).Money.Today}";
        var owner = await Today(company.Owner);
        Assert.Contains("Expected", owner, StringComparison.Ordinal);
        Assert.Equal(owner, await Today(await company.As(Role.Auditor, "Ada Auditor")));
        Assert.Equal(owner, await Today(await company.As(Role.RiskOwner, "Rita Risk")));
        var member = await company.As(Role.Member, "Mia Member");
        await Assert.ThrowsAnyAsync<Refusal>(() => Today(member));
    }

    [Fact]
    public async Task What_is_still_being_counted_is_remembered_by_nothing_that_shows_it()
    {
        await using var company = await Assessed();
        await CopiedRisks.Enter(company.Storage, MoneyCounter.AtOnce);
        var counter = company.Services.GetRequiredService<MoneyCounter>();
        var turn = counter.Ask(Other, Many(4000), Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.Equal(MoneyState.BeingCounted, (await Shown(company)).State);
        await turn;
        MoneyView shown;
        var patience = Stopwatch.StartNew();
        do shown = await Shown(company);
        while (shown.State == MoneyState.BeingCounted && patience.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Equal((MoneyState.Counted, MoneyCounter.AtOnce + 1), (shown.State, shown.Counted));
        Assert.Same(shown, await Shown(company));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_nothing_is_counted_there_is_no_figure_and_no_zero(bool unassessed)
    {
        await using var company = await Company.Found("sqlite");
        if (unassessed)
            await company.Do(
                "risks.create",
                new
                {
                    title = "Weights leave through a long-lived key",
                    cause = "Broad rights and long-lived keys",
                    consequence = "The training spend is in other hands",
                }
            );
        var money = await Shown(company);
        Assert.Equal((0, unassessed ? 1 : 0), (money.Counted, money.NotCounted));
        Assert.Null(money.WithoutControls);
        Assert.Null(money.Today);
        Assert.Null(money.AfterTreatment);
    }

    [Fact]
    public void A_page_waits_less_than_a_program_and_a_command_until_it_is_there()
    {
        Assert.True(MoneyAtRisk.Patience("ui") < TimeSpan.FromMilliseconds(150));
        Assert.Equal(TimeSpan.FromSeconds(2), MoneyAtRisk.Patience("rest"));
        Assert.Equal(TimeSpan.FromSeconds(2), MoneyAtRisk.Patience("mcp"));
        Assert.Equal(Timeout.InfiniteTimeSpan, MoneyAtRisk.Patience("cli"));
    }

    // A screen that shows money at risk, and is remembered.
    private static async Task<MoneyView> Shown(Company company)
    {
        await using var scope = company.Scope(company.Owner);
        var (db, money) = (
            scope.ServiceProvider.GetRequiredService<MoatDb>(),
            scope.ServiceProvider.GetRequiredService<MoneyAtRisk>()
        );
        return await db.Unchanged("a screen", () => money.Estimate(CancellationToken.None), CancellationToken.None);
    }

    private static async Task<Company> Assessed()
    {
        var company = await RuleTests.Drafted("sqlite");
        await company.Do("draft.adopt", new { refs = new[] { "RISK-1" } });
        await company.Do(
            "risks.assess",
            new
            {
                @ref = "RISK-1",
                inherentLikelihood = 4,
                inherentImpact = 4,
                currentLikelihood = 3,
                currentImpact = 3,
                rationale = "What we see in the logs of the pipeline.",
            }
        );
        return company;
    }

    private static MoneyQuestion Many(int count)
    {
        var threats = KnowledgeBase.Shipped.Threats;
        return new MoneyQuestion(
            Enumerable
                .Range(1, count)
                .Select(i => new MoneyRisk(
                    i,
                    $"Risk {i}",
                    threats[i % threats.Count].Quantify,
                    new Steps(-i % 3, -i % 2),
                    new Steps(-i % 4, -i % 2)
                )),
            0
        );
    }
}
