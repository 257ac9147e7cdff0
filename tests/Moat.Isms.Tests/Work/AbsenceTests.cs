using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Isms.Work.Absences;

namespace Moat.Tests;

/// <summary>
/// Absence and escalation: what goes to a deputy, what comes back, what nobody can do instead of somebody, what reaches
/// the manager.
/// </summary>
public sealed class AbsenceTests
{
    private static readonly DateOnly First = new(2026, 3, 2);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_opened_meanwhile_go_to_the_deputy_and_come_back_when_it_ends(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (dana, ivo) = (await company.As(Role.RiskOwner, "Dana"), await company.As(Role.ControlOwner, "Ivo"));
        var risk = await Risk(company, "PER-2");
        var before = await Action(company, risk, "Sign batches", "PER-2");
        var begun = await Away(company, dana, First, First.AddDays(9), "PER-3", handOver: false);
        Assert.Equal(0, begun.HandedOver);
        var meanwhile = await Action(company, risk, "Separate the index", "PER-2");
        Assert.Equal(("Dana", null), await Whose(company, before));
        Assert.Equal(("Ivo", "Dana"), await Whose(company, meanwhile));
        Assert.Contains(await Mine(company, ivo), t => t.Ref == meanwhile);
        company.Clock.Advance(TimeSpan.FromDays(10));
        await company.Run<AbsenceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing());
        Assert.Equal(("Dana", null), await Whose(company, meanwhile));
        Assert.Equal(("Dana", null), await Whose(company, await Action(company, risk, "And another", "PER-2")));
        Assert.Empty(
            await company.Run<AbsenceProcess, ListAbsences, IReadOnlyList<AbsenceRow>>(
                p => p.List,
                new ListAbsences(),
                ivo
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_tasks_are_handed_over_on_the_day_and_accepting_a_risk_is_not(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (dana, _) = (await company.As(Role.RiskOwner, "Dana"), await company.As(Role.ControlOwner, "Ivo"));
        var risk = await Risk(company, "PER-2");
        var action = await Action(company, risk, "Sign batches", "PER-2");
        await company.Do(
            "risks.assess",
            new
            {
                @ref = risk,
                inherentLikelihood = 4,
                inherentImpact = 4,
                currentLikelihood = 3,
                currentImpact = 3,
                rationale = "Two near misses last year",
            }
        );
        var begun = await Away(company, dana, First.AddDays(3), First.AddDays(60), "PER-3", handOver: true);
        Assert.Equal(0, begun.HandedOver);
        var stays = Assert.Single(begun.Stays);
        Assert.Contains("only Dana can do it", stays.Message, StringComparison.Ordinal);
        Assert.Equal(("Dana", null), await Whose(company, action));
        company.Clock.Advance(TimeSpan.FromDays(3));
        await company.Run<AbsenceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing());
        Assert.Equal(("Ivo", "Dana"), await Whose(company, action));
        var decision = (await All(company)).Single(t => t.Ref == stays.Field);
        Assert.Equal(("Dana", First.AddDays(60)), (decision.Owner, decision.OwnerAwayUntil));
        await company.Run<AbsenceProcess, ChangeRecord, Done>(p => p.End, new ChangeRecord { Ref = "ABS-1" }, dana);
        Assert.Equal(("Dana", null), await Whose(company, action));
        await Broken(
            "absences.end.ended",
            () => company.Run<AbsenceProcess, ChangeRecord, Done>(p => p.End, new ChangeRecord { Ref = "ABS-1" }, dana)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_deputy_of_a_deputy_does_it_and_two_who_stand_in_for_each_other_do_not(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        foreach (var name in new[] { "Dana", "Ivo", "Lea" })
            await company.As(Role.RiskOwner, name);
        var risk = await Risk(company, "PER-2");
        await Away(company, company.Owner, First.AddDays(1), First.AddDays(20), "PER-3", true, "PER-2");
        await Away(company, company.Owner, First.AddDays(30), First.AddDays(31), "PER-2", true, "PER-4");
        await Broken(
            "absences.create.deputy-away",
            () => Away(company, company.Owner, First, First.AddDays(40), "PER-2", true, "PER-3")
        );
        await Broken(
            "absences.create.overlap",
            () => Away(company, company.Owner, First.AddDays(20), First.AddDays(22), "PER-3", true, "PER-2")
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Run<AbsenceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing());
        await Away(company, company.Owner, First.AddDays(1), First.AddDays(5), "PER-4", true, "PER-3");
        Assert.Equal(("Lea", "Dana"), await Whose(company, await Action(company, risk, "Sign batches", "PER-2")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_audit_stays_with_the_auditor_who_is_no_party_to_it(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Plan(company, auditor, "7.3", "A.8.28");
        await StaysWith(company, "Emil Auditor", audit, "audit", new DateOnly(2026, 3, 11));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_effect_of_an_action_is_not_looked_at_by_who_did_it_because_somebody_else_is_away(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await company.Do(
            "nonconformities.create",
            new
            {
                title = "Opted-out records were trained with",
                description = "1,140 records of a customer who had opted out.",
                origin = "person",
                grade = "minor",
                owner = await AuditCase.RefOf(company, max),
            }
        );
        await company.Do(
            "nonconformities.analyse",
            new
            {
                @ref = "NC-1",
                whys = new[] { "Not filtered", "Joined by the wrong key" },
                cause = "The list is joined by a key that the set lacks.",
                lookedElsewhere = "Versions 7 and 8",
                foundElsewhere = "Both too",
            }
        );
        await company.Do(
            "nonconformities.plan-action",
            new
            {
                @ref = "NC-1",
                title = "Join by user id",
                effectSeenBy = "A build with a planted record fails",
                owner = "PER-1",
                dueOn = "2026-03-04",
                verifyFrom = "2026-03-05",
            }
        );
        await company.Do(
            "actions.complete",
            new { @ref = "ACT-1", outcome = "The filter joins by user id since version 10." }
        );
        await StaysWith(company, "Max Manager", "ACT-1", "verify", new DateOnly(2026, 3, 19));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_without_a_name_waits_for_the_incident_lead_and_one_with_a_name_for_the_deputy(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var lead = await company.As(Role.ControlOwner, "Lea Lead");
        var roles = await company.Run<
            Isms.People.Responsibilities.RoleProcess,
            ListContext,
            IReadOnlyList<Isms.People.Responsibilities.RoleView>
        >(p => p.List, new ListContext());
        await company.Do(
            "roles.assign",
            new
            {
                @ref = roles.Single(r => r.Key == "incident-lead").Ref,
                person = await AuditCase.RefOf(company, lead),
            }
        );
        var path = ((UnnamedAddress)await company.Do("incidents.allow-unnamed", new { allow = true })).Path!;
        await company.Do(
            "incidents.report-unnamed",
            new { secret = path.Split('/')[^1], text = "Ada shares the root key" },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        await company.Do("incidents.report", new { text = "Somebody propped the server room's door open" });
        await StaysWith(company, "Lea Lead", "EVT-1", "triage-unnamed", First.AddDays(1));
        Assert.Equal(
            ("Ada Acme", "Lea Lead"),
            await Whose(company, (await All(company)).Single(t => t.SubjectRef == "EVT-2").Ref)
        );
        // Also when it comes in while she is away.
        await company.Do(
            "incidents.report-unnamed",
            new { secret = path.Split('/')[^1], text = "Ada still shares the root key" },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        Assert.Equal(
            ("Lea Lead", null),
            await Whose(company, (await All(company)).Single(t => t.SubjectRef == "EVT-3").Ref)
        );
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "The key was changed; thank you",
            }
        );
        Assert.DoesNotContain(await All(company), t => t.SubjectRef == "EVT-1" && t.State == WorkState.Open);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Minutes_are_not_approved_by_a_deputy_who_was_not_there(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        var review = await ReviewTests.Scheduled(company, manager);
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await ReviewTests.Held(company, review, manager);
        await company.As(Role.IsmsManager, "Abe Absent");
        await StaysWith(company, "Ada Acme", review, "approve-minutes", First.AddDays(60), "PER-3");
    }

    /// <summary>
    /// The task of a record stays with somebody who goes away, and is named; Ada would do it instead unless it says
    /// who.
    /// </summary>
    private static async Task StaysWith(
        Company company,
        string name,
        string subject,
        string purpose,
        DateOnly until,
        string deputy = "PER-1"
    )
    {
        var task = (await All(company)).Single(t => t.SubjectRef == subject && t.Purpose == purpose);
        Assert.Equal(name, task.Owner);
        var person = (await company.Read(db => db.Set<Isms.People.Person>().SingleAsync(p => p.Name == name))).Ref;
        var begun = await Away(company, company.Owner, First, until, deputy, handOver: true, person);
        Assert.Contains(
            begun.Stays,
            s => s.Field == task.Ref && s.Message.Contains($"only {name} can do it", StringComparison.Ordinal)
        );
        Assert.Equal((name, null), await Whose(company, task.Ref));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_is_away_for_somebody_else_backwards_or_with_oneself_as_deputy(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var dana = await company.As(Role.Member, "Dana");
        await company.As(Role.Member, "Ivo");
        await Broken("absences.create.self", () => Away(company, dana, First, First, "PER-1", true, "PER-3"));
        Assert.Equal(
            "deputy",
            (await Assert.ThrowsAsync<InputInvalid>(() => Away(company, dana, First, First, "PER-2", true)))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "until",
            (await Assert.ThrowsAsync<InputInvalid>(() => Away(company, dana, First, First.AddDays(-1), "PER-3", true)))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "until",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Away(company, dana, First.AddDays(-9), First.AddDays(-1), "PER-3", true)
                )
            )
                .Errors[0]
                .Field
        );
        await Away(company, company.Owner, First, First.AddDays(2), "PER-3", true);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<AbsenceProcess, ChangeRecord, Done>(p => p.End, new ChangeRecord { Ref = "ABS-1" }, dana)
        );
        Assert.Empty(
            await company.Run<AbsenceProcess, ListAbsences, IReadOnlyList<AbsenceRow>>(
                p => p.List,
                new ListAbsences(),
                dana
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_overdue_is_noted_once_and_after_a_week_stands_on_the_managers_list(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var boss = await company.As(Role.Member, "Boss");
        var dana = await company.As(Role.RiskOwner, "Dana");
        await company.Do("people.edit", new { @ref = "PER-3", manager = "PER-2" });
        var task = await Action(company, await Risk(company, "PER-3"), "Sign batches", "PER-3", First.AddDays(1));
        Assert.Equal(
            new WorkCounts(0, 1, 1),
            await company.Run<WorkProcess, CountWork, WorkCounts>(p => p.Counts, new CountWork(), dana)
        );
        company.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 0), (await Keep(company), await Keep(company)));
        Assert.Empty(await Mine(company, boss));
        company.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((1, 0), (await Keep(company), await Keep(company)));
        Assert.Equal("Boss", Assert.Single(await Mine(company, boss)).EscalatedTo);
        Assert.Equal(
            task,
            Assert
                .Single(
                    (
                        await company.Run<WorkProcess, ListWork, Page<WorkRow>>(
                            p => p.List,
                            new ListWork { Due = DueBand.Overdue, Owner = "PER-3" }
                        )
                    ).Items
                )
                .Ref
        );
        await company.Do("tasks.assign", new { @ref = task, dueOn = "2026-04-01" });
        Assert.Empty(await Mine(company, boss));
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<WorkProcess, CompleteWork, Done>(
                p => p.Complete,
                new CompleteWork { Ref = task, Outcome = "Done for her" },
                boss
            )
        );
    }

    internal static async Task<string> Risk(Company company, string owner) =>
        (
            (Done)
                await company.Do(
                    "risks.create",
                    new
                    {
                        title = "Labels are turned around",
                        cause = "One annotator is enough.",
                        consequence = "The next run learns it.",
                        owner,
                        assets = Array.Empty<string>(),
                    }
                )
        ).Ref;

    internal static async Task<string> Action(
        Company company,
        string risk,
        string title,
        string owner,
        DateOnly? due = null
    ) =>
        (
            (Done)
                await company.Do(
                    "risks.plan-action",
                    new
                    {
                        @ref = risk,
                        title,
                        owner,
                        dueOn = due ?? new DateOnly(2026, 5, 1),
                    }
                )
        ).Ref;

    private static Task<BegunAbsence> Away(
        Company company,
        Caller by,
        DateOnly from,
        DateOnly until,
        string deputy,
        bool handOver,
        string? person = null
    ) =>
        company.Run<AbsenceProcess, CreateAbsence, BegunAbsence>(
            p => p.Create,
            new CreateAbsence
            {
                From = from,
                Until = until,
                Deputy = deputy,
                HandOver = handOver,
                Person = person,
            },
            by
        );

    private static async Task<int> Keep(Company company) =>
        (await company.Run<WorkProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count;

    private static async Task<IReadOnlyList<WorkRow>> All(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;

    private static async Task<IReadOnlyList<WorkRow>> Mine(Company company, Caller caller) =>
        (
            await company.Run<WorkProcess, ListWork, Page<WorkRow>>(
                p => p.List,
                new ListWork { Mine = true, Limit = 200 },
                caller
            )
        ).Items;

    private static async Task<(string?, string?)> Whose(Company company, string task) =>
        (await All(company)).Single(t => t.Ref == task) is var row ? (row.Owner, row.For) : default;

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
