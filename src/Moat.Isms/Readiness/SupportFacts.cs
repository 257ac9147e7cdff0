using Microsoft.EntityFrameworkCore;
using Moat.Isms.Communication;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Leadership;
using Moat.Isms.People.Competence;
using Moat.Isms.People.Training;
using Moat.Isms.Suppliers;

namespace Moat.Isms.Readiness;

/// <summary>What readiness of clauses 5.2, 7.2 to 7.5 and 8.1 is computed from.</summary>
public sealed class SupportFacts
{
    private const string AwarenessCourse = "everyone";

    /// <summary>Adopted documents in force or in work, those with an owner.</summary>
    public required Counted Documents { get; init; }
    /// <summary>The same, those published; last publication.</summary>
    public required Counted Published { get; init; }
    /// <summary>Published documents, those within their review cycle; last review.</summary>
    public required Counted Reviewed { get; init; }
    /// <summary>Documents of external origin, those within their cycle.</summary>
    public required Counted External { get; init; }
    /// <summary>When a document that documents a clause was published, by clause.</summary>
    public required IReadOnlyDictionary<string, DateTime> PublishedFor { get; init; }
    /// <summary>When a later version than the first was published or a review confirmed one.</summary>
    public required DateTime? LastRevision { get; init; }
    /// <summary>Acknowledgements asked about the policy in force, those confirmed or not due yet.</summary>
    public required Counted PolicyAsked { get; init; }
    /// <summary>Roles with a holder, those with a competence defined.</summary>
    public required Counted RolesWithNeeds { get; init; }
    /// <summary>Competences of roles with a holder, those shown; last judgement.</summary>
    public required Counted Shown { get; init; }
    /// <summary>When a gap was last closed and checked.</summary>
    public required DateTime? LastGapClosed { get; init; }
    /// <summary>Course assignments; last one.</summary>
    public required Counted Assigned { get; init; }
    /// <summary>People who work here, those with a valid pass of the course for everyone or time left for it; last pass.</summary>
    public required Counted Aware { get; init; }
    /// <summary>When training was last asked for because of something that happened, or passed again.</summary>
    public required DateTime? LastRefresh { get; init; }
    /// <summary>Adopted entries of the communication plan.</summary>
    public required Counted Planned { get; init; }
    /// <summary>What was sent.</summary>
    public required Counted Sent { get; init; }
    /// <summary>When the plan was last changed.</summary>
    public required DateTime? LastPlanChange { get; init; }
    /// <summary>Suppliers of tier high and critical, those assessed within their cycle.</summary>
    public required Counted Suppliers { get; init; }

