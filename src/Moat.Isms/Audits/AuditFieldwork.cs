using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Audits;

/// <summary>Holding an audit: look, note, conclude, close (clause 9.2).</summary>
[Process(ProgrammeProcess.Name, ProgrammeProcess.Summary)]
public sealed class AuditFieldwork(
    MoatDb db,
    CurrentCaller caller,
    AuditTeam teams,
    AuditLines lines,
    Independence independence,
    AuditChecklist checklist,
    AuditReportText text,
    EvidenceKeeper keeper,
    WorkList work
)
{
    private const int DaysThatAReportCounts = 365;

    /// <summary>What a person may look at, and which record keeps them from the rest.</summary>
    [Query(
        "independence",
        Permission.ReadIsms,
        "Which requirements a person may audit, and which record keeps them from the others"
    )]
    public async Task<IndependenceView> Independent(AskIndependence input, CancellationToken ct)
    {
        var person = await db.One<Person>(input.Person, ct);
        var asked =
            input.Requirements.Count > 0
                ? input.Requirements
                : [.. (await checklist.Requirements(ct)).Select(r => r.Id)];
        var conflicts = await independence.Conflicts(person, asked, input.From ?? db.Today.AddYears(-1), db.Today, ct);
        return new IndependenceView(
            person.Name,
            asked.Distinct().Count() - conflicts.Count,
            [.. asked.Distinct().Where(conflicts.ContainsKey).Select(r => new IndependenceConflict(r, conflicts[r]))]
        );
    }

    /// <summary>Begins: the checklist is made from the criteria.</summary>
    [Operation("start", Permission.RaiseFindings, "Begin a planned audit: its checklist is made from the criteria")]
    public async Task<Done> Start(ChangeRecord input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input, ct);
        if (audit.LeadId is null)
            throw new RuleBroken("audits.start.lead", $"{audit.Ref} has no lead. Name an independent one first.");
        await teams.Auditor(audit, null, ct);
        await teams.MustBeIndependent(audit, ct);
        audit.Start(db.Now);
        foreach (var (index, requirement) in audit.Requirements.Index())
            await db.Enter(
                new AuditItem
                {
                    AuditId = audit.Id,
                    Position = index + 1,
                    Requirement = requirement,
                },
                ct
            );
        return new Done(audit);
    }

    /// <summary>Keeps what a look at a requirement showed, and which records were looked at.</summary>
    [Operation(
        "examine",
        Permission.RaiseFindings,
        "Keep what a look at a requirement showed, with the records that were examined"
    )]
    public async Task<Done> Examine(ExamineRequirement input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Ref, ct);
        if (input.Result is ExamineResult.Open or ExamineResult.Finding)
            throw new InputInvalid("result", "conforms or not-examined; a finding is raised with findings.raise.");
        var item = await lines.Line(audit, input.Requirement, ct);
        if (item.Result == ExamineResult.Finding)
            throw new RuleBroken(
                "audits.examine.finding",
                $"{input.Requirement} has a finding. Withdraw it first if it was none."
            );
        await lines.Note(audit, item, input.Result, input.Note, input.Records, ct);
        return new Done(audit);
    }

    /// <summary>Reports: every line was looked at or says why not. The report is kept as evidence.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation(
            "conclude",
            Permission.RaiseFindings,
            "Report an audit with its conclusion; the report is kept as evidence for 9.2"
        )
    ]
    public async Task<Done> Conclude(ConcludeAudit input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input, ct);
        await teams.Auditor(audit, null, ct);
        audit.Must(AuditState.Running, "audits.conclude.running", "only a running audit is reported");
        var open = await db.Set<AuditItem>()
            .Where(i => i.AuditId == audit.Id && i.Result == ExamineResult.Open)
            .OrderBy(i => i.Position)
            .Select(i => i.Requirement)
            .ToListAsync(ct);
        if (open.Count > 0)
            throw new RuleBroken(
                "audits.conclude.open",
                $"Nobody looked at {string.Join(", ", open.Take(12))} yet. Look, or say why not.",
                [.. open.Select(o => new FieldError(o, "Nobody looked yet."))]
            );
        var report = await text.Markdown(audit, input.Conclusion, ct);
        var kept = await keeper.Keep(
            new EvidenceContent(
                $"Report of {audit.Title}".Cut(300),
                EvidenceKind.File,
                Encoding.UTF8.GetBytes(report),
                FileName: $"{audit.Ref}-report.md",
                Origin: EvidenceOrigin.Moat
            ),
            new ReportFrame
            {
                Clauses = ["9.2.1", "9.2.2"],
                PeriodFrom = audit.PeriodFrom,
                PeriodTo = db.Today,
                ValidDays = DaysThatAReportCounts,
                Population = $"{audit.Requirements.Count} requirements",
                Complete = false,
            },
            ct
        );
        audit.Report(input.Conclusion, caller.Value.Name, db.Now, kept.Ref);
        await work.Settle(audit, "audit", "It is reported.", ct);
        return new Done(audit);
    }

    /// <summary>Closes an audit when every finding is answered and every nonconformity is raised.</summary>
    [Operation("close", Permission.PlanAudits, "Close a reported audit whose findings are all answered and followed")]
    public async Task<Done> Close(ChangeRecord input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input, ct);
        var findings = await db.Set<Finding>()
            .Where(f => f.AuditId == audit.Id && f.State != FindingState.Withdrawn)
            .ToListAsync(ct);
        var ids = findings.Select(f => f.Id).ToList();
        var followed = await (
            from link in db.Links
            where link.Type == LinkTypes.CausedBy && ids.Contains(link.ToId)
            join raised in db.Set<Nonconformity>() on link.FromId equals raised.Id
            select link.ToId
        ).ToListAsync(ct);
        var open = findings
            .Where(f => f.State != FindingState.Accepted || (f.IsNonconformity && !followed.Contains(f.Id)))
            .Select(f => f.Ref)
            .ToList();
        if (open.Count > 0)
            throw new RuleBroken(
                "audits.close.findings",
                $"{string.Join(", ", open)} still waits for an answer or for a nonconformity.",
                [.. open.Select(o => new FieldError(o, "It waits."))]
            );
        audit.Close(db.Now);
        return new Done(audit);
    }

    private sealed record ReportFrame : EvidenceFrame;
}
