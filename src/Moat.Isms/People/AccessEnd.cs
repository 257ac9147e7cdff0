using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Calendar;

namespace Moat.Isms.People;

/// <summary>
/// Ends at once whatever lets a person into Moat (A.5.18, A.6.5): memberships, invitations, calendar addresses and the tokens that they made. None of it
/// comes back by itself; somebody who returns is invited again.
/// </summary>
public sealed class AccessEnd(MoatDb db)
{
    private const string MakesToken = "access.create-token";

    /// <summary>Ends the access of a person. The last owner's ends as well: whoever runs the machine invites another one at the command line.</summary>
    public async Task Of(Person person, CancellationToken ct)
    {
        var now = db.Now;
        var members = await db.Set<Membership>().Where(m => m.PersonId == person.Id).ToListAsync(ct);
        foreach (var member in members) member.RevokedAt ??= now;
        string[] emails = [person.Email, .. members.Select(m => m.Email)];
        foreach (var invitation in await db.Set<Invitation>().Where(i => emails.Contains(i.Email) && i.AcceptedAt == null && i.ExpiresAt > now).ToListAsync(ct))
            invitation.ExpiresAt = now;
        foreach (var address in await db.Set<CalendarAddress>().Where(a => a.PersonId == person.Id && a.RevokedAt == null).ToListAsync(ct))
            address.RevokedAt = now;
        await EndTokens([.. members.Select(m => m.UserId)], now, ct);
    }

    // Whoever made a token has seen its secret, and those that were made with it. That of the identity provider stays: without it nobody would hear of the
    // next leaver.
    private async Task EndTokens(HashSet<Guid> makers, DateTime now, CancellationToken ct)
    {
        if (makers.Count == 0) return;
        var tokens = await db.Set<ApiToken>().Where(t => t.Role != Role.Provisioner).ToListAsync(ct);
        var made = await db.Journal.Where(e => e.Operation == MakesToken && e.ActorId != null).Select(e => new { e.ActorId, e.Subjects }).ToListAsync(ct);
        for (var known = 0; known < makers.Count;)
        {
            known = makers.Count;
            var theirs = made.Where(m => makers.Contains(m.ActorId!.Value)).SelectMany(m => m.Subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ToHashSet();
            makers.UnionWith(tokens.Where(t => theirs.Contains(t.Ref)).Select(t => t.Id));
        }
        foreach (var token in tokens.Where(t => makers.Contains(t.Id) && t.ExpiresAt > now)) token.RevokedAt ??= now;
    }
}
