using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>The audit programme (clause 9.2.2).</summary>
[Process(Name, Summary)]
public sealed class ProgrammeProcess(MoatDb db, CurrentCaller caller, ProgrammeWeights weights, AuditReading reading)
{
    internal const string Name = "audits";
    internal const string Summary =
        "Internal and certification audits: the programme, who looks at what, and what came of it (9.2).";

    /// <summary>The programme with what covers each requirement.</summary>
    [Query(
        "programme",
        Permission.ReadIsms,
        "The audit programme: each requirement's weight with its reasons, and the audits that cover it"
    )]
    public async Task<ProgrammeView> Programme(Nothing input, CancellationToken ct)
    {
        var programme = await Current(ct);
        var audits = await Covering(programme, ct);
        var items = programme is null
            ? []
            : await db.Set<ProgrammeItem>()
                .Where(i => i.ProgrammeId == programme.Id)
                .ToDictionaryAsync(i => i.Requirement, ct);
        var rows = (await weights.All(ct))
            .Select(w =>
            {
                var item = items.GetValueOrDefault(w.Requirement);
                return new CoveredRequirement(
                    w.Requirement,
                    w.Title,
                    w.Kind,
                    item?.Weight ?? w.Weight,
                    w.Weight,
                    item?.Reasons ?? w.Reasons,
                    [
                        .. audits
                            .Where(a => a.Requirements.Contains(w.Requirement))
                            .Select(a => new CoveringAudit(a.Ref, a.StartsOn, a.State)),
                    ]
                );
            })
            .ToList();
        return new ProgrammeView(
            programme?.Ref,
            programme?.Version ?? 0,
            programme?.State,
            programme?.StartsOn,
            programme?.EndsOn,
            programme?.AuditsAYear ?? 0,
            programme?.AdoptedBy,
            programme?.AdoptedAt,
            rows,
            [.. rows.Where(r => r.Audits.Count == 0).Select(r => r.Requirement)],
            await reading.Rows(audits, ct)
        );
    }

    /// <summary>
    /// Computes a programme from the records of today and plans its audits; it counts once somebody adopts it.
    /// </summary>
    [Operation(
        "propose",
        Permission.PlanAudits,
        "Propose an audit programme for a cycle from importance, past results and changes, with its audits"
    )]
    public async Task<Done> Propose(ProposeProgramme input, CancellationToken ct)
    {
        var from = input.StartsOn ?? db.Today;
        if (from < db.Today.AddYears(-1))
            throw new InputInvalid("startsOn", "The cycle begins at most a year ago.");
        var requirements = await weights.All(ct);
        foreach (
            var earlier in await db.Set<AuditProgramme>().Where(p => p.State == ProgrammeState.Proposed).ToListAsync(ct)
        )
            await Replace(earlier, ct);
        var programme = await db.Enter(
            new AuditProgramme
            {
                StartsOn = from,
                EndsOn = from.AddYears(input.Years).AddDays(-1),
                AuditsAYear = input.AuditsAYear,
            },
            ct
        );
        foreach (var weighed in requirements)
            await db.Enter(
                new ProgrammeItem
                {
                    ProgrammeId = programme.Id,
                    Requirement = weighed.Requirement,
                    Weight = weighed.Weight,
                    Reasons = [.. weighed.Reasons],
                },
                ct
            );
        foreach (var look in ProgrammePlan.Of(requirements, from, input.Years, input.AuditsAYear))
            await db.Enter(
                new Audit
                {
                    Title = look.Title,
                    Kind = AuditKind.Internal,
                    Extent = "Everything in the scope of the ISMS that these requirements concern.",
                    Requirements = [.. look.Requirements],
                    StartsOn = look.StartsOn,
                    EndsOn = look.EndsOn,
                    PeriodFrom = look.StartsOn.AddYears(-1),
                    ProgrammeId = programme.Id,
                },
                ct
            );
        return new Done(programme);
    }

    /// <summary>Puts a programme in force. It has to leave no requirement out.</summary>
    [
        ProvenInPack,
        Operation(
            "adopt",
            Permission.PlanAudits,
            "Adopt a proposed audit programme; it must leave no requirement uncovered"
        )
    ]
    public async Task<Done> Adopt(ChangeRecord input, CancellationToken ct)
    {
        var programme = await db.One<AuditProgramme>(input, ct);
        var audits = await Covering(programme, ct);
        var uncovered = (await weights.All(ct))
            .Select(w => w.Requirement)
            .Where(r => !audits.Any(a => a.Requirements.Contains(r)))
            .ToList();
        if (uncovered.Count > 0)
            throw new RuleBroken(
                "audits.adopt.coverage",
                $"No audit of the cycle covers {string.Join(", ", uncovered.Take(12))}. Add them to an audit first.",
                [.. uncovered.Select(u => new FieldError(u, "No audit covers it."))]
            );
        foreach (
            var earlier in await db.Set<AuditProgramme>().Where(p => p.State == ProgrammeState.Adopted).ToListAsync(ct)
        )
            await Replace(earlier, ct);
        programme.Adopt(caller.Value.Name, db.Now);
        return new Done(programme);
    }

    private async Task Replace(AuditProgramme programme, CancellationToken ct)
    {
        programme.Replace();
        foreach (
            var audit in await db.Set<Audit>()
                .Where(a => a.ProgrammeId == programme.Id && a.State == AuditState.Planned)
                .ToListAsync(ct)
        )
            audit.Drop(db.Now);
    }

    private async Task<AuditProgramme?> Current(CancellationToken ct) =>
        await db.Set<AuditProgramme>()
            .Where(p => p.State != ProgrammeState.Replaced)
            .OrderByDescending(p => p.State == ProgrammeState.Proposed)
            .ThenByDescending(p => p.Number)
            .FirstOrDefaultAsync(ct);

    private async Task<List<Audit>> Covering(AuditProgramme? programme, CancellationToken ct)
    {
        var audits = programme is null
            ? db.Set<Audit>().Where(a => a.Kind == AuditKind.Internal && a.State != AuditState.Dropped)
            : Covering(db, programme);
        return await audits.OrderBy(a => a.StartsOn).ThenBy(a => a.Number).ToListAsync(ct);
    }

    /// <summary>
    /// The audits that count as cover: internal ones of the cycle, planned by this programme, planned by hand, or begun
    /// under an earlier one.
    /// </summary>
    internal static IQueryable<Audit> Covering(MoatDb db, AuditProgramme programme) =>
        db.Set<Audit>()
            .Where(a =>
                a.Kind == AuditKind.Internal
                && a.State != AuditState.Dropped
                && (
                    a.ProgrammeId == programme.Id
                    || (
                        a.StartsOn >= programme.StartsOn
                        && a.StartsOn <= programme.EndsOn
                        && (a.ProgrammeId == null || a.State != AuditState.Planned)
                    )
                )
            );
}
