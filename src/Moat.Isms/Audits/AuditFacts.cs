using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Audits;

/// <summary>What readiness of clause 9.2 is computed from.</summary>
public sealed record AuditFacts
{
    private const int DaysToAnswer = 14;
    private const int DaysOfAnAudit = 7;

    /// <summary>When a person adopted the programme in force.</summary>
    public required DateTime? AdoptedAt { get; init; }

    /// <summary>Requirements, those that an audit of the cycle covers.</summary>
    public required (int All, int Good) Covered { get; init; }

    /// <summary>When a person last reported an internal audit. Nobody can report one on their own work.</summary>
    public required DateTime? LastReport { get; init; }

    /// <summary>The reference of that audit.</summary>
    public required string? LastRef { get; init; }

    /// <summary>
    /// Major and minor findings that were not withdrawn, those that a nonconformity follows without an overdue task.
    /// </summary>
    public required (int All, int Good) Followed { get; init; }

    /// <summary>When a nonconformity of a finding was last closed, a month or more after it was raised.</summary>
    public required DateOnly? LastClosed { get; init; }

    /// <summary>Findings that nobody answered in time.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Reads the facts.</summary>
    internal static async Task<AuditFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        var programme = await db.Set<AuditProgramme>()
            .AsNoTracking()
            .Where(p => p.State == ProgrammeState.Adopted)
            .OrderByDescending(p => p.Number)
            .FirstOrDefaultAsync(ct);
        var findings = await db.Set<Finding>()
            .AsNoTracking()
            .Where(f => f.State != FindingState.Withdrawn)
            .ToListAsync(ct);
        var late = db.Now.AddDays(-DaysToAnswer);
        var last = await LastAudit(source, ct);
        var (followed, closed) = await FollowedOf(db, [.. findings.Where(f => f.IsNonconformity)], ct);
        return new AuditFacts
        {
            AdoptedAt =
                programme is not null && acts.ByRef("audits.adopt").Contains(programme.Ref)
                    ? programme.AdoptedAt
                    : null,
            Covered = programme is null ? (0, 0) : await CoveredBy(db, programme, ct),
            LastReport = last?.ReportedAt,
            LastRef = last?.Ref,
            Followed = followed,
            LastClosed = closed,
            Unanswered = findings.Count(f => f.State == FindingState.Raised && (f.AnsweredAt ?? f.CreatedAt) < late),
        };
    }

    private static async Task<Audit?> LastAudit(RuleSource source, CancellationToken ct)
    {
        var reported = source.Acts.ByRef("audits.conclude");
        var audits = await source
            .Db.Set<Audit>()
            .AsNoTracking()
            .Where(a => a.Kind == AuditKind.Internal && a.ReportedAt != null)
            .OrderByDescending(a => a.ReportedAt)
            .ToListAsync(ct);
        var notes = (
            await source
                .Db.Set<AuditItem>()
                .AsNoTracking()
                .Where(l => l.ExaminedBy != null)
                .Select(l => new { l.AuditId, l.Note })
                .ToListAsync(ct)
        ).ToLookup(l => l.AuditId, l => l.Note);
        return audits.FirstOrDefault(a =>
            reported.Contains(a.Ref)
            && a.ReportedAt!.Value.Day().DayNumber - a.CreatedAt.Day().DayNumber >= DaysOfAnAudit
            && notes[a.Id].Any()
            && 2 * notes[a.Id].Count(n => Substance.Says(n, 2)) >= notes[a.Id].Count()
        );
    }

    private static async Task<(int All, int Good)> CoveredBy(MoatDb db, AuditProgramme programme, CancellationToken ct)
    {
        var controls = await db.Set<Control>()
            .Of(null)
            .Where(c => c.Applicability == Applicability.Applicable)
            .Select(c => c.Code)
            .ToListAsync(ct);
        var all = KnowledgeBase.Shipped.Clauses.Where(c => !c.Heading).Select(c => c.Id).Concat(controls).ToList();
        var covered = (await ProgrammeProcess.Covering(db, programme).Select(a => a.Requirements).ToListAsync(ct))
            .SelectMany(a => a)
            .ToHashSet();
        return (all.Count, all.Count(covered.Contains));
    }

    private static async Task<((int All, int Good) Followed, DateOnly? Closed)> FollowedOf(
        MoatDb db,
        List<Finding> findings,
        CancellationToken ct
    )
    {
        var ids = findings.Select(f => f.Id).ToList();
        var today = db.Today;
        var followed = await (
            from link in db.Links
            where link.Type == LinkTypes.CausedBy && ids.Contains(link.ToId)
            join raised in db.Set<Nonconformity>() on link.FromId equals raised.Id
            select new
            {
                link.ToId,
                raised.CreatedAt,
                raised.ClosedOn,
                Late = db.Set<WorkItem>()
                    .Any(t =>
                        t.State == WorkState.Open
                        && t.DueOn < today
                        && (
                            t.SubjectId == raised.Id
                            || db.Links.Any(l =>
                                l.Type == LinkTypes.Corrects && l.ToId == raised.Id && l.FromId == t.SubjectId
                            )
                        )
                    ),
            }
        ).ToListAsync(ct);
        var good = findings.Count(f =>
            followed.Any(n => n.ToId == f.Id) && !followed.Any(n => n.ToId == f.Id && n.Late)
        );
        return (
            (findings.Count, good),
            followed.Where(n => n.ClosedOn is { } on && on.WellAfter(n.CreatedAt)).Max(n => n.ClosedOn)
        );
    }
}
