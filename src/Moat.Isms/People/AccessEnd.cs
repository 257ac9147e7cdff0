using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.People;

/// <summary>
/// Ends at once whatever lets somebody into Moat (A.5.18, A.6.5): memberships, invitations, calendar addresses and the
/// tokens that they made. None of it comes back by itself; somebody who returns is invited again.
/// </summary>
public sealed class AccessEnd(MoatDb db, AccessMakers makers)
{
    /// <summary>
    /// Ends the access of a person. The last owner's ends as well: whoever runs the machine invites another one at the
    /// command line.
    /// </summary>
    public async Task Of(Person person, CancellationToken ct)
    {
        var now = db.Now;
        foreach (var member in await db.Set<Membership>().Where(m => m.PersonId == person.Id).ToListAsync(ct))
        {
            member.RevokedAt ??= now;
            await Fit(member, ct);
        }
        foreach (var invitation in await Open(now).Where(i => i.Email == person.Email).ToListAsync(ct))
            invitation.ExpiresAt = now;
        foreach (
            var address in await db.Set<CalendarAddress>()
                .Where(a => a.PersonId == person.Id && a.RevokedAt == null)
                .ToListAsync(ct)
        )
            address.RevokedAt = now;
    }

    /// <summary>
    /// Lets nothing that a member made, or was sent, be more than the member now is: what may do more ends at once, the
    /// rest no later than the member. Answers the references of what it ended or shortened.
    /// </summary>
    public Task<IReadOnlyList<string>> Fit(Membership member, CancellationToken ct)
    {
        var ended = member.RevokedAt is not null || member.Until < db.Today;
        return Fit(member.UserId, member.Email, ended ? null : member.Role, EndOf(member), ct);
    }

    /// <summary>Ends what was made with a token, which may have been seen by whoever made it or by others.</summary>
    public Task<IReadOnlyList<string>> MadeWith(ApiToken token, CancellationToken ct) =>
        Fit(token.Id, null, null, null, ct);

    /// <summary>
    /// When the access of an account or token ends by itself; null when it does not. What they make ends no later.
    /// </summary>
    public async Task<DateTime?> EndOf(Guid? actor, CancellationToken ct)
    {
        if (await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.Id == actor, ct) is { } token)
            return token.ExpiresAt;
        return await db.Set<Membership>().FirstOrDefaultAsync(m => m.UserId == actor, ct) is { } member
            ? EndOf(member)
            : null;
    }

    private static DateTime? EndOf(Membership member) =>
        member.Until?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private async Task<IReadOnlyList<string>> Fit(
        Guid source,
        string? email,
        Role? role,
        DateTime? end,
        CancellationToken ct
    )
    {
        var (now, origins, changed) = (db.Now, await makers.Read(ct), new List<string>());
        bool TooMuch(Role made) => role is not { } most || !made.IsWithin(most);
        // That of the identity provider stays: without it nobody would hear of the next leaver.
        var tokens = await db.Set<ApiToken>()
            .Where(t => t.Role != Role.Provisioner && t.RevokedAt == null && t.ExpiresAt > now)
            .OrderBy(t => t.Number)
            .ToListAsync(ct);
        foreach (
            var token in tokens.Where(t => origins.CameFrom(t.Ref, source) && (TooMuch(t.Role) || t.ExpiresAt > end))
        )
        {
            if (TooMuch(token.Role))
                token.RevokedAt = now;
            else
                token.ExpiresAt = end!.Value;
            changed.Add(token.Ref);
        }
        var invitations = await Open(now).OrderBy(i => i.Number).ToListAsync(ct);
        foreach (
            var invitation in invitations.Where(i =>
                (i.Email == email || origins.CameFrom(i.Ref, source)) && (TooMuch(i.Role) || i.ExpiresAt > end)
            )
        )
        {
            invitation.ExpiresAt = TooMuch(invitation.Role) ? now : end!.Value;
            changed.Add(invitation.Ref);
        }
        return changed;
    }

    private IQueryable<Invitation> Open(DateTime now) =>
        db.Set<Invitation>().Where(i => i.AcceptedAt == null && i.ExpiresAt > now);
}
