using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>Measuring how incidents are handled.</summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class IncidentMeasuring(MoatDb db)
{
    /// <summary>How many days are looked at when nobody names a period.</summary>
    internal const int UsualDays = 365;

    /// <summary>Times to detect, contain and recover, what was reported, and causes that came back.</summary>
    [Query(
        "measures",
        Permission.ReadIsms,
        "Measure how incidents are handled: times to detect, contain and recover, reports, repeated causes"
    )]
    public async Task<IncidentMeasures> Measures(MeasureIncidents input, CancellationToken ct)
    {
        var to = input.To ?? db.Today;
        var from = input.From ?? to.AddDays(-UsualDays);
        if (to < from)
            throw new InputInvalid("to", "The period ends before it begins.");
        var (first, end, now) = (
            from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            db.Now
        );
        var handled = await db.Unchanged((first, end), () => Handled(from, to, first, end, ct), ct);
        // A legal clock runs out by the minute, so this is counted each time.
        var open = db.Set<NotificationDuty>().Where(d => d.State == DutyState.Open);
        return handled with
        {
            NoticesOverdue = await open.Join(db.Set<DutyNotice>(), d => d.Id, n => n.NotificationId, (_, n) => n)
                .CountAsync(n => n.SentAt == null && n.DueAt < now, ct),
        };
    }

    private async Task<IncidentMeasures> Handled(
        DateOnly from,
        DateOnly to,
        DateTime first,
        DateTime end,
        CancellationToken ct
    )
    {
        var period = db.Set<Incident>().Where(i => i.DetectedAt >= first && i.DetectedAt < end);
        var incidents = await period
            .Select(i => new
            {
                i.State,
                i.Severity,
                i.OccurredAt,
                i.DetectedAt,
                ContainedAt = i.FirstContainedAt ?? i.ContainedAt,
                RecoveredAt = i.FirstRecoveredAt ?? i.RecoveredAt,
            })
            .ToListAsync(ct);
        var reports = await Signals(
            db.Set<ReportedEvent>(),
            e => new(e.Unnamed, e.CreatedAt, e.DecidedAt),
            first,
            end,
            ct
        );
        var alerts = await Signals(db.Set<Alert>(), a => new(false, a.CreatedAt, a.DecidedAt), first, end, ct);
        var signals = reports
            .Concat(alerts)
            .Where(s => s.DecidedAt is not null || db.Now - s.CreatedAt > TimeSpan.FromDays(1))
            .ToList();
        return new IncidentMeasures(
            from,
            to,
            incidents.Count,
            incidents.Count(i => i.State != IncidentState.Closed),
            incidents.Count(i => i.Severity >= IncidentSeverity.High),
            await Exercises(first, end, ct),
            reports.Count,
            reports.Count(r => r.Unnamed),
            signals.Count(s => s.DecidedAt - s.CreatedAt <= TimeSpan.FromDays(1)),
            signals.Count,
            Median(incidents.Where(i => i.OccurredAt is not null).Select(i => i.DetectedAt - i.OccurredAt!.Value)),
            Median(incidents.Where(i => i.ContainedAt is not null).Select(i => i.ContainedAt!.Value - i.DetectedAt)),
            Median(incidents.Where(i => i.RecoveredAt is not null).Select(i => i.RecoveredAt!.Value - i.DetectedAt)),
            incidents.Count(i => i.State == IncidentState.Recovered),
            NoticesOverdue: 0,
            await RepeatedCauses(period, ct)
        );
    }

    private static Task<List<TakenSignal>> Signals<T>(
        IQueryable<T> all,
        Expression<Func<T, TakenSignal>> taken,
        DateTime first,
        DateTime end,
        CancellationToken ct
    )
        where T : Signal => all.Where(s => s.CreatedAt >= first && s.CreatedAt < end).Select(taken).ToListAsync(ct);

    private Task<int> Exercises(DateTime first, DateTime end, CancellationToken ct) =>
        db.Set<PlaybookRun>()
            .CountAsync(
                r =>
                    r.Exercise
                    && (r.EndedAt == null || r.MinutesId != null)
                    && r.StartedAt >= first
                    && r.StartedAt < end,
                ct
            );

    private async Task<IReadOnlyList<RepeatedCause>> RepeatedCauses(IQueryable<Incident> period, CancellationToken ct)
    {
        var causes = await db.Set<IncidentReview>()
            .Join(period, r => r.IncidentId, i => i.Id, (r, _) => new { r.IncidentId, r.Cause })
            .Distinct()
            .ToListAsync(ct);
        return
        [
            .. causes
                .GroupBy(c => c.Cause)
                .Where(g => g.Count() > 1)
                .OrderByDescending(g => g.Count())
                .Select(g => new RepeatedCause(g.Key, Causes.All.GetValueOrDefault(g.Key, g.Key), g.Count())),
        ];
    }

    private static double? Median(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Select(s => s.TotalHours).Order().ToList();
        if (sorted.Count == 0)
            return null;
        var middle = sorted.Count / 2;
        return Math.Round(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, 1);
    }

    private sealed record TakenSignal(bool Unnamed, DateTime CreatedAt, DateTime? DecidedAt);
}
