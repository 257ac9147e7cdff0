using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.Readiness;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Objectives: numbers over time from people, checks and records, where they stand, and what somebody made of them.
/// </summary>
public sealed class ObjectiveTests
{
    private static readonly CreateObjective Availability = new()
    {
        Title = "The inference API answers",
        Metric = "Share of requests answered",
        Unit = "%",
        Target = 99.9m,
        Comparator = Comparator.AtLeast,
        Period = "month",
        MeasuredBy = "Monitoring",
        Plan = "A second region",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objective_is_on_track_at_risk_missed_or_not_measured(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company, Availability);
        Assert.Equal(ObjectiveState.NotMeasured, await State(company, goal));
        await Measure(company, goal, 99.95m);
        Assert.Equal(ObjectiveState.OnTrack, await State(company, goal));
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Measure(company, goal, 99.5m);
        Assert.Equal(ObjectiveState.AtRisk, await State(company, goal));
        company.Clock.Advance(TimeSpan.FromDays(32));
        Assert.Equal(ObjectiveState.Missed, await State(company, goal));
        company.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(ObjectiveState.NotMeasured, await State(company, goal));
        var history = await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(
            p => p.Get,
            new OneRecord { Ref = goal }
        );
        Assert.Equal([false, true], history.Measurements.Select(m => m.Met));
        Assert.Equal(new DateOnly(2026, 3, 1), history.Measurements[0].From);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Checks_and_records_are_measured_by_themselves_once_a_day(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var checks = await Create(
            company,
            Availability with
            {
                Title = "Training buckets are shut",
                Period = "month",
                Target = 95,
                TakenFrom = MeasurementSource.Check,
                Query = "s3-no-public-policy",
            }
        );
        var tasks = await Create(
            company,
            Availability with
            {
                Title = "Nothing is overdue",
                Comparator = Comparator.AtMost,
                Target = 0,
                TakenFrom = MeasurementSource.Records,
                Query = "tasks-overdue",
            }
        );
        Assert.Equal(1, await KeepCurrent(company));
        await FactTests.Tell(company, FactTests.Event(company, """{"publicByPolicy":true}"""));
        company.Clock.Advance(TimeSpan.FromDays(1));
        await FactTests.Tell(company, FactTests.Event(company, """{"publicByPolicy":false}"""));
        company.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((2, 0), (await KeepCurrent(company), await KeepCurrent(company)));
        var view = (
            await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(p => p.Get, new OneRecord { Ref = checks })
        ).Objective;
        Assert.Equal((50m, ObjectiveState.AtRisk), (view.LastValue!.Value, view.State));
        Assert.Equal(ObjectiveState.OnTrack, await State(company, tasks));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Answers_over_the_period_are_asked_for_each_day_that_was_missed(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Do(
            "collectors.create",
            new
            {
                name = "Prometheus",
                kind = "prometheus",
                settings = new[] { "url=https://prometheus.acme.test" },
            }
        );
        var folded = Availability with
        {
            TakenFrom = MeasurementSource.Prometheus,
            AskedAt = "SRC-1",
            Query = "avg(up)",
            Fold = RangeFold.Average,
            StepMinutes = 30,
        };
        Assert.Equal(
            "stepMinutes",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Create(company, folded with { Period = "quarter", StepMinutes = 5 })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "fold",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Create(company, folded with { TakenFrom = MeasurementSource.Records, Query = "tasks-overdue" })
                )
            )
                .Errors[0]
                .Field
        );
        var goal = await Create(company, folded);
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        async Task<IReadOnlyList<PendingQuery>> Pending() =>
            (
                await company.Run<ObjectiveMeasuring, Nothing, PendingQueries>(p => p.Queries, new Nothing(), system)
            ).Queries;
        Task Take(DateOnly day, decimal? value) =>
            company.Run<ObjectiveMeasuring, TakeReading, Done>(
                p => p.Take,
                new TakeReading
                {
                    Ref = goal,
                    Day = day,
                    Value = value,
                    Why = "no data",
                },
                system
            );
        var first = Assert.Single(await Pending());
        Assert.Equal(
            new MeasuredSpan(
                new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc),
                company.Clock.GetUtcNow().UtcDateTime,
                TimeSpan.FromMinutes(30),
                RangeFold.Average
            ),
            first.Span
        );
        await Take(first.Day, 99.9m);