    internal static async Task<SupportFacts> Read(MoatDb db, CancellationToken ct)
    {
        var today = db.Today;
        var documents = await db.Set<Document>().AsNoTracking().Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null).ToListAsync(ct);
        var published = await db.Set<DocumentVersion>().AsNoTracking().Where(v => v.State == VersionState.Published)
            .Select(v => new { v.DocumentId, v.Id, At = v.PublishedAt!.Value, Revised = v.Major > 1 || v.Minor > 0 }).ToListAsync(ct);
        var (own, inForce) = (documents.Where(d => d.Kind != DocumentKind.External).ToList(), published.ToDictionary(p => p.DocumentId));
        var external = documents.Where(d => d.Kind == DocumentKind.External).ToList();
        var policies = published.Where(p => own.Any(d => d.Id == p.DocumentId && d.Clauses.Contains("5.2"))).Select(p => p.Id).ToList();
        var confirmedReviews = documents.Where(d => d.ReviewedOn is not null && inForce.TryGetValue(d.Id, out var p) && d.ReviewedOn > DateOnly.FromDateTime(p.At))
            .Select(d => (DateTime?)d.ReviewedOn!.Value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        return new SupportFacts
        {
            Documents = Of(own, d => d.OwnerId is not null, d => d.ChangedAt),
            Published = Of(own, d => inForce.ContainsKey(d.Id), d => inForce.TryGetValue(d.Id, out var p) ? p.At : null),
            Reviewed = Of([.. own.Where(d => inForce.ContainsKey(d.Id))], d => d.NextReviewOn >= today, d => d.ReviewedOn?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)),
            External = Of(external, d => d.NextReviewOn >= today, d => d.ChangedAt),
            PublishedFor = own.Where(d => inForce.ContainsKey(d.Id)).SelectMany(d => d.Clauses, (d, c) => (Clause: c, inForce[d.Id].At))
                .GroupBy(x => x.Clause).ToDictionary(g => g.Key, g => g.Max(x => x.At)),
            LastRevision = published.Where(p => p.Revised).Select(p => (DateTime?)p.At).Concat(confirmedReviews).Max(),
            PolicyAsked = await db.Count(
                db.Set<Acknowledgement>().Where(a => policies.Contains(a.VersionId) && a.ReplacedAt == null)
                    .Select(a => new Fact { Good = a.ConfirmedAt != null || a.DueOn >= today, At = a.ConfirmedAt ?? a.CreatedAt }), ct),
            RolesWithNeeds = await RolesWithNeedsOf(db, ct),
            Shown = await ShownOf(db, ct),
            LastGapClosed = (await db.Set<CompetenceProof>().Where(p => p.Closed == true).MaxAsync(p => p.CheckedOn, ct))?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Assigned = await db.Count(db.Set<CourseAssignment>().Where(a => a.EndedAt == null).Select(a => new Fact { Good = a.PassedAt != null || a.DueOn >= today, At = a.CreatedAt }), ct),
            Aware = await AwareOf(db, today, ct),
            LastRefresh = await LastRefreshOf(db, ct),
            Planned = await db.Count(db.Set<CommunicationEntry>().Where(e => e.Standing == Standing.Adopted).Select(e => new Fact { Good = e.NextOn == null || e.NextOn >= today, At = e.ChangedAt }), ct),
            Sent = await db.Count(db.Set<CommunicationSent>().Select(s => new Fact { Good = true, At = s.CreatedAt }), ct),
            LastPlanChange = await db.Journal.Where(e => e.Operation == "communication.edit").MaxAsync(e => (DateTime?)e.At, ct),
            Suppliers = await db.Count(
                db.Set<Supplier>().Where(s => s.Standing == Standing.Adopted && s.EndedOn == null && (s.Tier == SupplierTier.High || s.Tier == SupplierTier.Critical))
                    .Select(s => new Fact { Good = s.NextAssessmentOn != null && s.NextAssessmentOn >= today, At = s.ChangedAt }), ct),
        };
    }

    private static async Task<Counted> RolesWithNeedsOf(MoatDb db, CancellationToken ct)
    {
        var needs = db.Set<CompetenceNeed>().Where(n => n.Standing == Standing.Adopted);
        return await db.Count(
            db.Set<RoleAssignment>().Where(r => r.Standing == Standing.Adopted && r.PersonId != null)
                .Select(r => new Fact { Good = needs.Any(n => n.RoleKey == r.Key), At = needs.Where(n => n.RoleKey == r.Key).Max(n => (DateTime?)n.ChangedAt) ?? r.ChangedAt }), ct);
    }

    private static async Task<Counted> ShownOf(MoatDb db, CancellationToken ct)
    {
        var proofs = db.Set<CompetenceProof>();
        return await db.Count(
            from need in db.Set<CompetenceNeed>()
            where need.Standing == Standing.Adopted
            join role in db.Set<RoleAssignment>() on need.RoleKey equals role.Key
            where role.PersonId != null && role.Standing == Standing.Adopted
            let last = proofs.Where(p => p.NeedId == need.Id && p.PersonId == role.PersonId).OrderByDescending(p => p.Number).FirstOrDefault()
            select new Fact { Good = last != null && (last.Shown || last.Closed == true), At = last == null ? need.CreatedAt : last.ChangedAt }, ct);
    }

    private static async Task<Counted> AwareOf(MoatDb db, DateOnly today, CancellationToken ct)
    {
        var asked = db.Set<CourseAssignment>().Where(a => a.CourseId == AwarenessCourse);
        var passes = asked.Where(a => a.PassedAt != null && a.ValidUntil >= today);
        var inTime = asked.Where(a => a.PassedAt == null && a.EndedAt == null && a.DueOn >= today);
        return await db.Count(
            Audiences.Working(db)
                .Select(p => new Fact { Good = passes.Any(a => a.PersonId == p.Id) || inTime.Any(a => a.PersonId == p.Id), At = passes.Where(a => a.PersonId == p.Id).Max(a => a.PassedAt) ?? p.CreatedAt }), ct);
    }

    private static async Task<DateTime?> LastRefreshOf(MoatDb db, CancellationToken ct)
    {
        var again = await (from later in db.Set<CourseAssignment>()
                           where later.PassedAt != null
                           join earlier in db.Set<CourseAssignment>() on new { later.PersonId, later.CourseId } equals new { earlier.PersonId, earlier.CourseId }
                           where earlier.PassedAt != null && earlier.Number < later.Number
                           select later.PassedAt).MaxAsync(ct);
        var because = await db.Links.Where(l => l.FromKind == "TRN" && l.Type == LinkTypes.CausedBy).MaxAsync(l => (DateTime?)l.CreatedAt, ct);
        return again > because || because is null ? again : because;
    }

    private static Counted Of(IReadOnlyList<Document> documents, Func<Document, bool> good, Func<Document, DateTime?> at) =>
        new(documents.Count, documents.Count(good), documents.Max(at));
}
