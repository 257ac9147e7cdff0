using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Improvement;

/// <summary>Lessons of incidents and exercises that ended in something (A.5.27).</summary>
public sealed class LessonRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "lessons";

    /// <inheritdoc />
    public string CountsWhen =>
        "A lesson of an incident or exercise that became an action, an improvement or a change, or was left for a reason.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<Lesson>()
                    .Where(l =>
                        l.CreatedAt >= since && (l.SourceRef.StartsWith("INC-") || l.SourceRef.StartsWith("RUN-"))
                    )
                    .Select(l => new
                    {
                        l.Number,
                        l.Title,
                        l.CreatedAt,
                        l.Text,
                        l.End,
                    })
                    .ToListAsync(ct)
            ).Select(l => new OwnRecord(
                $"LES-{l.Number}",
                l.Title,
                l.CreatedAt,
                Lacking: l.End == LessonEnd.Open ? "has not ended in anything yet"
                    : Substance.Says(l.Text, 4) ? null
                    : "does not say what was learned"
            )),
        ];
}

/// <summary>News about threats that a person decided about (A.5.7).</summary>
public sealed class ThreatNewsRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "threat-news";

    /// <inheritdoc />
    public string CountsWhen => "News about a threat, with its source, that somebody decided about.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<ThreatNews>()
                    .Where(n => n.DecidedOn != null && n.CreatedAt >= since)
                    .Select(n => new
                    {
                        n.Number,
                        n.Title,
                        n.ChangedAt,
                        n.Summary,
                    })
                    .ToListAsync(ct)
            ).Select(n => new OwnRecord(
                $"NEWS-{n.Number}",
                n.Title,
                n.ChangedAt,
                Lacking: Substance.Says(n.Summary, 4) ? null : "does not say what is new"
            )),
        ];
}

/// <summary>Corrective actions whose effect somebody else saw (A.5.35, A.5.36).</summary>
public sealed class VerifiedActionRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "verified-actions";

    /// <inheritdoc />
    public string CountsWhen => "A corrective action that was done, and whose effect somebody else saw later.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<CorrectiveAction>()
                    .Where(a => a.VerifiedOn != null && a.ChangedAt >= since)
                    .Select(a => new
                    {
                        a.Number,
                        a.Title,
                        On = a.VerifiedOn!.Value,
                        a.Verification,
                    })
                    .ToListAsync(ct)
            ).Select(a => new OwnRecord(
                $"ACT-{a.Number}",
                a.Title,
                a.On.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                Lacking: Substance.Says(a.Verification, 3) ? null : "does not say what was seen"
            )),
        ];
}
