using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Incidents;

/// <summary>Reports and alerts that a person decided about (A.5.25).</summary>
public sealed class TriageRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "triage";

    /// <inheritdoc />
    public string CountsWhen => "A report or alert that somebody decided about within three days, with a reason.";

    internal const int DaysToDecide = 3;

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [.. await Decided<ReportedEvent>(since, ct), .. await Decided<Alert>(since, ct)];

    private async Task<IEnumerable<OwnRecord>> Decided<T>(DateTime since, CancellationToken ct)
        where T : Signal
    {
        var prefix = RecordKind.Of(typeof(T)).Prefix;
        var decided = await db.Set<T>()
            .Where(s => s.DecidedAt >= since)
            .Select(s => new
            {
                s.Number,
                s.CreatedAt,
                At = s.DecidedAt!.Value,
                s.Reason,
            })
            .ToListAsync(ct);
        return decided.Select(d => new OwnRecord(
            $"{prefix}-{d.Number}",
            "Decision about a report or alert",
            d.At,
            Lacking: d.At - d.CreatedAt > TimeSpan.FromDays(DaysToDecide)
                    ? $"was decided only after {(d.At - d.CreatedAt).Days} days"
                : Substance.Says(d.Reason, 3) ? null
                : "has no reason that says anything"
        ));
    }
}

/// <summary>What people reported (A.6.8).</summary>
public sealed class ReportRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "reports";

    /// <inheritdoc />
    public string CountsWhen => "A report by somebody who noticed something, in words that say what.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<ReportedEvent>()
                    .Where(e => e.CreatedAt >= since)
                    .Select(e => new
                    {
                        e.Number,
                        e.CreatedAt,
                        e.Text,
                    })
                    .ToListAsync(ct)
            ).Select(e => new OwnRecord(
                $"EVT-{e.Number}",
                "Report of an event",
                e.CreatedAt,
                Lacking: Substance.Says(e.Text, 3) ? null : "says nothing of what was noticed"
            )),
        ];
}

/// <summary>Incidents that were closed after their steps (A.5.26).</summary>
public sealed class ClosedIncidentRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "incidents";

    /// <inheritdoc />
    public string CountsWhen => "An incident that was contained, recovered from and closed, with its timeline.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<Incident>()
                    .Where(i => i.ClosedAt >= since)
                    .Select(i => new
                    {
                        i.Number,
                        i.Title,
                        At = i.ClosedAt!.Value,
                        i.What,
                        Lines = db.Set<TimelineEntry>().Count(t => t.IncidentId == i.Id),
                    })
                    .ToListAsync(ct)
            ).Select(i => new OwnRecord(
                $"INC-{i.Number}",
                i.Title,
                i.At,
                Lacking: i.Lines < 3 ? "has no timeline"
                    : Substance.Says(i.What, 4) ? null
                    : "does not say what happened"
            )),
        ];
}

/// <summary>Evidence of incidents with the hands that it went through (A.5.28).</summary>
public sealed class CustodyRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "custody";

    /// <inheritdoc />
    public string CountsWhen => "A piece of evidence of an incident whose first place and next hand are written down.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<CustodyEntry>()
                    .Where(c => c.CreatedAt >= since)
                    .Join(
                        db.Set<Incident>(),
                        c => c.IncidentId,
                        i => i.Id,
                        (c, i) =>
                            new
                            {
                                i.Number,
                                c.CreatedAt,
                                c.Purpose,
                            }
                    )
                    .ToListAsync(ct)
            ).Select(c => new OwnRecord(
                $"INC-{c.Number}",
                "Chain of hands",
                c.CreatedAt,
                Lacking: Substance.Says(c.Purpose, 2) ? null : "does not say why it changed hands"
            )),
        ];
}

/// <summary>Notices that were sent to authorities and customers (A.5.5).</summary>
public sealed class NoticeRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "notices";

    /// <inheritdoc />
    public string CountsWhen => "A notice to an authority or a customer that was sent in time.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<DutyNotice>()
                    .Where(n => n.SentAt >= since)
                    .Join(
                        db.Set<NotificationDuty>(),
                        n => n.NotificationId,
                        d => d.Id,
                        (n, d) =>
                            new
                            {
                                d.Number,
                                n.Title,
                                At = n.SentAt!.Value,
                                n.DueAt,
                            }
                    )
                    .ToListAsync(ct)
            ).Select(n => new OwnRecord(
                $"DUTY-{n.Number}",
                n.Title,
                n.At,
                Lacking: n.At > n.DueAt ? "was sent late" : null
            )),
        ];
}

/// <summary>What speaks against the controls about incidents, whatever evidence they have.</summary>
public sealed class IncidentDoubts(MoatDb db) : IControlDoubts
{
    private const int DaysToReview = 30;

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> Read(CancellationToken ct)
    {
        var (now, doubts) = (db.Now, new Dictionary<string, string>());
        var (undecided, over) = (now.AddDays(-TriageRecords.DaysToDecide), now.AddDays(-DaysToReview));
        var waiting =
            await db.Set<ReportedEvent>().CountAsync(e => e.State == SignalState.Waiting && e.CreatedAt < undecided, ct)
            + await db.Set<Alert>().CountAsync(e => e.State == SignalState.Waiting && e.CreatedAt < undecided, ct);
        if (waiting > 0)
            doubts["A.5.25"] =
                $"{waiting} {(waiting == 1 ? "report or alert waits" : "reports and alerts wait")} for a decision for more than {TriageRecords.DaysToDecide} days";
        var late = await db.Set<NotificationDuty>()
            .Where(d => d.State == DutyState.Open)
            .Join(db.Set<DutyNotice>(), d => d.Id, n => n.NotificationId, (_, n) => n)
            .CountAsync(n => n.SentAt == null && n.DueAt < now, ct);
        if (late > 0)
            doubts["A.5.26"] = $"{late} {(late == 1 ? "notice is" : "notices are")} overdue";
        var silent = await db.Set<Incident>()
            .CountAsync(i => i.RecoveredAt < over && i.ReviewedAt == null && i.NoReviewBecause == null, ct);
        if (silent > 0)
            doubts["A.5.27"] =
                $"{silent} {(silent == 1 ? "incident is" : "incidents are")} over for more than {DaysToReview} days and nobody said what was learned";
        return doubts;
    }
}
