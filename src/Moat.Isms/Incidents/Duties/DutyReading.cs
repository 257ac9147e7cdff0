using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Duties;

/// <summary>Reads duties with their notices.</summary>
internal static class DutyReading
{
    public static async Task<IReadOnlyList<DutyView>> DutyViews(
        this MoatDb db,
        IQueryable<NotificationDuty> query,
        CancellationToken ct
    )
    {
        var duties = await query
            .Join(
                db.Set<Incident>(),
                d => d.IncidentId,
                i => i.Id,
                (duty, incident) =>
                    new
                    {
                        duty,
                        incident.Number,
                        incident.Title,
                    }
            )
            .ToListAsync(ct);
        var ids = duties.Select(d => d.duty.Id).ToList();
        var notices = (await db.Set<DutyNotice>().Where(n => ids.Contains(n.NotificationId)).ToListAsync(ct)).ToLookup(
            n => n.NotificationId
        );
        var kept = notices
            .SelectMany(n => n)
            .Where(n => n.EvidenceId is not null)
            .Select(n => n.EvidenceId!.Value)
            .ToList();
        var evidence = await db.Set<EvidenceItem>()
            .Where(e => kept.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => $"EVD-{e.Number}", ct);
        return
        [
            .. duties
                .Select(d => new DutyView(
                    d.duty.Ref,
                    d.duty.Version,
                    d.duty.DutyId,
                    d.duty.Title,
                    d.duty.Source,
                    d.duty.Because,
                    d.duty.State,
                    d.duty.DeclinedBy,
                    d.duty.DeclinedBecause,
                    $"INC-{d.Number}",
                    d.Title,
                    [
                        .. notices[d.duty.Id]
                            .OrderBy(n => n.Position)
                            .Select(n => View(n, d.duty.State, evidence, db.Now)),
                    ]
                ))
                .OrderBy(d => d.State == DutyState.Open ? 0 : 1)
                .ThenBy(d =>
                    d.Notices.Where(n => n.SentAt is null).Select(n => n.DueAt).DefaultIfEmpty(DateTime.MaxValue).Min()
                ),
        ];
    }

    private static NoticeView View(DutyNotice n, DutyState state, Dictionary<Guid, string> evidence, DateTime now) =>
        new(
            n.Stage,
            n.Title,
            n.To,
            n.DueAt,
            n.SentAt is null && state == DutyState.Open && n.DueAt < now,
            n.Draft,
            n.WrittenBy,
            n.SentAt,
            n.SentBy,
            n.SentHow,
            n.EvidenceId is { } id ? evidence.GetValueOrDefault(id) : null,
            n.SentAt > n.DueAt
        );
}
