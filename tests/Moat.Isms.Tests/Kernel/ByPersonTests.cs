using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// What the standard gives to people is done by a signed-in person who confirms it, and by nobody and nothing else.
/// </summary>
public sealed class ByPersonTests
{
    // A signature that loses its attribute MUST be seen here; one that gains it belongs here.
    private static readonly string[] Signatures =
    [
        "access-reviews.confirm",
        "access-reviews.decide",
        "access-reviews.keep-rest",
        "access.nobody-else",
        "actions.verify",
        "audits.conclude",
        "documents.approve",
        "evidence.attest",
        "leadership.commit",
        "method.approve",
        "plan.approve",
        "reviews.approve",
        "reviews.hold",
        "risks.accept",
        "risks.agree",
        "scope.approve",
        "soa.publish",
    ];

    [Fact]
    public async Task Exactly_these_operations_are_a_person_s_own()
    {
        await using var company = await Company.Found("sqlite");
        Assert.Equal(
            Signatures,
            company.Catalog.All.Where(o => o.ByPerson).Select(o => o.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task None_of_them_is_done_by_a_token_a_program_the_server_or_somebody_who_did_not_confirm()
    {
        await using var company = await Company.Found("sqlite");
        var owner = company.Owner;
        Caller[] refused =
        [
            Caller.System(owner.OrganizationId, "acme"),
            Caller.System(owner.OrganizationId, "acme", "cli"),
            Caller.System(owner.OrganizationId, "acme", "ui") with
            {
                Confirmed = true,
            },
            .. new[] { "rest", "mcp", "cli", "ical", "system" }.Select(door => owner with { Door = door }),
            .. Roles.Assignable.Select(role => owner with { Role = role, Confirmed = false }),
            owner with
            {
                Role = Role.Agent,
            },
            owner with
            {
                Role = Role.Provisioner,
            },
            owner with
            {
                PersonId = null,
            },
            owner with
            {
                ActorId = null,
            },
        ];
        var before = await company.Read(db => Task.FromResult(db.Journal.Count()));
        foreach (var operation in company.Catalog.All.Where(o => o.ByPerson))
        foreach (var caller in refused)
        {
            // A role without the permission is told that, which is no way in either.
            var answer = await Xunit.Record.ExceptionAsync(() => company.Do(operation.Name, new JsonObject(), caller));
            var expected = caller.May(operation.Permission) ? typeof(PersonNeeded) : typeof(Forbidden);
            Assert.True(answer?.GetType() == expected, $"{operation.Name} by {caller.Role} at {caller.Door}: {answer}");
        }
        Assert.Equal(before, await company.Read(db => Task.FromResult(db.Journal.Count())));
    }

    [Fact]
    public async Task A_password_confirms_one_act_and_not_the_next()
    {
        await using var company = await Company.Found("sqlite");
        await using var scope = company.Scope(company.Owner with { Confirmed = false });
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        var publish = company.Catalog.Find("soa.publish")!;
        var note = new JsonObject { ["changeNote"] = "The first version" };
        await Assert.ThrowsAsync<PersonNeeded>(() => session.Run(publish, note, CancellationToken.None));
        Assert.Equal(
            "password",
            (await Assert.ThrowsAsync<InputInvalid>(() => session.Confirm(publish, "", CancellationToken.None)))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "password",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    session.Confirm(publish, "not the password", CancellationToken.None)
                )
            )
                .Errors[0]
                .Field
        );
        await Assert.ThrowsAsync<PersonNeeded>(() => session.Run(publish, note, CancellationToken.None));
        await session.Confirm(publish, "a long enough password", CancellationToken.None);
        Assert.Equal(
            "soa.publish.complete",
            (await Assert.ThrowsAsync<RuleBroken>(() => session.Run(publish, note, CancellationToken.None))).RuleId
        );
        await Assert.ThrowsAsync<PersonNeeded>(() => session.Run(publish, note, CancellationToken.None));
    }

    [Fact]
    public async Task Who_guesses_a_password_is_stopped_after_five_wrong_ones()
    {
        await using var company = await Company.Found("sqlite");
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<InputInvalid>(() =>
                company.Sign("scope.approve", new { @ref = "SCP-1" }, "a guess")
            );
        var stopped = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Sign("scope.approve", new { @ref = "SCP-1" }, "a long enough password")
        );
        Assert.Equal("person.attempts", stopped.RuleId);
    }
}
