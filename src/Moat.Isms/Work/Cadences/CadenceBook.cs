using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;

namespace Moat.Isms.Work.Cadences;

/// <summary>
/// Lets cadences come round: opens their tasks, finds their proofs, notes what was missed. Runs inside operations.
/// </summary>
public sealed class CadenceBook(MoatDb db, CadenceProofs proofs, WorkList work)
{
    private readonly Dictionary<string, Guid?> _holders = [];

    /// <summary>
    /// A cadence begins to come round. What happened lately counts, so that nobody is asked to do it again at once.
    /// </summary>
    public async Task Begin(Cadence cadence, DateOnly? first, CancellationToken ct)
    {
        var today = db.Today;
        var last = await proofs.Last(cadence.Proofs, db.Now.AddMonths(-cadence.EveryMonths), db.Now, ct);
        var usual = last is null
            ? today.AddMonths(cadence.EveryMonths)
            : DateOnly.FromDateTime(last.At).AddMonths(cadence.EveryMonths);
        var soonest = today.AddDays(cadence.LeadDays);
        cadence.Begin(
            first ?? (usual < soonest ? soonest : usual),
            db.Now,
            last is null ? null : DateOnly.FromDateTime(last.At),
            last?.What
        );
    }

    /// <summary>Looks at every running cadence; answers how many were met, missed or asked for anew.</summary>
    public async Task<int> Round(CancellationToken ct)
    {
        var running = await db.Set<Cadence>()
            .Where(c => c.Standing == Standing.Adopted && c.RetiredAt == null)
            .OrderBy(c => c.Number)
            .ToListAsync(ct);
        var changed = 0;
        foreach (var cadence in running)
        {
            if (cadence.NextOn is null)
                await Begin(cadence, null, ct);
            if (await Look(cadence, ct))
                changed++;
        }
        return changed;
    }

    /// <summary>It happened: closes its task, keeps how it went, and counts on.</summary>
    public async Task Meet(Cadence cadence, string proof, DateOnly on, CancellationToken ct)
    {
        if (!cadence.Runs)
            throw new RuleBroken("cadences.meet.runs", $"{cadence.Ref} does not come round. Adopt it first.");
        var due = cadence.NextOn!.Value;
        var missed = await Missed(cadence, due, ct);
        if (missed is null)
            await db.Enter(
                new CadenceTime
                {
                    CadenceId = cadence.Id,
                    DueOn = due,
                    Outcome = on > due ? CadenceOutcome.Late : CadenceOutcome.Met,
                    MetOn = on,
                    Proof = proof.Cut(300),
                },
                ct
            );
        else
            (missed.Outcome, missed.MetOn, missed.Proof) = (
                on > due ? CadenceOutcome.Late : CadenceOutcome.Met,
                on,
                proof.Cut(300)
            );
        await work.Settle(cadence, cadence.Purpose, proof.Cut(2000), ct);
        cadence.Meet(on, proof.Cut(300), db.Now);
    }

    /// <summary>Opens its task now when its date is near.</summary>
    public async Task Ask(Cadence cadence, CancellationToken ct)
    {
        if (!cadence.Runs || db.Today < cadence.NextOn!.Value.AddDays(-cadence.LeadDays))
            return;
        await work.Ensure(
            cadence,
            cadence.Purpose,
            cadence.Title,
            cadence.What.Cut(1000),
            await Holder(cadence, ct),
            cadence.NextOn.Value,
            ct
        );
    }

    /// <summary>Something else proves it from now on; a task that would close in the old way is dropped.</summary>
    public async Task ProveBy(Cadence cadence, IEnumerable<string> by, CancellationToken ct)
    {
        var before = cadence.Purpose;
        cadence.Proofs = [.. by.Distinct()];
        if (cadence.Purpose != before)
            await work.Drop(cadence, before, "Something else proves it now.", ct);
    }

    /// <summary>Closes its tasks because it was given up.</summary>
    public async Task Retire(Cadence cadence, string because, CancellationToken ct)
    {
        cadence.Retire(because, db.Now);
        await work.Drop(cadence, cadence.Purpose, because, ct);
    }

    private async Task<bool> Look(Cadence cadence, CancellationToken ct)
    {
        if (
            cadence.Proofs.Count > 0
            && await proofs.Last(cadence.Proofs, cadence.CountsFrom!.Value, db.Now, ct) is { } found
        )
        {
            await Meet(cadence, found.What, DateOnly.FromDateTime(found.At), ct);
            return true;
        }
        var missed = await NoteMissed(cadence, ct);
        await Ask(cadence, ct);
        return missed;
    }

    private async Task<bool> NoteMissed(Cadence cadence, CancellationToken ct)
    {
        var noted = false;
        while (cadence.NextOn < db.Today)
        {
            var due = cadence.NextOn.Value;
            if (await Missed(cadence, due, ct) is null)
            {
                await db.Enter(
                    new CadenceTime
                    {
                        CadenceId = cadence.Id,
                        DueOn = due,
                        Outcome = CadenceOutcome.Missed,
                    },
                    ct
                );
                cadence.Miss(db.Today);
                noted = true;
            }
            // Until the next one is due, the missed one can still be done late.
            if (due.AddMonths(cadence.EveryMonths) > db.Today)
                break;
            await work.Drop(
                cadence,
                cadence.Purpose,
                $"Missed: it was due on {due:yyyy-MM-dd}, and the next one is due.",
                ct
            );
            cadence.GoOn();
        }
        return noted;
    }

    private async Task<CadenceTime?> Missed(Cadence cadence, DateOnly due, CancellationToken ct) =>
        (await db.AsOfNow<CadenceTime>(t => t.CadenceId == cadence.Id && t.DueOn == due, ct)).FirstOrDefault();

    private async Task<Guid?> Holder(Cadence cadence, CancellationToken ct)
    {
        if (cadence.OwnerId is not null || cadence.RoleKey is not { } key)
            return cadence.OwnerId;
        if (!_holders.TryGetValue(key, out var holder))
            _holders[key] = holder = await db.Set<RoleAssignment>()
                .Where(r => r.Key == key && r.PersonId != null)
                .OrderBy(r => r.Number)
                .Select(r => r.PersonId)
                .FirstOrDefaultAsync(ct);
        return holder;
    }
}
