using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Controls;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Readiness;

/// <summary>What readiness of clause 9.2 is computed from.</summary>
public sealed record AuditFacts
{
    /// <summary>When the programme in force was adopted.</summary>
    public required DateTime? AdoptedAt { get; init; }
    /// <summary>Requirements, those that an audit of the cycle covers.</summary>
    public required Counted Covered { get; init; }
    /// <summary>When an internal audit was last reported. Nobody can report one on their own work.</summary>
    public required DateTime? LastReport { get; init; }
    /// <summary>The reference of that audit.</summary>
    public required string? LastRef { get; init; }
    /// <summary>Major and minor findings that were not withdrawn, those that a nonconformity follows without an overdue task.</summary>
    public required Counted Followed { get; init; }
    /// <summary>Findings that nobody answered in time.</summary>
    public required int Unanswered { get; init; }

    private const int DaysToAnswer = 14;

    /// <summary>Reads the facts.</summary>
    internal static async Task<AuditFacts> Read(MoatDb db, CancellationToken ct)
    {
        var programme = await db.Set<AuditProgramme>().AsNoTracking().Where(p => p.State == ProgrammeState.Adopted).OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);
        var last = await db.Set<Audit>().AsNoTracking().Where(a => a.Kind == AuditKind.Internal && a.ReportedAt != null).OrderByDescending(a => a.ReportedAt).FirstOrDefaultAsync(ct);
        var findings = await db.Set<Finding>().AsNoTracking().Where(f => f.State != FindingState.Withdrawn).ToListAsync(ct);
        var late = db.Now.AddDays(-DaysToAnswer);
        return new AuditFacts
        {
            AdoptedAt = programme?.AdoptedAt,
            Covered = programme is null ? new Counted(0, 0, null) : await CoveredBy(db, programme, ct),
            LastReport = last?.ReportedAt,
            LastRef = last?.Ref,
            Followed = await FollowedOf(db, [.. findings.Where(f => f.IsNonconformity)], ct),
            Unanswered = findings.Count(f => f.State == FindingState.Raised && (f.AnsweredAt ?? f.CreatedAt) < late),
        };
    }

    private static async Task<Counted> CoveredBy(MoatDb db, AuditProgramme programme, CancellationToken ct)
    {
        var controls = await db.Set<Control>().Where(c => c.Standing != Standing.Rejected && c.Applicability == Applicability.Applicable).Select(c => c.Code).ToListAsync(ct);
        var all = KnowledgeBase.Shipped.Clauses.Where(c => !c.Heading).Select(c => c.Id).Concat(controls).ToList();
        var audits = await ProgrammeProcess.Covering(db, programme).Select(a => a.Requirements).ToListAsync(ct);
        var covered = audits.SelectMany(a => a).ToHashSet();
        return new Counted(all.Count, all.Count(covered.Contains), programme.AdoptedAt);
    }

    private static async Task<Counted> FollowedOf(MoatDb db, List<Finding> findings, CancellationToken ct)
    {
        var ids = findings.Select(f => f.Id).ToList();
        var today = db.Today;
        var followed = await (from link in db.Links
                              where link.Type == LinkTypes.CausedBy && ids.Contains(link.ToId)
                              join raised in db.Set<Nonconformity>() on link.FromId equals raised.Id
                              select new
                              {
                                  link.ToId,
                                  raised.ChangedAt,
                                  Late = db.Set<WorkItem>().Any(t => t.State == WorkState.Open && t.DueOn < today
                                      && (t.SubjectId == raised.Id || db.Links.Any(l => l.Type == LinkTypes.Corrects && l.ToId == raised.Id && l.FromId == t.SubjectId))),
                              }).ToListAsync(ct);
        return new Counted(findings.Count, findings.Count(f => followed.Any(n => n.ToId == f.Id) && !followed.Any(n => n.ToId == f.Id && n.Late)), followed.Max(n => (DateTime?)n.ChangedAt));
    }
}

/// <summary>The rules about audits (clause 9.2).</summary>
internal static class AuditRules
{
    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["audit-programme"] = Programme,
        ["audit-held"] = (f, age) => ReadinessRules.Fresh(f, age, f.Audits.LastReport, $"{f.Audits.LastRef} was reported by somebody independent of what they looked at", "No internal audit is reported"),
        ["audit-findings-acted"] = Acted,
    };

    private static RuleResult Programme(ReadinessFacts f, int age)
    {
        var covered = f.Audits.Covered;
        if (f.Audits.AdoptedAt is null) return new(false, "No audit programme is adopted");
        return covered.Good < covered.All
            ? new(false, $"The programme covers {covered.Good} of {covered.All} requirements")
            : ReadinessRules.Fresh(f, age, f.Audits.AdoptedAt, $"The programme covers all {covered.All} requirements; it was adopted", "");
    }

    private static RuleResult Acted(ReadinessFacts f, int age)
    {
        var (audits, followed) = (f.Audits, f.Audits.Followed);
        if (audits.LastReport is null) return new(false, "No internal audit is reported, so nothing was found");
        if (audits.Unanswered > 0) return new(false, $"{audits.Unanswered} findings wait for an answer for more than two weeks");
        if (followed.Good < followed.All) return new(false, $"{followed.Good} of {followed.All} major and minor findings have a nonconformity that is on time");
        return followed.All == 0
            ? ReadinessRules.Fresh(f, age, audits.LastReport, $"{audits.LastRef} found nothing that does not conform; it was reported", "")
            : ReadinessRules.Fresh(f, age, followed.Last, $"All {followed.All} major and minor findings have a nonconformity that is on time; the last was worked on", "");
    }
}
