using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>
/// The risk treatment plan (clause 6.1.3 e, f): frozen as a version, and approved part by part by the owners of its
/// risks.
/// </summary>
[Process("plan", "What is done about risks, by whom and until when, as each risk owner approved it (6.1.3 e, f).")]
public sealed class PlanProcess(MoatDb db, CurrentCaller caller, SignatoryOfRisk signatory, WorkList work)
{
    private const string ApproveTask = "approve";
    private const int DaysToApprove = 14;

    /// <summary>The rows of today, and the latest frozen version.</summary>
    [Query(
        "draft",
        Permission.ReadIsms,
        "Rows of today, what is missing, and the latest frozen version with its approvals"
    )]
    public async Task<PlanDraft> Draft(Nothing input, CancellationToken ct)
    {
        var rows = await Rows(ct);
        var latest = await db.Set<FrozenPlan>().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);
        return new PlanDraft(
            rows,
            Missing(rows),
            latest is null ? null : await View(latest, ct),
            latest is null || latest.Rows != PlanRow.Write(rows)
        );
    }

    /// <summary>One frozen version.</summary>
    [Query("get", Permission.ReadIsms, "Read one frozen version of the treatment plan with its approvals")]
    public async Task<PlanView> Get(OneRecord input, CancellationToken ct) =>
        await View(await db.One<FrozenPlan>(input.Ref, ct), ct);

    /// <summary>Freezes the rows of today as the next version and asks each risk owner to approve their part.</summary>
    [Operation(
        "freeze",
        Permission.EditRisks,
        "Freeze the treatment plan as a new version; each risk owner is asked to approve their part"
    )]
    public async Task<Done> Freeze(FreezePlan input, CancellationToken ct)
    {
        var rows = await Rows(ct);
        if (Missing(rows) is { Count: > 0 } missing)
            throw new RuleBroken(
                "plan.freeze.complete",
                $"The plan cannot be frozen yet: {missing[0].Field}: {missing[0].Message}",
                missing
            );
        var before = await db.Set<FrozenPlan>().AsTracking().Where(p => p.SupersededAt == null).ToListAsync(ct);
        foreach (var earlier in before)
        {
            earlier.Supersede(db.Now);
            foreach (
                var part in await db.Set<PlanApproval>()
                    .Where(a => a.PlanId == earlier.Id && a.ApprovedAt == null)
                    .ToListAsync(ct)
            )
                await work.Drop(part, ApproveTask, "A later version took its place.", ct);
        }
        var (text, limits) = (PlanRow.Write(rows), await RiskLimits.InForce(db, ct));
        var plan = await db.Enter(
            new FrozenPlan
            {
                Rows = text,
                Sha256 = JournalEntry.HashOf(text),
                Risks = rows.Count,
                Appetite = limits.Appetite,
                FrozenBy = caller.Value.Name,
                ChangeNote = input.ChangeNote,
            },
            ct
        );
        await AskOwners(plan, rows, ct);
        return new Done(plan);
    }

    /// <summary>The caller approves their part, as a risk owner.</summary>
    [
        ByPerson,
        Operation(
            "approve",
            Permission.AcceptRisks,
            "Approve your part of the frozen treatment plan, as a risk owner (6.1.3 f)"
        )
    ]
    public async Task<Done> Approve(ChangeRecord input, CancellationToken ct)
    {
        var plan = await db.One<FrozenPlan>(input, ct);
        if (plan.SupersededAt is not null)
            throw new RuleBroken("plan.approve.current", $"A later version took the place of {plan.Ref}.");
        var parts = await db.Set<PlanApproval>()
            .AsTracking()
            .Where(a => a.PlanId == plan.Id)
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        var signed = false;
        var mine = false;
        foreach (var part in parts)
        {
            if (await signatory.Of(part.OwnerId, ct) is not { } by)
                continue;
            mine = true;
            if (part.ApprovedAt is not null)
                continue;
            part.Approve(by, db.Now);
            await work.Settle(part, ApproveTask, $"{by} approved it.", ct);
            signed = true;
        }
        if (!mine)
            throw new RuleBroken(
                "plan.approve.owner",
                $"No risk of {plan.Ref} is yours. Each owner approves their own part."
            );
        if (!signed)
            throw new RuleBroken("plan.approve.once", $"Your part of {plan.Ref} is approved already.");
        return new Done(plan);
    }

    private async Task AskOwners(FrozenPlan plan, IReadOnlyList<PlanRow> rows, CancellationToken ct)
    {
        var references = rows.Select(r => r.Risk).ToList();
        var owners = await (
            from risk in db.Set<Risk>()
            where risk.Standing == Standing.Adopted && risk.OwnerId != null
            join person in db.Set<Person>() on risk.OwnerId equals person.Id
            select new
            {
                Risk = "RISK-" + risk.Number,
                person.Id,
                person.Name,
            }
        ).ToListAsync(ct);
        foreach (
            var owner in owners
                .Where(o => references.Contains(o.Risk))
                .GroupBy(o => (o.Id, o.Name))
                .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
        )
        {
            var part = await db.Enter(
                new PlanApproval
                {
                    PlanId = plan.Id,
                    OwnerId = owner.Key.Id,
                    Owner = owner.Key.Name,
                    Risks = owner.Count(),
                },
                ct
            );
            await work.Ensure(
                part,
                ApproveTask,
                $"Approve your part of {plan.Ref}",
                $"It treats {owner.Count()} of your risks; the plan is yours to approve (6.1.3 f).",
                owner.Key.Id,
                db.Today.AddDays(DaysToApprove),
                ct
            );
        }
    }

    private async Task<IReadOnlyList<PlanRow>> Rows(CancellationToken ct)
    {
        var limits = await RiskLimits.InForce(db, ct);
        var risks = await db.Set<Risk>()
            .AsNoTracking()
            .Where(r =>
                r.Standing == Standing.Adopted
                && r.CurrentScore > 0
                && (
                    r.CurrentScore > limits.Appetite
                    || (r.Treatment != TreatmentOption.Undecided && r.Treatment != TreatmentOption.Retain)
                )
            )
            .OrderBy(r => r.Number)
            .ToListAsync(ct);
        var people = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var controls = (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Treats
                join control in db.Set<Control>() on link.FromId equals control.Id
                orderby control.Order, control.Number
                select new { link.ToId, control.Code }
            ).ToListAsync(ct)
        ).ToLookup(c => c.ToId, c => c.Code);
        var actions = (
            await db.Set<WorkItem>()
                .AsNoTracking()
                .OfTreatment()
                .OrderBy(t => t.DueOn)
                .ThenBy(t => t.Number)
                .ToListAsync(ct)
        ).ToLookup(t => t.SubjectId);
        string? Name(Guid? id) => id is { } person ? people.GetValueOrDefault(person) : null;
        return
        [
            .. risks.Select(r => new PlanRow(
                r.Ref,
                r.Title,
                Name(r.OwnerId),
                r.CurrentScore,
                r.ResidualScore,
                r.Treatment,
                r.TreatmentPlan,
                [.. controls[r.Id]],
                [
                    .. actions[r.Id]
                        .Select(t => new PlanAct(t.Ref, t.Title, Name(t.OwnerId), t.DueOn, t.State.ToString())),
                ]
            )),
        ];
    }

    private static IReadOnlyList<FieldError> Missing(IReadOnlyList<PlanRow> rows) =>
        rows.Count == 0
            ? [new FieldError("plan", "No risk above the appetite or with a treatment is in the register yet.")]
            : [.. rows.SelectMany(Missing)];

    private static IEnumerable<FieldError> Missing(PlanRow row)
    {
        if (row.Owner is null)
            yield return new FieldError(row.Risk, "It has no owner who could approve it.");
        if (row.Treatment == TreatmentOption.Undecided)
            yield return new FieldError(row.Risk, "Nobody decided what is done about it.");
        if (row.Residual == 0)
            yield return new FieldError(row.Risk, "It is not assessed what remains after the treatment.");
    }

    private async Task<PlanView> View(FrozenPlan plan, CancellationToken ct)
    {
        var parts = await db.Set<PlanApproval>().Where(a => a.PlanId == plan.Id).OrderBy(a => a.Number).ToListAsync(ct);
        var shown = new List<PlanPart>();
        foreach (var part in parts)
            shown.Add(
                new PlanPart(
                    part.Owner,
                    part.Risks,
                    part.ApprovedBy,
                    part.ApprovedAt,
                    part.ApprovedAt is null && await signatory.Of(part.OwnerId, ct) is not null
                )
            );
        return new PlanView(
            plan.Ref,
            plan.Version,
            plan.Number,
            plan.CreatedAt,
            plan.FrozenBy,
            plan.ChangeNote,
            plan.Appetite,
            plan.Sha256,
            plan.SupersededAt,
            shown,
            PlanRow.Read(plan.Rows)
        );
    }
}
