using Moat.Isms.Kernel;
using Moat.Isms.Leadership;
using Moat.Isms.Objectives;

namespace Moat.Tests;

/// <summary>
/// The history of an objective stays as it was: numbers keep their target, wrong ones are withdrawn, and what is
/// dropped is not pursued.
/// </summary>
public sealed class ObjectiveHistoryTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_number_that_cannot_be_is_refused_and_no_answer_of_Prometheus(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company);
        foreach (
            var (value, unit) in new[]
            {
                (950m, "%"),
                (100.01m, "%"),
                (-1m, "%"),
                (79228162514264337593543950335m, "%"),
                (79228162514264337593543950335m, "hours"),
                (-2_000_000_000m, "hours"),
            }
        )
        {
            var other = await Create(company, unit);
            Assert.Equal(
                "value",
                (await Assert.ThrowsAsync<InputInvalid>(() => Measure(company, other, value))).Errors[0].Field
            );
        }
        Assert.Equal(
            "target",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("objectives.edit", new { @ref = goal, target = 101 })
                )
            )
                .Errors[0]
                .Field
        );
        await Measure(company, await Create(company, "hours"), 950);
        await Measure(company, goal, 100);
        await company.Do(
            "collectors.create",
            new
            {
                name = "Prometheus",
                kind = "prometheus",
                settings = new[] { "url=https://prometheus.acme.test" },
                secret = "t",
            }
        );
        await company.Do(
            "objectives.edit",
            new
            {
                @ref = goal,
                takenFrom = "prometheus",
                askedAt = "SRC-1",
                query = "up",
            }
        );
        await company.Run<ObjectiveMeasuring, TakeReading, Done>(
            p => p.Take,
            new TakeReading { Ref = goal, Value = 9999 },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        Assert.Equal(100, Assert.Single((await Get(company, goal)).Measurements).Value);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_number_is_withdrawn_with_a_reason_and_the_one_before_counts_again(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company);
        await Measure(company, goal, 99);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Measure(company, goal, 9);
        var wrong = (await Get(company, goal)).Measurements[0];
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "objectives.withdraw-measurement",
                new
                {
                    @ref = goal,
                    measurement = wrong.Id,
                    reason = "",
                }
            )
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "objectives.withdraw-measurement",
                new
                {
                    @ref = goal,
                    measurement = Guid.Empty,
                    reason = "It was mistyped",
                }
            )
        );
        await company.Do(
            "objectives.withdraw-measurement",
            new
            {
                @ref = goal,
                measurement = wrong.Id,
                reason = "It was mistyped",
            }
        );
        await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do(
                "objectives.withdraw-measurement",
                new
                {
                    @ref = goal,
                    measurement = wrong.Id,
                    reason = "It was mistyped",
                }
            )
        );
        var history = await Get(company, goal);
        Assert.Equal((99m, ObjectiveState.OnTrack), (history.Objective.LastValue!.Value, history.Objective.State));
        Assert.Equal("It was mistyped", history.Measurements[0].WithdrawnBecause);
        Assert.Equal(
            "It was mistyped",
            await company.Read(db =>
                Task.FromResult(
                    db.Journal.Where(e => e.Operation == "objectives.withdraw-measurement")
                        .Select(e => e.Reason)
                        .Single()
                )
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_number_is_held_against_the_target_of_its_day(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company);
        await Measure(company, goal, 95);
        await Evaluate(company, goal, Conclusion.Raise, 99);
        var history = await Get(company, goal);
        Assert.Equal((true, 90m), (history.Measurements[0].Met, history.Measurements[0].Target));
        Assert.Equal((90m, 99m), (history.Evaluations[0].TargetBefore!.Value, history.Evaluations[0].Target!.Value));
        Assert.Equal(ObjectiveState.OnTrack, history.Objective.State);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Measure(company, goal, 95);
        Assert.Equal([false, true], (await Get(company, goal)).Measurements.Select(m => m.Met));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Raised_is_harder_and_lowered_is_easier(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var share = await Create(company);
        var hours = await Create(company, "hours", Comparator.AtMost);
        foreach (var goal in new[] { share, hours })
            await Measure(company, goal, 90);
        foreach (
            var (goal, conclusion, target) in new[]
            {
                (share, Conclusion.Raise, 10m),
                (share, Conclusion.Raise, 90m),
                (share, Conclusion.Lower, 95m),
                (hours, Conclusion.Raise, 95m),
                (hours, Conclusion.Lower, 80m),
                (hours, Conclusion.Lower, 90m),
            }
        )
            Assert.Equal(
                "target",
                (await Assert.ThrowsAsync<InputInvalid>(() => Evaluate(company, goal, conclusion, target)))
                    .Errors[0]
                    .Field
            );
        await Evaluate(company, share, Conclusion.Lower, 10);
        await Evaluate(company, hours, Conclusion.Raise, 80);
        Assert.Equal(
            (10m, 80m),
            ((await Get(company, share)).Objective.Target, (await Get(company, hours)).Objective.Target)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_dropped_leaves_what_is_pursued_and_stays_readable(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company);
        await Measure(company, goal, 80);
        var before = await company.Run<LeadershipReading, Nothing, LeadershipView>(p => p.View, new Nothing());
        await Evaluate(company, goal, Conclusion.Drop, null);
        Assert.Equal(
            before.Objectives.All - 1,
            (await company.Run<LeadershipReading, Nothing, LeadershipView>(p => p.View, new Nothing())).Objectives.All
        );
        Assert.DoesNotContain(await List(company, dropped: false), o => o.Ref == goal);
        Assert.Equal(goal, Assert.Single(await List(company, dropped: true)).Ref);
        Assert.NotNull((await Get(company, goal)).Objective.DroppedOn);
        await Assert.ThrowsAsync<RuleBroken>(() => Measure(company, goal, 99));
        await Assert.ThrowsAsync<RuleBroken>(() => Evaluate(company, goal, Conclusion.Keep, null));
        await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do("objectives.edit", new { @ref = goal, title = "Another title" })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Everything_is_corrected_before_there_are_numbers_and_only_what_keeps_their_meaning_after(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company);
        await company.Do(
            "objectives.edit",
            new
            {
                @ref = goal,
                metric = "Mean hours",
                unit = "hours",
                comparator = "at-most",
                period = "quarter",
                measuredBy = "Timelines",
                target = 8,
            }
        );
        var view = (await Get(company, goal)).Objective;
        Assert.Equal(
            ("Mean hours", "hours", Comparator.AtMost, "quarter", "Timelines", 8m),
            (view.Metric, view.Unit, view.Comparator, view.Period, view.MeasuredBy, view.Target)
        );
        await Measure(company, goal, 4);
        foreach (
            var (change, field) in new (object, string)[]
            {
                (new { @ref = goal, unit = "days" }, "unit"),
                (new { @ref = goal, period = "month" }, "period"),
                (new { @ref = goal, comparator = "at-least" }, "comparator"),
                (new { @ref = goal, target = 12 }, "reason"),
                (new { @ref = goal, metric = "Median hours" }, "reason"),
            }
        )
            Assert.Equal(
                field,
                (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("objectives.edit", change))).Errors[0].Field
            );
        await company.Do(
            "objectives.edit",
            new
            {
                @ref = goal,
                target = 12,
                metric = "Median hours",
                unit = "hours",
                reason = "The mean hid the usual case.",
            }
        );
        await company.Do(
            "objectives.withdraw-measurement",
            new
            {
                @ref = goal,
                measurement = (await Get(company, goal)).Measurements[0].Id,
                reason = "Measured in days by mistake",
            }
        );
        await company.Do("objectives.edit", new { @ref = goal, unit = "days" });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Access_reviews_on_time_are_counted_once_one_was_due(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Create(company, takenFrom: MeasurementSource.Records, query: "access-reviews-on-time");
        Assert.Equal(
            0,
            (await company.Run<ObjectiveMeasuring, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count
        );
        var deputy = (
            (Done)await company.Do("people.create", new { name = "Dora Deputy", email = "dora@acme.test" })
        ).Ref;
        await company.Do(
            "access-reviews.create",
            new
            {
                title = "Who has an account here",
                kinds = new[] { "moat" },
                reviewer = "PER-1",
                deputy,
                dueOn = DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime).AddDays(3),
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal(
            1,
            (await company.Run<ObjectiveMeasuring, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count
        );
        var goal = (await List(company, dropped: false)).Single(o => o.Query == "access-reviews-on-time");
        Assert.Equal(0m, goal.LastValue);
    }

    private static async Task<string> Create(
        Company company,
        string unit = "%",
        Comparator comparator = Comparator.AtLeast,
        MeasurementSource takenFrom = MeasurementSource.Manual,
        string? query = null
    ) =>
        (
            await company.Run<ObjectiveProcess, CreateObjective, Done>(
                p => p.Create,
                new CreateObjective
                {
                    Title = "Batches are validated",
                    Metric = "Share validated",
                    Unit = unit,
                    Target = 90,
                    Comparator = comparator,
                    Period = "month",
                    MeasuredBy = "Pipeline",
                    Plan = "A gate",
                    TakenFrom = takenFrom,
                    Query = query,
                }
            )
        ).Ref;

    private static Task<Done> Measure(Company company, string goal, decimal value) =>
        company.Run<ObjectiveProcess, MeasureObjective, Done>(
            p => p.Measure,
            new MeasureObjective { Ref = goal, Value = value }
        );

    private static Task<Done> Evaluate(Company company, string goal, Conclusion conclusion, decimal? target) =>
        company.Run<ObjectiveProcess, EvaluateObjective, Done>(
            p => p.Evaluate,
            new EvaluateObjective
            {
                Ref = goal,
                Text = "Two regions carry more than we promised.",
                Conclusion = conclusion,
                Target = target,
            }
        );

    private static Task<ObjectiveHistory> Get(Company company, string goal) =>
        company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(p => p.Get, new OneRecord { Ref = goal });

    private static Task<IReadOnlyList<ObjectiveView>> List(Company company, bool dropped) =>
        company.Run<ObjectiveProcess, ListObjectives, IReadOnlyList<ObjectiveView>>(
            p => p.List,
            new ListObjectives { Dropped = dropped }
        );
}
