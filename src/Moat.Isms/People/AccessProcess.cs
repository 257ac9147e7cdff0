using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Who and what may act for the organisation (A.5.15, A.5.18).</summary>
[Process("access", "Who may sign in, with which role, and which programs hold a token (A.5.15, A.5.18).")]
public sealed class AccessProcess(
    MoatDb db,
    CurrentCaller caller,
    PeopleDirectory people,
    AccessEnd end,
    AccessMakers makers,
    Work.Webhooks.PublicAddress address
)
{
    private const int DaysToTakeAnInvitation = 14;
    private const int DaysOfAnAuditor = 90;

    /// <summary>Members, open invitations and tokens.</summary>
    [Query("list", Permission.ManageAccess, "List members, open invitations and tokens")]
    public async Task<AccessList> List(Nothing input, CancellationToken ct)
    {
        var (now, origins, persons) = (db.Now, await makers.Read(ct), db.Set<Person>());
        var members = await db.Set<Membership>()
            .OrderBy(m => m.Number)
            .Take(1000)
            .Select(m => new
            {
                Member = m,
                Name = persons.Where(p => p.Id == m.PersonId).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        var invitations = await db.Set<Invitation>()
            .Where(i => i.AcceptedAt == null && i.ExpiresAt > now)
            .OrderBy(i => i.Number)
            .Take(200)
            .Select(i => new InvitationView("INV-" + i.Number, i.Version, i.Email, i.Role, i.ExpiresAt))
            .ToListAsync(ct);
        var tokens = (await db.Set<ApiToken>().OrderByDescending(t => t.Number).Take(200).ToListAsync(ct)).ConvertAll(
            t => new TokenView(
                t.Ref,
                t.Version,
                t.Name,
                t.Role,
                t.ExpiresAt,
                t.RevokedAt != null,
                t.CreatedAt,
                origins.MakerOf(t.Ref)
            )
        );
        var working = tokens.Where(t => !t.Revoked && t.ExpiresAt > now && t.Role != Role.Provisioner);
        List<string> open = [.. working.Select(t => t.Ref), .. invitations.Select(i => i.Ref)];
        return new AccessList(
            members.ConvertAll(m => new MembershipView(
                m.Member.Ref,
                m.Member.Version,
                m.Member.Email,
                m.Name,
                m.Member.Role,
                m.Member.Until,
                m.Member.RevokedAt != null,
                m.Member.CreatedAt
            )
            {
                Made = [.. open.Where(made => origins.CameFrom(made, m.Member.UserId))],
            }),
            invitations,
            tokens
        );
    }

    /// <summary>Invites somebody; the link is told once and works once.</summary>
    [Operation("invite", Permission.ManageAccess, "Invite somebody; answers the link, which is told once")]
    public async Task<MadeInvitation> Invite(InvitePerson input, CancellationToken ct)
    {
        CheckRole(input.Role);
        var email = PeopleDirectory.Fold(input.Email);
        if (await db.Set<Membership>().AnyAsync(m => m.Email == email && m.RevokedAt == null, ct))
            throw new InputInvalid("email", $"{email} is already a member.");
        var secret = Secret.New();
        var invitation = await db.Enter(
            new Invitation
            {
                Email = email,
                Name = input.Name,
                Role = input.Role,
                Purpose = input.Purpose,
                SecretHash = Secret.Hash(secret),
                ExpiresAt = await Within(db.Now.AddDays(DaysToTakeAnInvitation), ct),
            },
            ct
        );
        return new MadeInvitation(
            invitation.Ref,
            address.Link("join", caller.Value.Organization, secret),
            invitation.ExpiresAt
        );
    }

    /// <summary>Takes an invitation back that nobody took yet.</summary>
    [Operation(
        "withdraw-invitation",
        Permission.ManageAccess,
        "Withdraw an invitation that nobody took yet; its link does not work any more"
    )]
    public async Task<Done> WithdrawInvitation(ChangeRecord input, CancellationToken ct)
    {
        var invitation = await db.One<Invitation>(input, ct);
        if (invitation.AcceptedAt is not null)
            throw new RuleBroken(
                "access.withdraw-invitation.open",
                $"{invitation.Email} took this invitation already. Revoke their access instead."
            );
        if (invitation.ExpiresAt <= db.Now)
            throw new RuleBroken("access.withdraw-invitation.open", "This invitation does not work any more.");
        invitation.ExpiresAt = db.Now;
        return new Done(invitation);
    }

    /// <summary>Makes the invited account a member.</summary>
    [Operation("join", Permission.System, "Take an invitation")]
    public async Task<Done> Join(TakeInvitation input, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(input.Secret), db.Now);
        var invitation =
            await db.Set<Invitation>().FirstOrDefaultAsync(i => i.SecretHash == hash, ct)
            ?? throw new NotFound("such invitation");
        if (invitation.AcceptedAt is not null || invitation.ExpiresAt <= now)
            throw new RuleBroken("access.join.open", "This invitation was used or has expired. Ask for a new one.");
        // The journal will say that the invited person joined; a link that somebody else got hold of must not make them
        // that person.
        if (PeopleDirectory.Fold(input.Email) != invitation.Email)
            throw new RuleBroken(
                "access.join.address",
                $"This invitation is for {invitation.Email}. Join with that address, or ask for an invitation to yours."
            );
        if (await db.Set<Membership>().FirstOrDefaultAsync(m => m.UserId == input.UserId, ct) is { } former)
        {
            if (invitation.Role != Role.Owner)
                await KeepAnOwner(former, ct);
            (former.Role, former.RevokedAt, former.Until) = (invitation.Role, null, UntilOf(invitation.Role));
            invitation.AcceptedAt = now;
            await end.Fit(former, ct);
            return new Done(former);
        }
        var person =
            await people.ByEmail(invitation.Email, ct) ?? await people.Enter(invitation.Name, invitation.Email, ct);
        invitation.AcceptedAt = now;
        return new Done(
            await db.Enter(
                new Membership
                {
                    UserId = input.UserId,
                    Email = invitation.Email,
                    PersonId = person.Id,
                    Role = invitation.Role,
                    Until = UntilOf(invitation.Role),
                },
                ct
            )
        );
    }

    /// <summary>
    /// Changes a member's role or last day. What they made and may do more than they now ends at once, the rest on
    /// their last day.
    /// </summary>
    [Operation(
        "edit",
        Permission.ManageAccess,
        "Change a member's role or last day of access; what they made and may do more ends"
    )]
    public async Task<AccessDone> Edit(EditMembership input, CancellationToken ct)
    {
        var member = await db.One<Membership>(input, ct);
        if (input.Role is { } role)
        {
            CheckRole(role);
            if (role != Role.Owner)
                await KeepAnOwner(member, ct);
            // A seat always has a last day; whoever is an auditor no more needs none.
            if (role != member.Role)
                member.Until = UntilOf(role);
            member.Role = role;
        }
        if (input.Until is not null)
            await KeepAnOwner(member, ct);
        member.Until = input.Until ?? member.Until;
        return new AccessDone(member, await end.Fit(member, ct));
    }

    /// <summary>Takes access away at once, with the tokens and invitations that they made.</summary>
    [Operation(
        "revoke",
        Permission.ManageAccess,
        "Take a member's access away at once, with the tokens and invitations that they made"
    )]
    public async Task<AccessDone> Revoke(ChangeRecord input, CancellationToken ct)
    {
        var member = await db.One<Membership>(input, ct);
        await KeepAnOwner(member, ct);
        member.RevokedAt = db.Now;
        return new AccessDone(member, await end.Fit(member, ct));
    }

    /// <summary>Makes a token for a program; its secret is told once.</summary>
    [Operation("create-token", Permission.ManageAccess, "Make a token for a program; its secret is told once")]
    public async Task<MadeToken> CreateToken(CreateToken input, CancellationToken ct)
    {
        CheckRole(input.Role);
        var secret = Secret.New();
        var lasts = db.Now.AddDays(input.Days);
        // That of the identity provider outlives whoever made it.
        if (input.Role != Role.Provisioner)
            lasts = await Within(lasts, ct);
        var token = await db.Enter(
            new ApiToken
            {
                Name = input.Name,
                Role = input.Role,
                SecretHash = Secret.Hash(secret),
                ExpiresAt = lasts,
            },
            ct
        );
        return new MadeToken(token.Ref, Secret.Token(caller.Value.Organization, secret), token.ExpiresAt);
    }

    /// <summary>Ends a token at once, with the tokens and invitations that were made with it.</summary>
    [Operation(
        "revoke-token",
        Permission.ManageAccess,
        "End a token at once, with the tokens and invitations that were made with it"
    )]
    public async Task<AccessDone> RevokeToken(ChangeRecord input, CancellationToken ct)
    {
        var token = await db.One<ApiToken>(input, ct);
        token.RevokedAt = db.Now;
        return new AccessDone(token, await end.MadeWith(token, ct));
    }

    // Whose own access has an end gives none beyond it.
    private async Task<DateTime> Within(DateTime lasts, CancellationToken ct) =>
        await end.EndOf(caller.Value.ActorId, ct) is { } own && own < lasts ? own : lasts;

    // An owner whose access has a last day is one only until then.
    private async Task KeepAnOwner(Membership member, CancellationToken ct)
    {
        if (
            member is { Role: Role.Owner, RevokedAt: null }
            && !await db.Set<Membership>()
                .AnyAsync(m => m.Id != member.Id && m.Role == Role.Owner && m.RevokedAt == null && m.Until == null, ct)
        )
            throw new RuleBroken(
                "access.last-owner",
                $"{member.Email} is the last owner whose access does not end. Make somebody else an owner first, without a last day."
            );
    }

    private DateOnly? UntilOf(Role role) => role == Role.Auditor ? db.Today.AddDays(DaysOfAnAuditor) : null;

    private static void CheckRole(Role role)
    {
        if (!Roles.Assignable.Contains(role))
            throw new InputInvalid("role", "This role is never given to anybody.");
    }
}
