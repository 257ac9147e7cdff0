using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.People;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Isms.Audits;

/// <summary>A piece of evidence with where it comes from.</summary>
public sealed record SeatEvidence(
    string Ref,
    string Title,
    string CollectedBy,
    DateOnly PeriodFrom,
    DateOnly PeriodTo,
    DateOnly ValidUntil,
    string? Population,
    bool? Complete,
    string Sha256
);

/// <summary>
/// A requirement as an auditor finds it: how it stands, the documents that say so, the latest evidence.
/// </summary>
public sealed record SeatRequirement(
    string Requirement,
    string Title,
    string Kind,
    Doi Doi,
    IReadOnlyList<Named> Documents,
    int EvidenceCount,
    IReadOnlyList<SeatEvidence> Evidence,
    string Page
);

/// <summary>What the seat of an auditor shows.</summary>
/// <param name="Until">The last day of the caller's access; null when it has none.</param>
/// <param name="Audits">Audits that the caller leads or is in the team of; all planned and running ones for
/// others.</param>
/// <param name="Requests">Requests that are not accepted yet, the earliest first.</param>
/// <param name="SoaRef">The Statement of Applicability in force.</param>
/// <param name="Requirements">Every sub-clause and applicable control.</param>
public sealed record SeatView(
    DateOnly? Until,
    IReadOnlyList<AuditRow> Audits,
    IReadOnlyList<RequestRow> Requests,
    string? SoaRef,
    IReadOnlyList<SeatRequirement> Requirements
);

/// <summary>
/// The seat of an auditor, from inside or outside: what they asked for, what there is, where it comes from.
/// </summary>
[Process(ProgrammeProcess.Name, ProgrammeProcess.Summary)]
public sealed class AuditorSeat(
    MoatDb db,
    CurrentCaller caller,
    AuditReading reading,
    IReadiness readiness,
    RequirementRecords records
)
{
    private const int MostShown = 3;

    /// <summary>What an auditor sees first.</summary>
    [Query(
        "seat",
        Permission.ReadIsms,
        "An auditor's seat: open requests, audits, and every requirement with its evidence and where that comes from"
    )]
    public async Task<SeatView> Seat(Nothing input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var reference = await db.Set<Person>()
            .Where(p => p.Id == me)
            .Select(p => (int?)p.Number)
            .FirstOrDefaultAsync(ct)
            is { } number
            ? $"PER-{number}"
            : "";
        var audits = await db.Set<Audit>()
            .Where(a => a.State != AuditState.Dropped)
            .OrderBy(a => a.StartsOn)
            .ToListAsync(ct);
        var mine = audits.Where(a => a.LeadId == me || a.Team.Contains(reference)).ToList();
        var shown = mine.Count > 0 ? mine : [.. audits.Where(a => a.State is AuditState.Planned or AuditState.Running)];
        return new SeatView(
            await db.Set<Membership>()
                .Where(m => m.PersonId == me && m.RevokedAt == null)
                .Select(m => m.Until)
                .FirstOrDefaultAsync(ct),
            await reading.Rows(shown, ct),
            [
                .. (
                    await reading.Requests(db.Set<AuditRequest>().Where(r => r.State != RequestState.Accepted), ct)
                ).OrderBy(r => r.DueOn),
            ],
            await db.Set<Soa>().OrderByDescending(s => s.Number).Select(s => (int?)s.Number).FirstOrDefaultAsync(ct)
                is { } soa
                ? $"SOA-{soa}"
                : null,
            await Requirements(ct)
        );
    }

    private Task<IReadOnlyList<SeatRequirement>> Requirements(CancellationToken ct) =>
        db.Unchanged(nameof(AuditorSeat), () => Read(ct), ct);

    private async Task<IReadOnlyList<SeatRequirement>> Read(CancellationToken ct)
    {
        var documents = await records.Documents(ct);
        var all = await readiness.Today(ct);
        var evidence = await records.Evidence(all.Select(r => r.Id), ct);
        var wanted = all.SelectMany(r => evidence[r.Id].Take(MostShown)).Select(e => e.Id).Distinct().ToList();
        var items = await db.Set<EvidenceItem>().Where(e => wanted.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        return
        [
            .. all.Select(r => new SeatRequirement(
                r.Id,
                r.Title,
                r.Kind,
                r.Doi,
                [.. documents[r.Id].Select(d => new Named(d.Ref, d.Title))],
                evidence[r.Id].Count(),
                [
                    .. evidence[r.Id]
                        .Take(MostShown)
                        .Select(e => items[e.Id])
                        .Select(e => new SeatEvidence(
                            e.Ref,
                            e.Title,
                            e.CollectedBy,
                            e.PeriodFrom,
                            e.PeriodTo,
                            e.ValidUntil,
                            e.Population,
                            e.Complete,
                            e.Sha256
                        )),
                ],
                r.Kind == "clause" ? $"readiness/{r.Id}" : $"controls/{r.Id}"
            )),
        ];
    }
}
