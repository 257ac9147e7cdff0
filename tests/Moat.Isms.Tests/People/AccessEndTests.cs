using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>
/// Whose access ends or becomes less keeps nothing that lets them in again: no token, none made with it, no invitation
/// (A.5.18).
/// </summary>
public sealed class AccessEndTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_the_identity_provider_says_that_an_account_is_no_more_and_it_does_nothing_else(
        string database
    )
    {
        await using var company = await Company.Found(database);
        foreach (var role in Roles.Assignable.Where(r => r != Role.Provisioner))
            await Assert.ThrowsAsync<Forbidden>(() =>
                company.Do("provisioning.end-user", new { @ref = "PER-1" }, company.Owner with { Role = role })
            );
        Assert.Single((await Access(company)).Members, m => !m.Revoked);
        Assert.All(
            company.Catalog.All.Where(o => Role.Provisioner.Allows(o.Permission)),
            o => Assert.StartsWith("provisioning.", o.Name, StringComparison.Ordinal)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_member_made_ends_with_the_access_in_one_entry(string database)
    {
        await using var company = await Company.Found(database);
        var (_, member) = await Made(company);
        Assert.Equal(["TOK-2", "TOK-1", "INV-2", "INV-3"], Seen(await Access(company), member).Made);
        var before = await Entries(company);
        var done = (AccessDone)await company.Do("access.revoke", new { @ref = member });
        Assert.Equal(["TOK-1", "TOK-2", "INV-2", "INV-3"], done.Ended);
        Assert.Equal(before + 1, await Entries(company));
        await Left(company, ["TOK-3", "TOK-4"], ["INV-4"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_lower_role_ends_what_may_do_more_and_a_last_day_the_rest_on_it(string database)
    {
        await using var company = await Company.Found(database);
        var (_, member) = await Made(company);
        var done = (AccessDone)await company.Do("access.edit", new { @ref = member, role = "isms-manager" });
        Assert.Equal(["TOK-1", "INV-3"], done.Ended);
        await Left(company, ["TOK-2", "TOK-3", "TOK-4"], ["INV-2", "INV-4"]);

        done = (AccessDone)await company.Do("access.edit", new { @ref = member, until = "2026-03-03" });
        Assert.Equal(["TOK-2", "INV-2"], done.Ended);
        await Left(company, ["TOK-2", "TOK-3", "TOK-4"], ["INV-2", "INV-4"]);
        company.Clock.Advance(TimeSpan.FromHours(39));
        await Left(company, ["TOK-3", "TOK-4"], ["INV-4"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_last_day_that_is_over_ends_everything_at_once(string database)
    {
        await using var company = await Company.Found(database);
        var (_, member) = await Made(company);
        await company.Do("access.edit", new { @ref = member, until = "2026-03-01" });
        await Left(company, ["TOK-3", "TOK-4"], ["INV-4"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_gives_access_beyond_the_end_of_their_own(string database)
    {
        await using var company = await Company.Found(database);
        var (olga, member) = await Made(company);
        await company.Do("access.edit", new { @ref = member, until = "2026-03-04" });
        var token = (MadeToken)
            await company.Do(
                "access.create-token",
                new
                {
                    name = "late",
                    role = "owner",
                    days = 300,
                },
                olga
            );
        var invitation = (MadeInvitation)
            await company.Do(
                "access.invite",
                new
                {
                    email = "late@acme.test",
                    name = "Late Comer",
                    role = "member",
                },
                olga
            );
        var end = new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal((end, end), (token.ExpiresAt, invitation.ExpiresAt));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_revoked_token_takes_along_what_was_made_with_it_and_keeps_its_maker(string database)
    {
        await using var company = await Company.Found(database);
        await Made(company);
        Assert.Equal(
            ["TOK-2", "INV-3"],
            ((AccessDone)await company.Do("access.revoke-token", new { @ref = "TOK-1" })).Ended
        );
        await Left(company, ["TOK-3", "TOK-4"], ["INV-2", "INV-4"]);
        Assert.Equal(
            ["TOK-1 Olga Owner", "TOK-2 robot (TOK-1)", "TOK-3 Ada Acme", "TOK-4 Olga Owner"],
            (await Access(company)).Tokens.Reverse().Select(t => $"{t.Ref} {t.CreatedBy}")
        );
    }

    // Olga made TOK-1 and with it TOK-2 and INV-3, invited INV-2 herself, and made the identity provider's TOK-4. TOK-3
    // and INV-4 are Ada's.
    private static async Task<(Caller Olga, string Member)> Made(Company company)
    {
        async Task Token(Caller maker, string name, string role) =>
            await company.Do("access.create-token", new { name, role }, maker);
        async Task Invite(Caller maker, string name, string role) =>
            await company.Do(
                "access.invite",
                new
                {
                    email = $"{name}@acme.test",
                    name,
                    role,
                },
                maker
            );
        var link = (
            (MadeInvitation)
                await company.Do(
                    "access.invite",
                    new
                    {
                        email = "olga@acme.test",
                        name = "Olga Owner",
                        role = "owner",
                    }
                )
        ).Link;
        var olga = company.Owner with { Name = "Olga Owner", ActorId = Guid.CreateVersion7() };
        var take = new TakeInvitation
        {
            Secret = link.Split('/')[^1],
            UserId = olga.ActorId!.Value,
            Email = "olga@acme.test",
        };
        var joined = await company.Run<AccessProcess, TakeInvitation, Done>(
            p => p.Join,
            take,
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        await Token(olga, "robot", "owner");
        var robot = olga with
        {
            Name = "robot (TOK-1)",
            ActorId = await company.Read(async db => (await db.One<ApiToken>("TOK-1", CancellationToken.None)).Id),
        };
        await Token(robot, "child", "member");
        await Invite(olga, "ivo", "member");
        await Invite(robot, "ina", "owner");
        await Token(company.Owner, "of Ada", "owner");
        await Invite(company.Owner, "ute", "owner");
        await Token(olga, "provider", "provisioner");
        return (olga, joined.Ref);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_invitation_is_withdrawn_alone_and_its_link_does_not_work_any_more(string database)
    {
        await using var company = await Company.Found(database);
        var first = await Invited("lea@acme.test");
        var second = await Invited("max@acme.test");
        var seen = (await Access(company)).Invitations.Single(i => i.Ref == "INV-1");
        await Assert.ThrowsAsync<Forbidden>(() => Withdraw("INV-1", company.Owner with { Role = Role.IsmsManager }));
        await Assert.ThrowsAsync<Conflict>(() =>
            company.Do("access.withdraw-invitation", new { @ref = "INV-1", ifVersion = seen.Version + 1 })
        );
        var before = await Entries(company);
        await company.Do("access.withdraw-invitation", new { @ref = "INV-1", ifVersion = seen.Version });
        Assert.Equal(before + 1, await Entries(company));
        await Left(company, [], ["INV-2"]);
        Assert.Equal(
            "access.join.open",
            (await Assert.ThrowsAsync<RuleBroken>(() => Join(first, "lea@acme.test"))).RuleId
        );
        await Join(second, "max@acme.test");
        foreach (var over in new[] { "INV-1", "INV-2" })
            Assert.Equal(
                "access.withdraw-invitation.open",
                (await Assert.ThrowsAsync<RuleBroken>(() => Withdraw(over))).RuleId
            );
        // Who was invited once is invited again.
        await Join(await Invited("lea@acme.test"), "lea@acme.test");

        async Task<string> Invited(string email) =>
            (
                (MadeInvitation)
                    await company.Do(
                        "access.invite",
                        new
                        {
                            email,
                            name = "Somebody",
                            role = "member",
                        }
                    )
            ).Link.Split('/')[^1];
        Task<object> Withdraw(string @ref, Caller? caller = null) =>
            company.Do("access.withdraw-invitation", new { @ref }, caller);
        Task<object> Join(string secret, string email) =>
            company.Do(
                "access.join",
                new
                {
                    secret,
                    userId = Guid.CreateVersion7(),
                    email,
                },
                Caller.System(company.Owner.OrganizationId, "acme")
            );
    }

    private static async Task<AccessList> Access(Company company) =>
        (AccessList)await company.Do("access.list", new { });

    private static MembershipView Seen(AccessList access, string member) => access.Members.Single(m => m.Ref == member);

    private static Task<int> Entries(Company company) => company.Read(db => Task.FromResult(db.Journal.Count()));

    private static async Task Left(Company company, string[] tokens, string[] invitations)
    {
        var (access, now) = (await Access(company), company.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal(
            tokens,
            access.Tokens.Where(t => !t.Revoked && t.ExpiresAt > now).Select(t => t.Ref).Order(StringComparer.Ordinal)
        );
        Assert.Equal(invitations, access.Invitations.Select(i => i.Ref));
    }
}
