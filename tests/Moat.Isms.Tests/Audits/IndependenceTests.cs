using Moat.Isms.Audits;
using Moat.Isms.Controls;
using Moat.Isms.Drafts;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;

namespace Moat.Tests;

/// <summary>Nobody audits what they own or did, and the refusal names the record.</summary>
public sealed class IndependenceTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_owner_is_refused_and_somebody_else_is_not(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var (owner, other) = (
            await AuditCase.With(company, Role.Auditor, "Olga Owner"),
            await AuditCase.With(company, Role.Auditor, "Emil Auditor")
        );
        await company.Run<ControlRegister, EditControl, Done>(
            p => p.Edit,
            new EditControl { Ref = "A.8.4", Owner = await AuditCase.RefOf(company, owner) }
        );
        Assert.Matches(
            "Olga Owner owns CTL-[0-9]+ A.8.4",
            await AuditCase.Broken("audits.independent", () => AuditCase.Plan(company, owner, "A.8.4", "7.4"))
        );
        var audit = await AuditCase.Plan(company, other, "A.8.4", "7.4");

        // A second auditor closes the gap, and then each looks at what they may look at.
        await company.Run<AuditProcess, EditAudit, Done>(
            p => p.Edit,
            new EditAudit
            {
                Ref = audit,
                Lead = await AuditCase.RefOf(company, owner),
                Team = [await AuditCase.RefOf(company, other)],
            }
        );
        await company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Start, new ChangeRecord { Ref = audit }, owner);
        await AuditCase.Broken("audits.independent", () => AuditCase.Examine(company, owner, audit, "A.8.4"));
        await AuditCase.Broken("audits.independent", () => AuditCase.Find(company, owner, audit, "A.8.4"));
        await AuditCase.Examine(company, other, audit, "A.8.4");
        await AuditCase.Examine(company, owner, audit, "7.4");
        Assert.Equal(
            ["Emil Auditor", "Olga Owner"],
            (await AuditCase.Get(company, audit)).Items.OrderByDescending(i => i.Requirement).Select(i => i.ExaminedBy)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_did_the_work_in_the_period_is_refused_and_after_it_is_not(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var doer = await AuditCase.With(company, Role.IsmsManager, "Dora Doer");
        Assert.Empty((await Ask(company, doer, "A.8.28")).Conflicts);
        await company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Review of the merge rules",
                Note = "Seen in the settings",
                Controls = ["A.8.28"],
                PeriodFrom = new DateOnly(2026, 2, 1),
                PeriodTo = new DateOnly(2026, 3, 1),
            },
            doer
        );
        await company.Run<ControlRegister, EditControl, Done>(
            p => p.Edit,
            new EditControl { Ref = "A.8.4", HowDone = "Write access only by pull request." },
            doer
        );
        var view = await Ask(company, doer, "A.8.28", "A.8.4", "A.8.5");
        Assert.Equal(["A.8.28", "A.8.4"], view.Conflicts.Select(c => c.Requirement).Order(StringComparer.Ordinal));
        Assert.Matches(
            "Dora Doer did evidence.add on EVD-1 on 2 March 2026",
            view.Conflicts.Single(c => c.Requirement == "A.8.28").Why
        );
        Assert.Matches(
            "did controls.edit on CTL-",
            await AuditCase.Broken("audits.independent", () => AuditCase.Plan(company, doer, "A.8.4"))
        );

        company.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Empty((await Ask(company, doer, "A.8.4")).Conflicts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_bulk_operation_counts_for_every_record_that_it_touched(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var doer = await AuditCase.With(company, Role.IsmsManager, "Dora Doer");
        var controls = await company.Run<DraftProcess, ListDrafts, DraftList>(
            p => p.List,
            new ListDrafts { Of = "controls" }
        );
        // More controls than the journal names as subjects.
        await company.Run<DraftProcess, DecideDrafts, Tally>(
            p => p.Adopt,
            new DecideDrafts { Refs = [.. controls.Items.Select(i => i.Ref)] },
            doer
        );
        Assert.All(
            (await Ask(company, doer, "A.5.1", "A.8.34")).Conflicts,
            c => Assert.Contains("draft.adopt", c.Why, StringComparison.Ordinal)
        );
        Assert.Equal(0, (await Ask(company, doer, "A.5.1", "A.8.34")).Free);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_owner_of_a_risk_a_process_or_an_audit_is_a_party_to_its_clause(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var (dana, max) = (
            await AuditCase.With(company, Role.Auditor, "Dana Data"),
            await AuditCase.With(company, Role.Auditor, "Max Auditor")
        );
        await company.Run<RiskRegister, EditRisk, Done>(
            p => p.Edit,
            new EditRisk { Ref = "RISK-1", Owner = await AuditCase.RefOf(company, dana) }
        );
        Assert.Contains(
            "owns RISK-1",
            (await Ask(company, dana, "8.2")).Conflicts.Single().Why,
            StringComparison.Ordinal
        );
        await company.Do("draft.adopt", new { refs = await Roles(company) });
        await company.Run<RoleProcess, AssignRole, Done>(
            p => p.Assign,
            new AssignRole
            {
                Ref = await RoleRef(company, "internal-auditor"),
                Person = await AuditCase.RefOf(company, max),
            }
        );
        Assert.Equal(
            ["9.2.1", "9.2.2"],
            (await Ask(company, max, "9.2.1", "9.2.2", "7.4")).Conflicts.Select(c => c.Requirement)
        );
    }

    private static Task<string[]> Roles(Company company) =>
        company.Read(db => Task.FromResult(db.Set<RoleAssignment>().AsEnumerable().Select(r => r.Ref).ToArray()));

    private static Task<string> RoleRef(Company company, string key) =>
        company.Read(db => Task.FromResult(db.Set<RoleAssignment>().AsEnumerable().Single(r => r.Key == key).Ref));

    private static async Task<IndependenceView> Ask(Company company, Caller person, params string[] requirements) =>
        await company.Run<AuditFieldwork, AskIndependence, IndependenceView>(
            p => p.Independent,
            new AskIndependence { Person = await AuditCase.RefOf(company, person), Requirements = [.. requirements] }
        );
}
