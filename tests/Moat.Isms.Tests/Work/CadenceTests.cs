using Moat.Isms.Drafts;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Readiness;
using Moat.Isms.Work;
using Moat.Isms.Work.Cadences;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Cadences: proposed from the processes, opened before their date, met by a proof, late or missed, and what readiness
/// makes of it.
/// </summary>
public sealed class CadenceTests
{
    private static readonly CreateCadence ByHand = new()
    {
        Title = "Hash a sample of the training data again",
        What = "A hundred objects by seed.",
        Process = "asset-management",
        Requirement = "A.8.9",
        EveryMonths = 3,
        LeadDays = 14,
        Owner = "PER-1",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task The_draft_proposes_cadences_with_the_role_of_their_process_and_adopting_one_gives_it_a_date(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var proposed = await List(company);
        Assert.True(proposed.Count >= 14);
        Assert.All(
            proposed,
            c =>
                Assert.True(
                    c is { State: CadenceState.Proposed, NextOn: null, RoleKey: not null, WhyProposed.Length: > 40 },
                    c.Title
                )
        );
        var soa = proposed.Single(c => c.Proofs.Contains("journal:soa.publish"));
        await company.Run<DraftProcess, DecideDrafts, Tally>(p => p.Adopt, new DecideDrafts { Refs = [soa.Ref] });
        Assert.Equal(
            (CadenceState.Upcoming, new DateOnly(2027, 3, 2)),
            ((await One(company, soa.Ref)).Cadence is var c ? (c.State, c.NextOn!.Value) : default)
        );
        Assert.Equal(
            0,
            (await company.Run<DraftProcess, Nothing, DraftSummary>(p => p.Generate, new Nothing())).Context
        );
    }

    [Fact]
    public void Every_proof_of_a_proposed_cadence_can_be_found()
    {
        var operations = OperationCatalog
            .Whole.All.Where(o => o.ChangesRecords)
            .Select(o => $"journal:{o.Name}")
            .ToHashSet();
        Assert.DoesNotContain(
            KnowledgeBase.Shipped.DraftedCadences.SelectMany(c => c.Proofs),
            p => !operations.Contains(p) && !p.StartsWith("evidence:A.", StringComparison.Ordinal)
        );
        Assert.All(
            KnowledgeBase.Shipped.DraftedCadences,
            c => Assert.True(c.What.Length <= 1000 && c.Title.Length <= 300 && c.LeadDays < c.EveryMonths * 28, c.Id)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_task_opens_before_the_date_and_closing_it_by_hand_meets_the_cadence(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var cadence = await Create(company, ByHand);
        await Round(company);
        Assert.Empty(await Tasks(company, cadence));
        await Forward(company, new DateOnly(2026, 5, 19));
        await Round(company);
        await Round(company);
        var task = Assert.Single(await Tasks(company, cadence));
        Assert.Equal((new DateOnly(2026, 6, 2), "Ada Acme"), (task.DueOn, task.Owner));
        Assert.Equal(CadenceState.Due, (await One(company, cadence)).Cadence.State);
        await Broken("tasks.complete.cadence", () => Complete(company, task.Ref, drop: true));
        await Complete(company, task.Ref, drop: false);
        var view = await One(company, cadence);
        Assert.Equal(
            (CadenceState.Upcoming, new DateOnly(2026, 8, 19), new DateOnly(2026, 5, 19)),
            (view.Cadence.State, view.Cadence.NextOn!.Value, view.Cadence.LastMetOn!.Value)
        );
        Assert.Equal((CadenceOutcome.Met, new DateOnly(2026, 6, 2)), (view.Times[0].Outcome, view.Times[0].DueOn));
        Assert.Empty(await Tasks(company, cadence));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_operation_in_the_journal_meets_it_and_closes_its_task_and_one_much_earlier_does_not(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var cadence = await Create(
            company,
            ByHand with
            {
                Proofs = ["journal:issues.create"],
                NextOn = new DateOnly(2026, 6, 2),
            }
        );
        await Forward(company, new DateOnly(2026, 5, 25));
        await Round(company);
        var task = Assert.Single(await Tasks(company, cadence));
        await Broken("tasks.complete.by-record", () => Complete(company, task.Ref, drop: false));
        await Broken(
            "cadences.meet.by-record",
            () => company.Do("cadences.meet", new { @ref = cadence, outcome = "We talked about it." })
        );
        await company.Do(
            "issues.create",
            new
            {
                title = "A new law on model weights",
                side = "external",
                effect = "Export needs a licence.",
            }
        );
        await Round(company);
        var met = (await One(company, cadence)).Cadence;
        Assert.StartsWith("issues.create ISS-", met.LastProof, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 8, 25), met.NextOn);
        Assert.Empty(await Tasks(company, cadence));
        // A day later the same thing happens again: it belongs to the time that was just met.
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do(
            "issues.create",
            new
            {
                title = "Another law",
                side = "external",
                effect = "None.",
            }
        );
        await Round(company);
        Assert.Single((await One(company, cadence)).Times);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_for_the_control_meets_it(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var cadence = await Create(
            company,
            ByHand with
            {
                Proofs = ["evidence:A.8.13"],
                EveryMonths = 1,
                LeadDays = 7,
            }
        );
        await Forward(company, new DateOnly(2026, 3, 28));
        await company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Restored triage-1.4",
                Note = "41 minutes, digests equal.",
                Controls = ["A.8.13"],
                PeriodFrom = new(2026, 3, 28),
                PeriodTo = new(2026, 3, 28),
            }
        );
        await Round(company);
        Assert.Equal("EVD-1 for A.8.13", (await One(company, cadence)).Cadence.LastProof);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_not_done_is_missed_can_be_done_late_and_stays_missed_when_the_next_is_due(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var cadence = await Create(company, ByHand);
        foreach (var title in new[] { "Rotate provider keys", "Read the weights' access log" })
            await Create(company, ByHand with { Title = title, EveryMonths = 12 });
        await Forward(company, new DateOnly(2026, 6, 3));
        await Round(company);
        var missed = await One(company, cadence);
        Assert.Equal(
            (CadenceState.Missed, new DateOnly(2026, 6, 3)),
            (missed.Cadence.State, missed.Cadence.MissedSince!.Value)
        );
        Assert.Contains(
            $"1 of 3 cadences are missed, first {cadence}",
            await Because(company),
            StringComparison.Ordinal
        );
        await company.Do(
            "cadences.meet",
            new { @ref = cadence, outcome = "Seed 41, a hundred objects, all equal; list in the data room." }
        );
        Assert.Equal(
            (CadenceOutcome.Late, new DateOnly(2026, 6, 3)),
            ((await One(company, cadence)).Times[0] is var t ? (t.Outcome, t.MetOn!.Value) : default)
        );
        Assert.Contains(
            "None of 3 cadences is missed; what comes round happened",
            await Because(company),
            StringComparison.Ordinal
        );

        await Forward(company, new DateOnly(2026, 12, 4));
        await Round(company);
        var view = await One(company, cadence);
        Assert.Equal(
            [CadenceOutcome.Missed, CadenceOutcome.Missed, CadenceOutcome.Late],
            view.Times.Select(t => t.Outcome)
        );
        Assert.Equal(
            (CadenceState.Missed, new DateOnly(2026, 12, 3)),
            (view.Cadence.State, view.Cadence.NextOn!.Value)
        );
        Assert.Equal(new DateOnly(2026, 12, 3), Assert.Single(await Tasks(company, cadence)).DueOn);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_cannot_come_round_is_refused_and_a_retired_one_asks_for_nothing(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        foreach (
            var (wrong, field) in new[]
            {
                (ByHand with { Process = "moon" }, "process"),
                (ByHand with { Role = "wizard" }, "role"),
                (ByHand with { Proofs = ["journal:soa.dream"] }, "proofs"),
                (ByHand with { Proofs = ["journal:soa.list"] }, "proofs"),
                (ByHand with { Proofs = ["evidence:A.99"] }, "proofs"),
                (ByHand with { Proofs = ["somehow"] }, "proofs"),
                (ByHand with { NextOn = new(2026, 3, 1) }, "nextOn"),
                (ByHand with { EveryMonths = 0 }, "everyMonths"),
            }
        )
            Assert.Equal(field, (await Assert.ThrowsAsync<InputInvalid>(() => Create(company, wrong))).Errors[0].Field);
        var cadence = await Create(company, ByHand with { NextOn = new(2026, 3, 10) });
        Assert.Single(await Tasks(company, cadence));
        await company.Do(
            "cadences.retire",
            new { @ref = cadence, reason = "The pipeline compares every object on read now." }
        );
        Assert.Empty(await Tasks(company, cadence));
        await Broken(
            "cadences.edit.retired",
            () => company.Do("cadences.edit", new { @ref = cadence, everyMonths = 1 })
        );
        await Broken(
            "cadences.meet.runs",
            () => company.Do("cadences.meet", new { @ref = cadence, outcome = "We did it all the same." })
        );
        await Forward(company, new DateOnly(2027, 1, 1));
        await Round(company);
        Assert.Empty((await One(company, cadence)).Times);
        Assert.DoesNotContain(await List(company), c => c.Ref == cadence);
    }

    internal static async Task Forward(Company company, DateOnly to)
    {
        company.Clock.Advance(
            to.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc) - company.Clock.GetUtcNow().UtcDateTime
        );
        await Task.CompletedTask;
    }

    internal static async Task<string> Create(Company company, CreateCadence cadence) =>
        (await company.Run<CadenceProcess, CreateCadence, Done>(p => p.Create, cadence)).Ref;

    private static Task<Tally> Round(Company company) =>
        company.Run<CadenceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing());

    private static Task<IReadOnlyList<CadenceRow>> List(Company company) =>
        company.Run<CadenceProcess, ListCadences, IReadOnlyList<CadenceRow>>(p => p.List, new ListCadences());

    private static Task<CadenceView> One(Company company, string cadence) =>
        company.Run<CadenceProcess, OneRecord, CadenceView>(p => p.Get, new OneRecord { Ref = cadence });

    private static async Task<IReadOnlyList<WorkRow>> Tasks(Company company, string subject) =>
        [
            .. (
                await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })
            ).Items.Where(t => t.SubjectRef == subject),
        ];

    private static Task<Done> Complete(Company company, string task, bool drop) =>
        company.Run<WorkProcess, CompleteWork, Done>(
            p => p.Complete,
            new CompleteWork
            {
                Ref = task,
                Outcome = "Seed 7, all equal",
                Drop = drop,
            }
        );

    private static async Task<string> Because(Company company) =>
        (await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(p => p.List, new ShowReadiness()))
            .Requirements.Single(r => r.Id == "8.1")
            .Rules.Single(r => r.Rule == "cadences-kept")
            .Because;

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
