using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Readiness;

/// <summary>The next notice that a law or a contract wants sent.</summary>
public sealed record RunningClock(string IncidentRef, string Title, string Source, DateTime DueAt);

/// <summary>What the roadmap needs to know about incidents.</summary>
public sealed record ResponseFacts
{
    /// <summary>The notice that is due first, if one is not sent.</summary>
    public required RunningClock? Clock { get; init; }

    /// <summary>Incidents that are neither contained nor closed, the severest first.</summary>
    public required IReadOnlyList<(string Ref, string Title, IncidentSeverity Severity)> Burning { get; init; }

    /// <summary>Incidents, those that are closed.</summary>
    public required (int All, int Closed) Incidents { get; init; }

    /// <summary>Reports and alerts that nobody decided about.</summary>
    public required int Waiting { get; init; }

    /// <summary>When an exercise that tested something last ended.</summary>
    public required DateTime? LastExercise { get; init; }

    /// <summary>Reads the facts.</summary>
    internal static async Task<ResponseFacts> Read(MoatDb db, CancellationToken ct)
    {
        var clock = await (
            from notice in db.Set<DutyNotice>()
            join duty in db.Set<NotificationDuty>() on notice.NotificationId equals duty.Id
            join incident in db.Set<Incident>() on duty.IncidentId equals incident.Id
            where notice.SentAt == null && duty.State == DutyState.Open
            orderby notice.DueAt
            select new
            {
                incident.Number,
                notice.Title,
                duty.Source,
                notice.DueAt,
            }
        ).FirstOrDefaultAsync(ct);
        var burning = await db.Set<Incident>()
            .Where(i => i.State == IncidentState.New || i.State == IncidentState.Open)
            .OrderByDescending(i => i.Rank)
            .ThenBy(i => i.Number)
            .Select(i => new
            {
                i.Number,
                i.Title,
                i.Severity,
            })
            .ToListAsync(ct);
        return new ResponseFacts
        {
            Clock = clock is null
                ? null
                : new RunningClock($"INC-{clock.Number}", clock.Title, clock.Source, clock.DueAt),
            Burning = [.. burning.Select(i => ($"INC-{i.Number}", i.Title, i.Severity))],
            Incidents = (
                await db.Set<Incident>().CountAsync(ct),
                await db.Set<Incident>().CountAsync(i => i.State == IncidentState.Closed, ct)
            ),
            Waiting =
                await db.Set<ReportedEvent>().CountAsync(e => e.State == SignalState.Waiting, ct)
                + await db.Set<Alert>().CountAsync(a => a.State == SignalState.Waiting, ct),
            LastExercise = await db.Set<PlaybookRun>()
                .Where(r => r.Exercise && r.MinutesId != null)
                .MaxAsync(r => r.EndedAt, ct),
        };
    }
}
