using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Whether a second person stands behind what the reader wants to approve.</summary>
/// <param name="MayApprove">Somebody else prepared it, or it is recorded that nobody else exists.</param>
/// <param name="Others">Members besides the reader who may approve it.</param>
/// <param name="MayBeAlone">Nobody else has an account, so that the reader may record it.</param>
/// <param name="Alone">What was recorded about that and still holds.</param>
public sealed record SecondPersonView(bool MayApprove, IReadOnlyList<string> Others, bool MayBeAlone, string? Alone);

/// <summary>
/// Who approves did not alone prepare what is approved. Programs and commands are no second person. Where nobody else exists, that is recorded
/// with a reason, and what is approved alone says so.
/// </summary>
public sealed class SecondPerson(MoatDb db, CurrentCaller caller)
{
    // A visiting auditor, a program and an identity provider do not work here.
    private static readonly List<Role> Outside = [Role.Auditor, Role.Agent, Role.Provisioner];

    /// <summary>Throws <see cref="RuleBroken"/> unless a second person prepared it. True when it is approved alone, as it was recorded.</summary>
    public async Task<bool> Must(string rule, string what, IReadOnlyCollection<string> preparedBy, CancellationToken ct)
    {
        if (await AnotherPrepared(preparedBy, ct)) return false;
        if (await Alone(ct) is not null) return true;
        throw new RuleBroken(
            rule, $"Nobody but you prepared {what}, and programs do not count. Two people stand behind it: somebody else who may approve does it, or changes it first. Invite them, or record that nobody else exists.");
    }

    /// <summary>What the reader may do, for the page.</summary>
    public async Task<SecondPersonView> Look(IReadOnlyCollection<string> preparedBy, CancellationToken ct)
    {
        var alone = await Alone(ct);
        var others = await Members(ct);
        return new SecondPersonView(
            caller.Value.May(Permission.Approve) && (alone is not null || await AnotherPrepared(preparedBy, ct)),
            [.. others.Where(o => o.Role.Allows(Permission.Approve)).Select(o => o.Name)], others.Count == 0, alone?.Caption);
    }

    /// <summary>Other people who work here and have an account.</summary>
    public async Task<IReadOnlyList<(string Name, Role Role)>> Members(CancellationToken ct)
    {
        var (today, me) = (db.Today, caller.Value.PersonId);
        var found = await (from member in db.Set<Membership>()
                           where member.RevokedAt == null && (member.Until == null || member.Until >= today) && member.PersonId != me && !Outside.Contains(member.Role)
                           join person in db.Set<Person>() on member.PersonId equals person.Id
                           where person.LeftOn == null || person.LeftOn >= today
                           orderby person.Number
                           select new { person.Name, member.Role }).ToListAsync(ct);
        return [.. found.Select(f => (f.Name, f.Role))];
    }

    private async Task<bool> AnotherPrepared(IReadOnlyCollection<string> preparedBy, CancellationToken ct)
    {
        var (me, mine) = (caller.Value.PersonId, caller.Value.Name);
        return await db.Set<Person>().AnyAsync(p => p.Id != me && p.Name != mine && preparedBy.Contains(p.Name), ct);
    }

    // It holds for who recorded it, and only as long as it is true.
    private async Task<NobodyElse?> Alone(CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var recorded = await db.Set<NobodyElse>().Where(n => n.PersonId == me).OrderByDescending(n => n.Number).FirstOrDefaultAsync(ct);
        return recorded is null || (await Members(ct)).Count > 0 ? null : recorded;
    }
}
