using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.People;

/// <summary>Whether a second person stands behind what the reader wants to approve.</summary>
/// <param name="MayApprove">Somebody else prepared it, or it is recorded that nobody else exists.</param>
/// <param name="Others">Members besides the reader who may approve it.</param>
/// <param name="MayBeAlone">Nobody else has an account, so that the reader may record it.</param>
/// <param name="Alone">What was recorded about that and still holds.</param>
public sealed record SecondPersonView(bool MayApprove, IReadOnlyList<string> Others, bool MayBeAlone, string? Alone);

/// <summary>
/// Who approves did not alone prepare what is approved. Programs and commands are no second person. Where nobody else
/// exists, that is recorded with a reason, and what is approved alone says so.
/// </summary>
public sealed class SecondPerson(MoatDb db, CurrentCaller caller)
{
    private const string OfDraft = "draft.";

    // A visiting auditor, a program and an identity provider do not work here.
    private static readonly List<Role> Outside = [Role.Auditor, Role.Agent, Role.Provisioner];

    /// <summary>
    /// Throws <see cref="RuleBroken"/> unless a second person prepared it. True when it is approved alone, as it was
    /// recorded.
    /// </summary>
    public async Task<bool> Must(string rule, string what, IReadOnlyCollection<Guid> preparedBy, CancellationToken ct)
    {
        if (AnotherPrepared(preparedBy))
            return false;
        if (await Alone(ct) is not null)
            return true;
        throw new RuleBroken(
            rule,
            $"Nobody but you prepared {what}, and programs do not count. Two people stand behind it: somebody else who may approve does it, or changes it first. Invite them, or record that nobody else exists."
        );
    }

    /// <summary>What the reader may do, for the page.</summary>
    public async Task<SecondPersonView> Look(IReadOnlyCollection<Guid> preparedBy, CancellationToken ct)
    {
        var alone = await Alone(ct);
        var others = await Members(ct);
        return new SecondPersonView(
            caller.Value.May(Permission.Approve) && (alone is not null || AnotherPrepared(preparedBy)),
            [.. others.Where(o => o.Role.Allows(Permission.Approve)).Select(o => o.Name)],
            others.Count == 0,
            alone?.Caption
        );
    }

    /// <summary>Other people who work here and have an account.</summary>
    public async Task<IReadOnlyList<(string Name, Role Role)>> Members(CancellationToken ct)
    {
        var (today, me) = (db.Today, caller.Value.PersonId);
        var found = await (
            from member in db.Set<Membership>()
            where
                member.RevokedAt == null
                && (member.Until == null || member.Until >= today)
                && member.PersonId != me
                && !Outside.Contains(member.Role)
            join person in db.Set<Person>() on member.PersonId equals person.Id
            where person.LeftOn == null || person.LeftOn >= today
            orderby person.Number
            select new { person.Name, member.Role }
        ).ToListAsync(ct);
        return [.. found.Select(f => (f.Name, f.Role))];
    }

    /// <summary>
    /// The caller's account while they are signed in; all zeros for a program, an agent or the command line, whatever
    /// name they go by.
    /// </summary>
    public Guid Account => caller.Value is { IsPerson: true, ActorId: { } account } ? account : Guid.Empty;

    /// <summary>
    /// The account of who last wrote in a record, or who drafted it before anybody changed it; none when that was a
    /// program.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> Writer(
        string process,
        string reference,
        Guid? writtenBy,
        CancellationToken ct
    )
    {
        if (writtenBy is { } writer)
            return writer == Guid.Empty ? [] : [writer];
        var (its, approval) = (process + ".", process + ".approve");
        var last = await db.EntriesOf(reference)
            .Where(e => (e.Operation.StartsWith(its) || e.Operation.StartsWith(OfDraft)) && e.Operation != approval)
            .OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Door, e.ActorId })
            .FirstOrDefaultAsync(ct);
        return last is { Door: PersonActs.SignedIn, ActorId: { } account } ? [account] : [];
    }

    /// <summary>
    /// The accounts of people of these names who were signed in when they did one of these operations, since a moment.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> Writers(
        IReadOnlyCollection<string> operations,
        IReadOnlyCollection<string> names,
        DateTime since,
        CancellationToken ct
    ) =>
        await db
            .Journal.AsNoTracking()
            .Where(e =>
                e.Door == PersonActs.SignedIn
                && e.ActorId != null
                && e.At >= since
                && names.Contains(e.Actor)
                && operations.Contains(e.Operation)
            )
            .Select(e => e.ActorId!.Value)
            .Distinct()
            .ToListAsync(ct);

    private bool AnotherPrepared(IReadOnlyCollection<Guid> preparedBy) =>
        preparedBy.Any(account => account != caller.Value.ActorId);

    // It holds for who recorded it, and only as long as it is true.
    private async Task<NobodyElse?> Alone(CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var recorded = await db.Set<NobodyElse>()
            .Where(n => n.PersonId == me)
            .OrderByDescending(n => n.Number)
            .FirstOrDefaultAsync(ct);
        return recorded is null || (await Members(ct)).Count > 0 ? null : recorded;
    }
}
