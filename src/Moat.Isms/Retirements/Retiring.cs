using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Retirements;

/// <summary>
/// Takes records out of their registers and in again, on behalf of the registers. A retired record leaves lists, counts
/// and readiness; its text, its connections and its history stay.
/// </summary>
public sealed class Retiring(MoatDb db, CurrentCaller caller, WorkList work)
{
    /// <summary>Retires a record; its open tasks are not needed any more.</summary>
    public async Task<T> Retire<T>(RetireRecord input, CancellationToken ct)
        where T : Proposable
    {
        var record = await db.One<T>(input, ct);
        await Leave(record, input.Reason, null, ct);
        return record;
    }

    /// <summary>
    /// Retires a record in favour of another one, which gets its connections and its planned actions.
    /// </summary>
    public async Task<(T Gone, T Kept)> Merge<T>(MergeRecord input, CancellationToken ct)
        where T : Proposable
    {
        var (record, into) = (await db.One<T>(input, ct), await db.One<T>(input.Into, ct));
        if (into.Id == record.Id)
            throw new InputInvalid("into", "A record is not merged into itself.");
        if (into.Standing != Standing.Adopted)
            throw new InputInvalid("into", $"{into.Ref} is not in the register: it is {into.Standing.Words()}.");
        foreach (var link in await db.Links.Where(l => l.FromId == record.Id || l.ToId == record.Id).ToListAsync(ct))
            await Carry(link, record, into, ct);
        foreach (var action in (await Open(record, ct)).Where(t => t.Purpose == WorkPurpose.Action))
            await work.Open(
                into,
                new NewWork(action.Purpose, action.Title, action.Why, action.ForId ?? action.OwnerId, action.DueOn),
                ct
            );
        await Leave(record, input.Reason, into, ct);
        return (record, into);
    }

    /// <summary>Takes a retired record into its register again.</summary>
    public async Task<T> Reopen<T>(ReopenRecord input, CancellationToken ct)
        where T : Proposable
    {
        var record = await db.One<T>(input, ct);
        record.Reopen();
        var last = await db.Set<Retirement>()
            .Where(r => r.SubjectId == record.Id)
            .OrderByDescending(r => r.CreatedAt)
            .FirstOrDefaultAsync(ct);
        last?.End(input.Reason, caller.Value.Name, db.Today);
        return record;
    }

    private async Task Leave(Proposable record, string reason, Referenced? into, CancellationToken ct)
    {
        record.Retire();
        var outcome = into is null ? $"{record.Ref} was retired." : $"{record.Ref} was merged into {into.Ref}.";
        foreach (var task in await Open(record, ct))
            task.Close(WorkState.Dropped, outcome, db.Now);
        await db.Enter(
            new Retirement
            {
                SubjectRef = record.Ref,
                SubjectId = record.Id,
                Title = record.Caption,
                Because = reason,
                By = caller.Value.Name,
                On = db.Today,
                MergedInto = into?.Ref,
            },
            ct
        );
    }

    private Task<List<WorkItem>> Open(Referenced record, CancellationToken ct) =>
        db.Set<WorkItem>().Where(t => t.SubjectId == record.Id && t.State == WorkState.Open).ToListAsync(ct);

    private async Task Carry(Link link, Referenced from, Referenced to, CancellationToken ct)
    {
        var (start, end) = (link.FromId == from.Id ? to.Id : link.FromId, link.ToId == from.Id ? to.Id : link.ToId);
        if (start == end || await db.Links.AnyAsync(l => l.FromId == start && l.ToId == end && l.Type == link.Type, ct))
            return;
        await db.Enter(
            new Link
            {
                Type = link.Type,
                FromKind = link.FromKind,
                FromId = start,
                ToKind = link.ToKind,
                ToId = end,
                Source = link.Source,
            },
            ct
        );
    }
}
