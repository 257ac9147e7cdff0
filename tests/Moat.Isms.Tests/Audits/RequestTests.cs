using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Audits;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.People;
using Moat.Isms.StatementOfApplicability;
using Moat.Isms.Tables;
using Moat.Isms.Work;
using Moat.Reports.Documents;

namespace Moat.Tests;

/// <summary>
/// The seat of an external auditor: reads, asks, judges answers, and nothing else; until its last day.
/// </summary>
public sealed class RequestTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_is_answered_with_what_is_shown_returned_and_accepted(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var (auditor, member, other) = (
            await AuditCase.With(company, Role.Auditor, "Paula External"),
            await AuditCase.With(company, Role.Member, "Mia Member"),
            await AuditCase.With(company, Role.Member, "Otto Other")
        );
        await AuditCase.Invalid("dueOn", () => Ask(company, auditor, new DateOnly(2026, 3, 1)));
        await AuditCase.Invalid("requirement", () => Ask(company, auditor, requirement: "A.9.99"));
        await Ask(company, auditor, requirement: "A.8.28");
        Assert.Equal("Ada Acme", (await Get(company, company.Owner)).Row.Assignee);
        await company.Run<RequestProcess, AssignRequest, Done>(
            p => p.Assign,
            new AssignRequest { Ref = "REQ-1", Assignee = await AuditCase.RefOf(company, member) }
        );
        Assert.Equal(
            ["REQ-1"],
            (
                await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                    p => p.List,
                    new ListRequests(),
                    member
                )
            ).Items.Select(r => r.Ref)
        );
        Assert.Empty(
            (
                await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                    p => p.List,
                    new ListRequests(),
                    other
                )
            ).Items
        );
        await Assert.ThrowsAsync<NotFound>(() => Get(company, other));
        Assert.Single(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork(), member)).Items,
            t => t.Purpose == "request"
        );

        await company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Merge rules",
                Note = "Seen in the settings",
                Controls = ["A.8.28"],
                PeriodFrom = new DateOnly(2026, 2, 1),
                PeriodTo = new DateOnly(2026, 3, 1),
            }
        );
        await AuditCase.Broken("requests.judge.answered", () => Judge(company, auditor, accept: true));
        await Assert.ThrowsAsync<NotFound>(() => Answer(company, other));
        await AuditCase.Invalid("shown", () => Answer(company, member, "RISK-1"));
        await Answer(company, member);
        await AuditCase.Broken("requests.answer.waits", () => Answer(company, company.Owner));
        Assert.Contains(
            "auditor who asked",
            await AuditCase.Broken("requests.judge.auditor", () => Judge(company, company.Owner, accept: true)),
            StringComparison.Ordinal
        );
        await AuditCase.Invalid("text", () => Judge(company, auditor, accept: false));
        await Judge(company, auditor, accept: false, "The list ends in January.");
        Assert.Single(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork(), member)).Items,
            t => t.Purpose == "request"
        );
        await Answer(company, company.Owner, "EVD-1");
        await Judge(company, auditor, accept: true);

        var view = await Get(company, auditor);
        Assert.Equal((RequestState.Accepted, 4), (view.Row.State, view.Notes.Count));
        Assert.Equal("EVD-1 Merge rules", $"{view.Notes[2].Shown[0].Ref} {view.Notes[2].Shown[0].Name}");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_external_auditor_reads_everything_and_changes_nothing_but_requests_and_findings(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Paula External");
        var mayChange = company
            .Catalog.All.Where(o => o.ChangesRecords && Role.Auditor.Allows(o.Permission))
            .Select(o => o.Name)
            .ToList();
        var expected = new[]
        {
            "audits.start",
            "audits.examine",
            "audits.conclude",
            "findings.raise",
            "findings.uphold",
            "findings.withdraw",
            "samples.draw",
            "samples.record",
            "requests.ask",
            "requests.accept",
            "requests.return",
            "requests.import-table",
        };
        Assert.Empty(expected.Except(mayChange));
        // What else a seat may run is what everybody may do for themselves.
        Assert.All(
            mayChange.Except(expected),
            name => Assert.Equal(Permission.Work, company.Catalog.Find(name)!.Permission)
        );
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Do("controls.edit", new { @ref = "A.8.4", howDone = "Nothing" }, auditor)
        );
        Assert.NotEmpty((await company.Run<SoaProcess, Nothing, SoaDraft>(p => p.Draft, new Nothing(), auditor)).Rows);
        await AuditCase.Broken(
            "audits.team",
            async () =>
                await AuditCase.Find(
                    company,
                    auditor,
                    await AuditCase.Running(
                        company,
                        await AuditCase.With(company, Role.Auditor, "Emil Auditor"),
                        "7.3"
                    ),
                    "7.3"
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_seat_ends_with_its_last_day_whichever_way_it_was_given(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var (invited, promoted) = (
            await AuditCase.With(company, Role.Auditor, "Paula External"),
            await AuditCase.With(company, Role.Member, "Emil Auditor")
        );
        var list = (await company.Run<AccessProcess, Nothing, AccessList>(p => p.List, new Nothing())).Members;
        await company.Run<AccessProcess, EditMembership, AccessDone>(
            p => p.Edit,
            new EditMembership { Ref = list.Single(m => m.Name == "Emil Auditor").Ref, Role = Role.Auditor }
        );
        foreach (var seat in new[] { invited, promoted })
            Assert.Equal(Role.Auditor, (await Enter(company, seat))!.Role);
        company.Clock.Advance(TimeSpan.FromDays(90));
        foreach (var seat in new[] { invited, promoted })
            Assert.NotNull(await Enter(company, seat));
        company.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var seat in new[] { invited, promoted })
            Assert.Null(await Enter(company, seat));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_list_is_previewed_imported_once_and_keeps_where_it_came_from(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Paula External");
        var sheet = new TableSheet(
            "PBC list",
            ["Request ID", "Requested evidence", "ISO 27001 reference", "Due date", "Owner"],
            [
                ["1", "Minutes of the last management review", "Clause 9.3", "2026-03-20", null],
                ["2", "Access review of the weights bucket", "A.5.18", null, "Ada Acme"],
                ["3", "Training records of five joiners", "7.3", "20.03.2026", "Nobody Known"],
                ["4", "Pen test report", "something else", "2026-03-25", null],
            ]
        );
        var table = new GivenFile { Name = "list.xlsx", Content = Workbook.Write([sheet]) };
        var preview = await company.Run<RequestTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = table },
            auditor
        );
        Assert.Equal((4, 0, 2), (preview.New, preview.Problems.Count, preview.Remarks.Count));
        Assert.Equal(
            ["9.3.1, by 2026-03-20", "A.5.18, in 14 days", "7.3, by 2026-03-20", "no requirement, by 2026-03-25"],
            preview.Rows.Select(r => r.Detail)
        );
        Assert.Empty(
            (
                await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                    p => p.List,
                    new ListRequests(),
                    auditor
                )
            ).Items
        );

        await company.Run<RequestTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = table }, auditor);
        var again = await company.Run<RequestTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable { File = table },
            auditor
        );
        Assert.Equal((0, 4), (again.New, again.Known));
        var rows = (
            await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                p => p.List,
                new ListRequests { Sort = "-due" },
                auditor
            )
        ).Items;
        Assert.Equal(["REQ-4", "REQ-3", "REQ-1", "REQ-2"], rows.Select(r => r.Ref));
        Assert.Equal(("Ada Acme", new DateOnly(2026, 3, 16)), (rows[3].Assignee!, rows[3].DueOn));
        Assert.Contains("list.xlsx, row 2", (await Get(company, auditor)).Source, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_request_list_stores_nothing_and_names_the_cell(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Paula External");
        await AuditCase.Invalid("file", () => Import(company, auditor, "Colour,Shape\nred,round\n"));
        Assert.Contains(
            "over",
            await AuditCase.Invalid(
                "rows[2].dueOn",
                () =>
                    Import(
                        company,
                        auditor,
                        "Request,Due date\nMinutes of the review,2025-01-01\nAsset list,2026-04-01\n"
                    )
            ),
            StringComparison.Ordinal
        );
        await AuditCase.Invalid(
            "rows[3].dueOn",
            () => Import(company, auditor, "Request,Due date\nMinutes of the review,2026-04-01\nAsset list,soon\n")
        );
        Assert.Empty(
            (
                await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                    p => p.List,
                    new ListRequests(),
                    auditor
                )
            ).Items
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_rehearsal_walks_as_an_auditor_does_and_asks_what_is_missing(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var first = await company.Run<RehearsalProcess, RehearseAudit, RehearsalView>(
            p => p.Rehearse,
            new RehearseAudit()
        );
        Assert.Equal("4.3", first.Parts[0].Stops[0].Requirement);
        Assert.Contains(
            first.Parts.SelectMany(p => p.Stops),
            s =>
                s.Requirement == "9.2.2"
                && s.Questions.Any(q => q.Contains("No audit programme is adopted", StringComparison.Ordinal))
        );
        await company.Run<ProgrammeProcess, ProposeProgramme, Done>(p => p.Propose, new ProposeProgramme());
        await company.Run<ProgrammeProcess, ChangeRecord, Done>(p => p.Adopt, new ChangeRecord { Ref = "PROG-1" });
        var later = (
            await company.Run<RehearsalProcess, RehearseAudit, RehearsalView>(p => p.Rehearse, new RehearseAudit())
        );
        Assert.DoesNotContain(
            later.Parts.SelectMany(p => p.Stops).Single(s => s.Requirement == "9.2.2").Questions,
            q => q.Contains("programme is adopted", StringComparison.Ordinal)
        );
        Assert.True(await NonconformityTests.Holds(company, "9.2.2", "audit-programme"));
        Assert.True(later.Ready >= first.Ready);
        var second = await company.Run<RehearsalProcess, RehearseAudit, RehearsalView>(
            p => p.Rehearse,
            new RehearseAudit { Stage = 2 }
        );
        Assert.Equal(24, second.Parts[^1].Stops.Count);
        Assert.All(second.Parts.SelectMany(p => p.Stops), s => Assert.NotEmpty(s.Opens));
        Assert.Equal(second.Questions, second.Parts.SelectMany(p => p.Stops).Sum(s => s.Questions.Count));
    }

    internal static Task<Done> Ask(Company company, Caller by, DateOnly? due = null, string? requirement = null) =>
        company.Run<RequestProcess, AskRequest, Done>(
            p => p.Ask,
            new AskRequest
            {
                Wanted = "Merges to main of the last quarter with their reviewers",
                DueOn = due ?? new DateOnly(2026, 3, 20),
                Requirement = requirement,
            },
            by
        );

    private static Task<RequestView> Get(Company company, Caller by) =>
        company.Run<RequestProcess, OneRecord, RequestView>(p => p.Get, new OneRecord { Ref = "REQ-1" }, by);

    internal static Task<Done> Answer(Company company, Caller by, params string[] shown) =>
        company.Run<RequestProcess, AnswerRequest, Done>(
            p => p.Answer,
            new AnswerRequest
            {
                Ref = "REQ-1",
                Text = "Here they are.",
                Shown = [.. shown],
            },
            by
        );

    internal static Task<Done> Judge(Company company, Caller by, bool accept, string? text = null) =>
        company.Run<RequestProcess, JudgeRequest, Done>(
            p => accept ? p.Accept : p.Return,
            new JudgeRequest { Ref = "REQ-1", Text = text },
            by
        );

    private static Task<TableResult> Import(Company company, Caller by, string csv) =>
        company.Run<RequestTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable
            {
                File = new GivenFile { Name = "list.csv", Content = Encoding.UTF8.GetBytes(csv) },
            },
            by
        );

    private static async Task<Caller?> Enter(Company company, Caller seat)
    {
        await using var scope = company.Scope(company.Owner);
        return await scope
            .ServiceProvider.GetRequiredService<AccessDirectory>()
            .Member("acme", seat.ActorId!.Value, seat.Name, "ui", CancellationToken.None);
    }
}
