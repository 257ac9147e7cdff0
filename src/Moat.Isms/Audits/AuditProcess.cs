using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Suppliers;
using Moat.Isms.Work;

namespace Moat.Isms.Audits;

/// <summary>Planning audits and reading them (clause 9.2).</summary>
[Process(ProgrammeProcess.Name, ProgrammeProcess.Summary)]
public sealed class AuditProcess(
    MoatDb db,
    CurrentCaller caller,
    AuditChecklist checklist,
    AuditTeam teams,
    AuditReading reading,
    WorkList work
)
{
    internal const string Hold = "audit";
    private static readonly Pager<Audit> Pages = new(new SortKey<Audit>("starts", a => a.StartsOn));

    /// <summary>Audits, by number or by date.</summary>
    [Query("list", Permission.ReadIsms, "List audits")]
    public async Task<Page<AuditRow>> List(ListAudits input, CancellationToken ct)
    {
        var query = db.Set<Audit>().AsQueryable();
        query = input.State is { } state
            ? query.Where(a => a.State == state)
            : query.Where(a => a.State != AuditState.Dropped);
        if (input.Kind is { } kind)
            query = query.Where(a => a.Kind == kind);
        var page = await Pages.Page(db, query, input, a => a, ct);
        return new Page<AuditRow>(await reading.Rows([.. page.Items], ct), page.Total, page.Next);
    }

    /// <summary>An audit with its checklist, findings, samples and requests.</summary>
    [Query("get", Permission.ReadIsms, "Read an audit with its checklist, findings, samples and requests")]
    public async Task<AuditView> Get(OneRecord input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Ref, ct);
        var titles = (await checklist.Requirements(ct)).ToDictionary(r => r.Id, r => r.Title);
        var items = await db.Set<AuditItem>()
            .Where(i => i.AuditId == audit.Id)
            .OrderBy(i => i.Position)
            .ToListAsync(ct);
        var team = await teams.Of(audit, ct);
        var programme = await db.Set<AuditProgramme>()
            .Where(p => p.Id == audit.ProgrammeId)
            .Select(p => (int?)p.Number)
            .FirstOrDefaultAsync(ct);
        var supplier = await db.Set<Supplier>()
            .Where(s => s.Id == audit.SupplierId)
            .Select(s => (int?)s.Number)
            .FirstOrDefaultAsync(ct);
        return new AuditView(
            (await reading.Rows([audit], ct))[0],
            audit.Extent,
            audit.PeriodFrom,
            team.FirstOrDefault(p => p.Id == audit.LeadId)?.Ref,
            [.. team.Select(p => new Named(p.Ref, p.Name))],
            audit.Body,
            supplier is null ? null : $"SUP-{supplier}",
            programme is null ? null : $"PROG-{programme}",
            audit.Requirements,
            [
                .. items.Select(i => new AuditItemView(
                    i.Requirement,
                    titles.GetValueOrDefault(i.Requirement) ?? "Does not apply any more",
                    i.Result,
                    i.Note,
                    i.Examined,
                    i.ExaminedBy,
                    i.ExaminedAt
                )),
            ],
            await reading.Findings(db.Set<Finding>().Where(f => f.AuditId == audit.Id), ct),
            await reading.Samples(db.Set<Sample>().Where(s => s.AuditId == audit.Id), ct),
            await reading.Requests(db.Set<AuditRequest>().Where(r => r.AuditId == audit.Id), ct),
            audit.Conclusion,
            audit.ReportedBy,
            audit.EvidenceRef,
            team.Any(p => p.Id == caller.Value.PersonId)
        );
    }

    /// <summary>
    /// What to look at: the content's advice, how each requirement stands and the records that make it so.
    /// </summary>
    [Query(
        "checklist",
        Permission.ReadIsms,
        "What to look at for each requirement of an audit, with how it stands and the records behind it"
    )]
    public async Task<AuditChecklistView> Checklist(PrepareRequirement input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Ref, ct);
        if (input.Requirement is { } one && !audit.Requirements.Contains(one))
            throw new NotFound($"requirement {one}");
        return new AuditChecklistView(
            await checklist.Entries(input.Requirement is { } requirement ? [requirement] : audit.Requirements, ct)
        );
    }

    /// <summary>Plans an audit.</summary>
    [Operation("plan", Permission.PlanAudits, "Plan an audit: kind, extent, criteria, dates and independent auditors")]
    public async Task<Done> Plan(PlanAudit input, CancellationToken ct)
    {
        CheckDates(input.StartsOn, input.EndsOn, input.PeriodFrom);
        CheckAhead(input.StartsOn, "startsOn");
        if ((input.Kind == AuditKind.Supplier) != input.Supplier is not null)
            throw new InputInvalid(
                "supplier",
                input.Supplier is null ? "Say which supplier is looked at." : "Only an audit of a supplier names one."
            );
        var audit = new Audit
        {
            Title = input.Title,
            Kind = input.Kind,
            Extent = input.Extent,
            Requirements = await Known(input.Requirements, all: input.Requirements.Count == 0, ct),
            StartsOn = input.StartsOn,
            EndsOn = input.EndsOn,
            PeriodFrom = input.PeriodFrom ?? input.StartsOn.AddYears(-1),
            LeadId = await Auditor(input.Lead, ct),
            Team = await Auditors(input.Team, ct),
            Body = input.Body,
            SupplierId = input.Supplier is { } supplier ? (await db.One<Supplier>(supplier, ct)).Id : null,
        };
        await teams.MustBeIndependent(audit, ct);
        await db.Enter(audit, ct);
        await Remind(audit, ct);
        return new Done(audit);
    }

    /// <summary>Changes a planned audit; of a running one, only its auditors.</summary>
    [Operation(
        "edit",
        Permission.PlanAudits,
        "Change a planned audit: dates, criteria, auditors; of a running one, only its auditors"
    )]
    public async Task<Done> Edit(EditAudit input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input, ct);
        var onlyAuditors =
            input is
            { Title: null, Extent: null, StartsOn: null, EndsOn: null, PeriodFrom: null, Requirements.Count: 0 };
        if (audit.State != AuditState.Planned && !(audit.State == AuditState.Running && onlyAuditors))
            throw new RuleBroken(
                "audits.edit.planned",
                $"{audit.Ref} is {audit.State.Words().ToLowerInvariant()}: what it covers cannot change any more."
            );
        if (input.StartsOn != audit.StartsOn)
            CheckAhead(input.StartsOn, "startsOn");
        if (input.EndsOn != audit.EndsOn)
            CheckAhead(input.EndsOn, "endsOn");
        CheckDates(
            input.StartsOn ?? audit.StartsOn,
            input.EndsOn ?? audit.EndsOn,
            input.PeriodFrom ?? audit.PeriodFrom
        );
        audit.Title = input.Title ?? audit.Title;
        audit.Extent = input.Extent ?? audit.Extent;
        audit.StartsOn = input.StartsOn ?? audit.StartsOn;
        audit.EndsOn = input.EndsOn ?? audit.EndsOn;
        audit.PeriodFrom = input.PeriodFrom ?? audit.PeriodFrom;
        if (input.Requirements.Count > 0)
            audit.Requirements = await Known(input.Requirements, all: false, ct);
        if (input.Lead is not null)
            audit.LeadId = await Auditor(input.Lead, ct);
        if (input.Team.Count > 0)
            audit.Team = await Auditors(input.Team, ct);
        await teams.MustBeIndependent(audit, ct);
        await Remind(audit, ct);
        return new Done(audit);
    }

    /// <summary>Takes a planned audit out of the plan.</summary>
    [Operation("drop", Permission.PlanAudits, "Take a planned audit out of the plan, with a reason")]
    public async Task<Done> Drop(DropAudit input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input, ct);
        audit.Drop(db.Now);
        await work.Settle(audit, Hold, input.Reason, ct);
        return new Done(audit);
    }

    private static void CheckDates(DateOnly starts, DateOnly ends, DateOnly? from)
    {
        if (ends < starts)
            throw new InputInvalid("endsOn", "The audit ends before it begins.");
        if (from > starts)
            throw new InputInvalid("periodFrom", "The time that is looked at begins before the audit.");
    }

    /// <summary>An audit is planned from today on: one in the past would be overdue the moment it is entered.</summary>
    private void CheckAhead(DateOnly? day, string field)
    {
        if (day < db.Today)
            throw new InputInvalid(
                field,
                "An audit is planned from today on. The report of one that was held before is kept as evidence."
            );
    }

    private async Task<List<string>> Known(List<string> wanted, bool all, CancellationToken ct)
    {
        var known = (await checklist.Requirements(ct)).Select(r => r.Id).ToList();
        if (wanted.FirstOrDefault(w => !known.Contains(w)) is { } unknown)
            throw new InputInvalid(
                "requirements",
                $"{unknown} is no sub-clause of 4 to 10 and no control that applies here."
            );
        return all ? known : [.. known.Where(wanted.Contains)];
    }

    private Task<Guid?> Auditor(string? reference, CancellationToken ct) => People.Owners.OwnerId(db, reference, ct);

    private async Task<List<string>> Auditors(List<string> references, CancellationToken ct)
    {
        var people = new List<string>();
        foreach (var reference in references.Distinct())
            people.Add((await db.One<People.Person>(reference, ct)).Ref);
        return people;
    }

    private Task Remind(Audit audit, CancellationToken ct) =>
        audit.State != AuditState.Planned || audit.Kind != AuditKind.Internal
            ? Task.CompletedTask
            : work.Ensure(
                audit,
                Hold,
                $"Hold {audit.Ref}: {audit.Title}".Cut(300),
                "An audit that is planned and not held is a finding by itself (9.2.2).",
                audit.LeadId,
                audit.EndsOn,
                ct
            );
}
