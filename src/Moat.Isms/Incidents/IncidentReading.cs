using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Incidents;

/// <summary>Reading incidents: the register and the record.</summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class IncidentReading(MoatDb db, RecordFinder records, DutyDesk duties)
{
    private static readonly Pager<Incident> Pages = new(new SortKey<Incident>("severity", i => i.Rank));

    /// <summary>A page of the register.</summary>
    [Query("list", Permission.ReadIsms, "List incidents")]
    public Task<Page<IncidentRow>> List(ListIncidents input, CancellationToken ct)
    {
        var query = db.Set<Incident>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(i => i.State == state);
        if (input.Severity is { } severity)
            query = query.Where(i => i.Severity == severity);
        if (input.Active is { } active)
            query = query.Where(i => (i.State != IncidentState.Closed) == active);
        return Pages.Page(db, query, input, Row(), ct);
    }

    /// <summary>All of an incident.</summary>
    [Query(
        "get",
        Permission.ReadIsms,
        "Read an incident: clocks, timeline, what it touches, who responds, runs, evidence and review"
    )]
    public async Task<IncidentView> Get(OneRecord input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input.Ref, ct);
        var id = incident.Id;
        var row = await db.Set<Incident>().Where(i => i.Id == id).Select(Row()).FirstAsync(ct);
        var lead = await db.Set<Person>()
            .Where(p => p.Id == incident.LeadId)
            .Select(p => "PER-" + p.Number)
            .FirstOrDefaultAsync(ct);
        var kept = await db.Set<TimelineEntry>()
            .Where(t => t.IncidentId == id && t.EvidenceId != null)
            .Select(t => t.EvidenceId!.Value)
            .Distinct()
            .ToListAsync(ct);
        var evidence = await db.Set<EvidenceItem>().Where(e => kept.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        return new IncidentView
        {
            Row = row,
            What = incident.What,
            Computed = incident.Computed,
            ComputedBecause = incident.ComputedBecause.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            SetBecause = incident.SetBecause,
            LeadRef = lead,
            Confidentiality = incident.Confidentiality,
            Integrity = incident.Integrity,
            Availability = incident.Availability,
            Facts = incident.Facts,
            RuledOut = incident.RuledOut,
            Steps = await Steps(incident, ct),
            OccurredAt = incident.OccurredAt,
            AwareAt = incident.AwareAt,
            TriagedAt = incident.TriagedAt,
            EradicatedAt = incident.EradicatedAt,
            ReviewedAt = incident.ReviewedAt,
            NoReviewBecause = incident.NoReviewBecause,
            Affects = await Affected(incident, ct),
            Responders = await Responders(id, ct),
            Timeline = await Timeline(id, evidence, ct),
            Custody = await Custody(id, evidence, ct),
            Duties = await db.DutyViews(db.Set<NotificationDuty>().Where(d => d.IncidentId == id), ct),
            Runs = await db.RunRows(db.Set<PlaybookRun>().Where(r => r.IncidentId == id), ct),
            Reviews = await Reviews(id, ct),
        };
    }

    private async Task<IncidentSteps> Steps(Incident incident, CancellationToken ct) =>
        new(
            incident.IsAssessed
                && await db.Links.AnyAsync(l => l.FromId == incident.Id && l.Type == LinkTypes.Affects, ct),
            incident.State == IncidentState.Closed ? [] : await duties.Undecided(incident, ct),
            await duties.Asked(ct),
            incident.NotContainedBecause,
            incident.NotEradicatedBecause,
            incident.Round,
            incident.FirstContainedAt,
            incident.FirstRecoveredAt
        );

    private Expression<Func<Incident, IncidentRow>> Row()
    {
        var (people, duties, notices) = (db.Set<Person>(), db.Set<NotificationDuty>(), db.Set<DutyNotice>());
        return i => new IncidentRow(
            "INC-" + i.Number,
            i.Version,
            i.Title,
            i.State,
            i.Severity,
            people.Where(p => p.Id == i.LeadId).Select(p => p.Name).FirstOrDefault(),
            i.DetectedAt,
            i.ContainedAt,
            i.RecoveredAt,
            i.ClosedAt,
            notices
                .Where(n =>
                    n.SentAt == null
                    && duties.Any(d => d.Id == n.NotificationId && d.IncidentId == i.Id && d.State == DutyState.Open)
                )
                .Min(n => (DateTime?)n.DueAt)
        );
    }

    private async Task<IReadOnlyList<AffectedRecord>> Affected(Incident incident, CancellationToken ct)
    {
        var links = await db.Links.Where(l => l.FromId == incident.Id && l.Type == LinkTypes.Affects).ToListAsync(ct);
        var found = await records.ByKindAndId(links.Select(l => (l.ToKind, l.ToId)), ct);
        return
        [
            .. found
                .Values.OrderByDescending(r => r is Asset { CrownJewel: true })
                .ThenBy(r => r.Ref, StringComparer.Ordinal)
                .Select(r => new AffectedRecord(
                    r.Ref,
                    r.Caption,
                    RecordKind.Of(r.GetType()).Process,
                    r is Asset { CrownJewel: true }
                )),
        ];
    }

    private async Task<IReadOnlyList<ResponderView>> Responders(Guid incident, CancellationToken ct) =>
        [
            .. (
                await db.Set<Responder>()
                    .Where(r => r.IncidentId == incident)
                    .Join(
                        db.Set<Person>(),
                        r => r.PersonId,
                        p => p.Id,
                        (r, p) => new ResponderView(r.Part, "PER-" + p.Number, p.Name)
                    )
                    .ToListAsync(ct)
            )
                .OrderBy(r => r.Part == IncidentDesk.LeadPart ? 0 : 1)
                .ThenBy(r => r.Part, StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<TimelineView>> Timeline(
        Guid incident,
        Dictionary<Guid, EvidenceItem> evidence,
        CancellationToken ct
    )
    {
        var entries = await db.Set<TimelineEntry>()
            .Where(t => t.IncidentId == incident)
            .OrderBy(t => t.At)
            .ThenBy(t => t.Position)
            .ToListAsync(ct);
        return
        [
            .. entries
                .Select(t => (Entry: t, Item: t.EvidenceId is { } id ? evidence.GetValueOrDefault(id) : null))
                .Select(t => new TimelineView(
                    t.Entry.At,
                    t.Entry.CreatedAt,
                    t.Entry.Kind,
                    t.Entry.Text,
                    t.Entry.By,
                    t.Item?.Ref,
                    t.Item?.Title
                )),
        ];
    }

    private async Task<IReadOnlyList<CustodyView>> Custody(
        Guid incident,
        Dictionary<Guid, EvidenceItem> evidence,
        CancellationToken ct
    )
    {
        var entries = await db.Set<CustodyEntry>()
            .Where(c => c.IncidentId == incident)
            .OrderBy(c => c.At)
            .ThenBy(c => c.Position)
            .ToListAsync(ct);
        return
        [
            .. entries
                .Where(c => evidence.ContainsKey(c.EvidenceId))
                .Select(c => new CustodyView(
                    evidence[c.EvidenceId].Ref,
                    evidence[c.EvidenceId].Title,
                    c.At,
                    c.From,
                    c.To,
                    c.Purpose,
                    c.Sha256
                )),
        ];
    }

    private async Task<IReadOnlyList<IncidentReviewView>> Reviews(Guid incident, CancellationToken ct)
    {
        var rows = await (
            from review in db.Set<IncidentReview>()
            where review.IncidentId == incident
            join item in db.Set<EvidenceItem>() on review.MinutesId equals item.Id into items
            from minutes in items.DefaultIfEmpty()
            orderby review.HeldOn descending, review.CreatedAt descending
            select new { review, Minutes = minutes == null ? (int?)null : minutes.Number }
        ).ToListAsync(ct);
        return
        [
            .. rows.Select(r => new IncidentReviewView(
                r.review.HeldOn,
                r.review.Attendees,
                r.review.Story,
                r.review.Whys,
                r.review.Cause,
                r.review.Contributing,
                r.review.Worked,
                r.review.Failed,
                r.Minutes is { } number ? $"EVD-{number}" : null,
                r.review.NoLessonBecause
            )),
        ];
    }
}