        company.Clock.Advance(TimeSpan.FromDays(3));
        var missed = await Pending();
        Assert.Equal([new(2026, 3, 3), new(2026, 3, 4), new DateOnly(2026, 3, 5)], missed.Select(q => q.Day));
        Assert.Equal(new DateTime(2026, 3, 3, 23, 59, 59, DateTimeKind.Utc), missed[0].Span!.To);
        await Take(missed[0].Day, 99.8m);
        await Take(missed[0].Day, 12m);
        await Take(missed[1].Day, null);
        Assert.DoesNotContain(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items,
            t => t.Title == $"{goal} cannot be measured"
        );
        await Take(missed[2].Day, 99.7m);
        Assert.Empty(await Pending());
        var history = await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(
            p => p.Get,
            new OneRecord { Ref = goal }
        );
        Assert.Equal(
            [(new DateOnly(2026, 3, 5), 99.7m), (new(2026, 3, 3), 99.8m), (new(2026, 3, 2), 99.9m)],
            history.Measurements.Select(m => (m.To, m.Value))
        );
        Assert.All(history.Measurements, m => Assert.Equal((new DateOnly(2026, 3, 1), "SRC-1"), (m.From, m.TakenBy)));
        company.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal(32, (await Pending()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_cannot_be_asked_is_named_and_no_answer_is_no_number(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        foreach (
            var (wrong, field) in new[]
            {
                (Availability with { TakenFrom = MeasurementSource.Records, Query = "moon-phases" }, "query"),
                (Availability with { TakenFrom = MeasurementSource.Check, Query = "no-such-check" }, "query"),
                (Availability with { TakenFrom = MeasurementSource.Check }, "query"),
                (Availability with { TakenFrom = MeasurementSource.Prometheus, Query = "up" }, "askedAt"),
            }
        )
            Assert.Equal(field, (await Assert.ThrowsAsync<InputInvalid>(() => Create(company, wrong))).Errors[0].Field);
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
        var goal = await Create(
            company,
            Availability with
            {
                TakenFrom = MeasurementSource.Prometheus,
                AskedAt = "SRC-1",
                Query = "avg(up)",
            }
        );
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        var pending = Assert.Single(
            (
                await company.Run<ObjectiveMeasuring, Nothing, PendingQueries>(p => p.Queries, new Nothing(), system)
            ).Queries
        );
        Assert.Equal((goal, "t"), (pending.Ref, pending.Opened.Access!.Secret));
        await company.Run<ObjectiveMeasuring, TakeReading, Done>(
            p => p.Take,
            new TakeReading { Ref = goal, Why = "Prometheus has no data." },
            system
        );
        Assert.Equal(ObjectiveState.NotMeasured, await State(company, goal));
        Assert.Contains(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items,
            t => t.Title == $"{goal} cannot be measured"
        );
        await company.Run<ObjectiveMeasuring, TakeReading, Done>(
            p => p.Take,
            new TakeReading { Ref = goal, Value = 99.97m },
            system
        );
        Assert.Equal(ObjectiveState.OnTrack, await State(company, goal));
        Assert.Empty(
            (
                await company.Run<ObjectiveMeasuring, Nothing, PendingQueries>(p => p.Queries, new Nothing(), system)
            ).Queries
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_evaluation_needs_a_number_and_moves_the_target(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = await Create(company, Availability);
        var evaluate = new EvaluateObjective
        {
            Ref = goal,
            Text = "Two regions carry more than we promised.",
            Conclusion = Conclusion.Raise,
            Target = 99.95m,
        };
        Assert.Equal(
            "objectives.evaluate.measured",
            (await Assert.ThrowsAsync<RuleBroken>(() => Evaluate(company, evaluate))).RuleId
        );
        Assert.False(await Holds(company, "6.2", "objectives-measured"));
        await Measure(company, goal, 99.99m);
        Assert.Equal(
            "target",
            (await Assert.ThrowsAsync<InputInvalid>(() => Evaluate(company, evaluate with { Target = null })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "target",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Evaluate(company, evaluate with { Conclusion = Conclusion.Keep })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.False(await Holds(company, "9.1", "monitoring-evaluated"));
        await Evaluate(company, evaluate);
        Assert.False(await Holds(company, "9.1", "monitoring-evaluated"));
        Assert.False(await Holds(company, "6.2", "objectives-measured"));
        company.Clock.Advance(TimeSpan.FromDays(31));
        await Measure(company, goal, 99.98m);
        await Evaluate(company, evaluate with { Conclusion = Conclusion.Keep, Target = null });
        Assert.Equal(
            99.95m,
            (await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(p => p.Get, new OneRecord { Ref = goal }))
                .Objective
                .Target
        );
        Assert.True(await Holds(company, "9.1", "monitoring-evaluated"));
        Assert.True(await Holds(company, "6.2", "objectives-evaluated"));
        Assert.True(await Holds(company, "6.2", "objectives-measured"));
        foreach (
            var proposed in (
                await company.Run<ObjectiveProcess, ListObjectives, IReadOnlyList<ObjectiveView>>(p => p.List, new())
            ).Where(o => o.Standing == Standing.Proposed)
        )
            await Assert.ThrowsAsync<RuleBroken>(() => Measure(company, proposed.Ref, 1));
    }

    private static async Task<bool> Holds(Company company, string clause, string rule) =>
        (await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(p => p.List, new ShowReadiness()))
            .Requirements.Single(r => r.Id == clause)
            .Rules.Single(r => r.Rule == rule)
            .Holds;

    private static async Task<string> Create(Company company, CreateObjective objective) =>
        (await company.Run<ObjectiveProcess, CreateObjective, Done>(p => p.Create, objective)).Ref;

    private static Task<Done> Measure(Company company, string goal, decimal value) =>
        company.Run<ObjectiveProcess, MeasureObjective, Done>(
            p => p.Measure,
            new MeasureObjective { Ref = goal, Value = value }
        );

    private static Task<Done> Evaluate(Company company, EvaluateObjective input) =>
        company.Run<ObjectiveProcess, EvaluateObjective, Done>(p => p.Evaluate, input);

    private static async Task<int> KeepCurrent(Company company) =>
        (await company.Run<ObjectiveMeasuring, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count;

    private static async Task<ObjectiveState> State(Company company, string goal) =>
        (await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(p => p.Get, new OneRecord { Ref = goal }))
            .Objective
            .State;
}
