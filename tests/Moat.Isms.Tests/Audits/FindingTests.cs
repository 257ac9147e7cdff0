using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Evidence;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Reports;

namespace Moat.Tests;

/// <summary>From the checklist to the finding, the answer, the nonconformity and the report.</summary>
public sealed class FindingTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_audit_is_planned_and_moved_from_today_on(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var input = await AuditCase.Input(company, auditor, "7.3");
        await AuditCase.Invalid(
            "startsOn",
            () =>
                company.Run<AuditProcess, PlanAudit, Done>(
                    p => p.Plan,
                    input with
                    {
                        StartsOn = new DateOnly(2020, 3, 9),
                        EndsOn = new DateOnly(2020, 3, 11),
                    }
                )
        );
        var audit = await AuditCase.Plan(company, auditor, "7.3");
        await AuditCase.Invalid(
            "startsOn",
            () =>
                company.Run<AuditProcess, EditAudit, Done>(
                    p => p.Edit,
                    new EditAudit { Ref = audit, StartsOn = new DateOnly(2026, 3, 1) }
                )
        );
        // What has begun to be late can still be put right in its other fields.
        company.Clock.Advance(TimeSpan.FromDays(20));
        await company.Run<AuditProcess, EditAudit, Done>(
            p => p.Edit,
            new EditAudit { Ref = audit, Title = "Training, release and serving" }
        );
        await company.Run<AuditProcess, EditAudit, Done>(
            p => p.Edit,
            new EditAudit
            {
                Ref = audit,
                StartsOn = new DateOnly(2026, 3, 23),
                EndsOn = new DateOnly(2026, 3, 24),
            }
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_audit_runs_from_its_plan_to_its_report(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Plan(company, null, "7.4", "7.3");
        Assert.Single(await Tasks(company), t => t.Purpose == "audit");
        await AuditCase.Broken(
            "audits.start.lead",
            () =>
                company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Start, new ChangeRecord { Ref = audit }, auditor)
        );
        await company.Run<AuditProcess, EditAudit, Done>(
            p => p.Edit,
            new EditAudit { Ref = audit, Lead = await AuditCase.RefOf(company, auditor) }
        );
        await AuditCase.Broken("audits.examine.running", () => AuditCase.Examine(company, auditor, audit, "7.3"));
        await AuditCase.Broken(
            "audits.team",
            () => company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Start, new ChangeRecord { Ref = audit })
        );
        await company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Start, new ChangeRecord { Ref = audit }, auditor);
        await AuditCase.Broken(
            "audits.edit.planned",
            () =>
                company.Run<AuditProcess, EditAudit, Done>(
                    p => p.Edit,
                    new EditAudit { Ref = audit, Requirements = ["7.3"] }
                )
        );

        var checklist = await company.Run<AuditProcess, PrepareRequirement, AuditChecklistView>(
            p => p.Checklist,
            new PrepareRequirement { Ref = audit },
            auditor
        );
        Assert.Equal(["7.3", "7.4"], checklist.Entries.Select(e => e.Requirement));
        Assert.All(checklist.Entries, e => Assert.True(e.LookAt.Count > 0 && e.Rules.Count > 0));

        await AuditCase.Invalid("requirement", () => AuditCase.Examine(company, auditor, audit, "8.2"));
        await AuditCase.Invalid(
            "result",
            () => AuditCase.Examine(company, auditor, audit, "7.3", ExamineResult.Finding)
        );
        await AuditCase.Examine(company, auditor, audit, "7.3", ExamineResult.Conforms, "RISK-1", "CTL-2");
        Assert.Equal(["RISK-1", "CTL-2"], (await AuditCase.Get(company, audit)).Items[0].Examined.OrderDescending());
        Assert.Equal(
            2,
            await company.Read(db => db.Links.CountAsync(l => l.Type == LinkTypes.Examines && l.Source == "7.3"))
        );
        Assert.Contains(
            "Nobody looked at 7.4",
            await AuditCase.Broken("audits.conclude.open", () => AuditCase.Conclude(company, auditor, audit)),
            StringComparison.Ordinal
        );
        await AuditCase.Find(company, auditor, audit, "7.4", FindingGrade.Observation);
        await AuditCase.Conclude(company, auditor, audit);

        var view = await AuditCase.Get(company, audit);
        Assert.Equal(
            (AuditState.Reported, "Emil Auditor", "EVD-1"),
            (view.Row.State, view.ReportedBy, view.EvidenceRef)
        );
        var kept = Encoding.UTF8.GetString(
            (
                await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                    p => p.Download,
                    new OneRecord { Ref = "EVD-1" }
                )
            ).Content
        );
        Assert.Contains("approvals lag behind", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "audit");
        await AuditCase.Broken("audits.close.findings", () => Close(company, audit));
        await Accept(company, "FIND-1");
        await Close(company, audit);
        Assert.Equal(AuditState.Closed, (await AuditCase.Get(company, audit)).Row.State);
        await AuditCase.Broken("audits.close.reported", () => Close(company, audit));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_minor_finding_becomes_a_nonconformity_and_an_opportunity_an_improvement(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3", "7.4", "A.6.3");
        var (minor, opportunity) = (
            await AuditCase.Find(company, auditor, audit, "7.3"),
            await AuditCase.Find(company, auditor, audit, "7.4", FindingGrade.Opportunity)
        );
        Assert.Equal(2, (await Tasks(company)).Count(t => t.Purpose == "finding"));
        Assert.Equal(
            [ExamineResult.Finding, ExamineResult.Conforms, ExamineResult.Open],
            (await AuditCase.Get(company, audit)).Items.Select(i => i.Result)
        );
        await AuditCase.Broken("audits.examine.finding", () => AuditCase.Examine(company, auditor, audit, "7.3"));
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Run<FindingProcess, AcceptFinding, Done>(p => p.Accept, new AcceptFinding { Ref = minor }, auditor)
        );
        var manager = company.Owner with { PersonId = auditor.PersonId };
        await AuditCase.Broken(
            "findings.answer.self",
            () =>
                company.Run<FindingProcess, AcceptFinding, Done>(
                    p => p.Accept,
                    new AcceptFinding { Ref = minor },
                    manager
                )
        );

        await Accept(company, minor, owner: "PER-1");
        await AuditCase.Broken("findings.answer.raised", () => Accept(company, minor));
        var row = (
            await company.Run<FindingProcess, OneRecord, FindingView>(p => p.Get, new OneRecord { Ref = minor })
        ).Row;
        Assert.Equal((FindingState.Accepted, "NC-1", false), (row.State, row.NonconformityRef, row.NeedsNonconformity));
        var raised = await company.Read(db => db.One<Nonconformity>("NC-1", CancellationToken.None));
        Assert.Equal(
            (NonconformityOrigin.Audit, NonconformityGrade.Minor, "7.3"),
            (raised.Origin, raised.Grade, raised.Requirement)
        );
        await AuditCase.Broken(
            "findings.follow.once",
            () => company.Run<FindingProcess, FollowFinding, Done>(p => p.Follow, new FollowFinding { Ref = minor })
        );
        await AuditCase.Invalid(
            "improve",
            async () =>
                await company.Run<FindingProcess, AcceptFinding, Done>(
                    p => p.Accept,
                    new AcceptFinding { Ref = await AuditCase.Find(company, auditor, audit, "A.6.3"), Improve = true }
                )
        );
        await company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = opportunity, Improve = true }
        );
        Assert.Equal(
            "IMP-1",
            (await company.Run<FindingProcess, OneRecord, FindingView>(p => p.Get, new OneRecord { Ref = opportunity }))
                .Follow.Single()
                .Ref
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_accepted_finding_without_a_nonconformity_is_seen(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3");
        var finding = await AuditCase.Find(company, auditor, audit, "7.3", FindingGrade.Major);
        Assert.Empty((await Unfollowed(company)).Items);
        await company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = finding, WithoutNonconformity = true }
        );
        Assert.Equal([finding], (await Unfollowed(company)).Items.Select(f => f.Ref));
        await AuditCase.Conclude(company, auditor, audit);
        await AuditCase.Broken("audits.close.findings", () => Close(company, audit));
        await company.Run<FindingProcess, FollowFinding, Done>(p => p.Follow, new FollowFinding { Ref = finding });
        Assert.Empty((await Unfollowed(company)).Items);
        await Close(company, audit);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contested_finding_stands_or_falls_by_the_auditors_word(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3", "7.4");
        var finding = await AuditCase.Find(company, auditor, audit, "7.3");
        var reason = new ReasonForFinding { Ref = finding, Reason = "The approvals stand in the merge requests." };
        await AuditCase.Broken(
            "findings.uphold.contested",
            () => company.Run<FindingProcess, ReasonForFinding, Done>(p => p.Uphold, reason, auditor)
        );
        await company.Run<FindingProcess, ReasonForFinding, Done>(p => p.Contest, reason);
        await company.Run<FindingProcess, ReasonForFinding, Done>(
            p => p.Uphold,
            reason with
            {
                Reason = "Two of them were approved afterwards.",
            },
            auditor
        );
        Assert.Single(await Tasks(company), t => t.Purpose == "finding");
        await company.Run<FindingProcess, ReasonForFinding, Done>(p => p.Contest, reason);
        await AuditCase.Broken(
            "audits.team",
            () => company.Run<FindingProcess, ReasonForFinding, Done>(p => p.Withdraw, reason)
        );
        await company.Run<FindingProcess, ReasonForFinding, Done>(
            p => p.Withdraw,
            reason with
            {
                Reason = "Shown: they were approved before.",
            },
            auditor
        );
        Assert.Equal(ExamineResult.Open, (await AuditCase.Get(company, audit)).Items[0].Result);
        await AuditCase.Broken(
            "findings.withdraw.open",
            () => company.Run<FindingProcess, ReasonForFinding, Done>(p => p.Withdraw, reason, auditor)
        );
        Assert.Empty(
            (await company.Run<FindingProcess, ListFindings, Page<FindingRow>>(p => p.List, new ListFindings())).Items
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_report_is_a_document_that_Word_opens(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3", "7.4");
        await company.Run<SampleProcess, DrawSample, Done>(
            p => p.Draw,
            new DrawSample
            {
                Audit = audit,
                Requirement = "7.3",
                Population = PopulationKind.JournalEntries,
                Of = "draft.adopt",
                Size = 3,
                Seed = "spring",
            },
            auditor
        );
        await AuditCase.Find(company, auditor, audit, "7.3");
        await AuditCase.Examine(company, auditor, audit, "7.4");
        var text = Encoding.UTF8.GetString((await Report(company, audit, FileForm.Md)).Content);
        Assert.Contains("The audit is not reported yet.", text, StringComparison.Ordinal);
        await AuditCase.Conclude(company, auditor, audit);

        var file = await Report(company, audit, FileForm.Docx);
        Assert.Equal($"{audit}-report.docx", file.Name);
        using var stream = new MemoryStream(file.Content);
        using var word = WordprocessingDocument.Open(stream, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = word.MainDocumentPart!.Document.Body!.InnerText;
        foreach (
            var said in new[]
            {
                "approvals lag behind",
                "FIND-1 Minor",
                "Seed spring",
                "Emil Auditor (lead)",
                "Looked at five cases",
            }
        )
            Assert.Contains(said, body, StringComparison.Ordinal);
        using var register = new MemoryStream(
            (
                await company.Run<ReportProcess, ChooseRegister, MadeFile>(
                    p => p.Register,
                    new ChooseRegister { Name = "audits" }
                )
            ).Content
        );
        using var workbook = SpreadsheetDocument.Open(register, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(e => e.Description));
        Assert.Equal(
            ["Audit", "AuditProgramme", "Weights", "Checklists"],
            workbook
                .WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>()
                .Select(e => e.Name!.Value)
        );
        Assert.Contains(
            "<h1>Audit report",
            Encoding.UTF8.GetString((await Report(company, audit, FileForm.Html)).Content),
            StringComparison.Ordinal
        );
    }

    private static Task<MadeFile> Report(Company company, string audit, FileForm form) =>
        company.Run<AuditReport, ChooseAuditReport, MadeFile>(
            p => p.Report,
            new ChooseAuditReport { Ref = audit, Format = form }
        );

    private static Task<Done> Accept(Company company, string finding, string? owner = null) =>
        company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = finding, Owner = owner }
        );

    private static Task<Done> Close(Company company, string audit) =>
        company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Close, new ChangeRecord { Ref = audit });

    private static Task<Page<FindingRow>> Unfollowed(Company company) =>
        company.Run<FindingProcess, ListFindings, Page<FindingRow>>(
            p => p.List,
            new ListFindings { Unfollowed = true }
        );

    private static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;
}
