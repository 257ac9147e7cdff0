using Microsoft.EntityFrameworkCore;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Audits;

/// <summary>Reads audits and what belongs to them as views.</summary>
public sealed class AuditReading(MoatDb db, CurrentCaller caller)
{
    /// <summary>Audits as rows.</summary>
    public async Task<IReadOnlyList<AuditRow>> Rows(IReadOnlyCollection<Audit> audits, CancellationToken ct)
    {
        var ids = audits.Select(a => a.Id).ToList();
        var findings = await db.Set<Finding>()
            .Where(f => ids.Contains(f.AuditId) && f.State != FindingState.Withdrawn)
            .GroupBy(f => f.AuditId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var leads = audits.Select(a => a.LeadId).OfType<Guid>().ToList();
        var names = await db.Set<Person>()
            .Where(p => leads.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return
        [
            .. audits.Select(a => new AuditRow(
                a.Ref,
                a.Version,
                a.Title,
                a.Kind,
                a.State,
                a.StartsOn,
                a.EndsOn,
                a.LeadId is { } lead ? names.GetValueOrDefault(lead) : null,
                a.Requirements.Count,
                findings.GetValueOrDefault(a.Id),
                a.ReportedAt
            )),
        ];
    }

    /// <summary>Findings with the nonconformities that they led to.</summary>
    public async Task<IReadOnlyList<FindingRow>> Findings(IQueryable<Finding> findings, CancellationToken ct)
    {
        var rows = await (
            from finding in findings.AsNoTracking()
            join audit in db.Set<Audit>() on finding.AuditId equals audit.Id
            orderby finding.Number
            select new { Finding = finding, Audit = audit.Number }
        ).ToListAsync(ct);
        var raised = await Nonconformities([.. rows.Select(r => r.Finding.Id)], ct);
        return [.. rows.Select(r => Row(r.Finding, $"AUD-{r.Audit}", raised.GetValueOrDefault(r.Finding.Id)))];
    }

    /// <summary>The nonconformity that each finding led to.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Nonconformities(List<Guid> findings, CancellationToken ct)
    {
        var links = await (
            from link in db.Links
            where link.Type == LinkTypes.CausedBy && findings.Contains(link.ToId)
            join found in db.Set<Nonconformity>() on link.FromId equals found.Id
            select new { link.ToId, found.Number }
        ).ToListAsync(ct);
        return links.GroupBy(l => l.ToId).ToDictionary(g => g.Key, g => $"NC-{g.Max(l => l.Number)}");
    }

    /// <summary>A finding as a row.</summary>
    public static FindingRow Row(Finding finding, string audit, string? nonconformity) =>
        new(
            finding.Ref,
            finding.Version,
            audit,
            finding.Requirement,
            finding.Grade,
            finding.Title,
            finding.State,
            finding.RaisedBy,
            finding.CreatedAt,
            finding.IsNonconformity && finding.State == FindingState.Accepted && nonconformity is null,
            nonconformity
        );

    /// <summary>Samples as rows.</summary>
    public async Task<IReadOnlyList<SampleRow>> Samples(IQueryable<Sample> samples, CancellationToken ct)
    {
        var items = db.Set<SampleItem>();
        var rows = await (
            from sample in samples.AsNoTracking()
            join audit in db.Set<Audit>() on sample.AuditId equals audit.Id
            orderby sample.Number
            select new
            {
                Sample = sample,
                Audit = audit.Number,
                Open = items.Count(i => i.SampleId == sample.Id && i.Result == SampleResult.Open),
                Deviating = items.Count(i =>
                    i.SampleId == sample.Id
                    && (i.Result == SampleResult.Deviates || i.Result == SampleResult.NotAvailable)
                ),
            }
        ).ToListAsync(ct);
        return
        [
            .. rows.Select(r => new SampleRow(
                r.Sample.Ref,
                r.Sample.Version,
                $"AUD-{r.Audit}",
                r.Sample.Requirement,
                r.Sample.Caption,
                r.Sample.Size,
                r.Sample.PopulationSize,
                r.Open,
                r.Deviating
            )),
        ];
    }

    /// <summary>Requests as rows; members see those that they answer.</summary>
    public async Task<IReadOnlyList<RequestRow>> Requests(IQueryable<AuditRequest> requests, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        if (!caller.Value.May(Permission.ReadIsms))
            requests = requests.Where(r => r.AssigneeId == me);
        var rows = await (
            from request in requests.AsNoTracking()
            join known in db.Set<Audit>() on request.AuditId equals known.Id into audits
            from audit in audits.DefaultIfEmpty()
            join person in db.Set<Person>() on request.AssigneeId equals person.Id into persons
            from assignee in persons.DefaultIfEmpty()
            orderby request.Number
            select new
            {
                Request = request,
                Audit = audit == null ? (int?)null : audit.Number,
                Assignee = assignee,
            }
        )
            .Take(1000)
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new RequestRow(
                r.Request.Ref,
                r.Request.Version,
                r.Request.Wanted,
                r.Request.Requirement,
                r.Audit is { } number ? $"AUD-{number}" : null,
                r.Request.DueOn,
                r.Request.State,
                r.Request.AskedBy,
                r.Assignee?.Ref,
                r.Assignee?.Name,
                me is not null && r.Request.AssigneeId == me,
                r.Request.Waits && r.Request.DueOn < db.Today
            )),
        ];
    }
}
