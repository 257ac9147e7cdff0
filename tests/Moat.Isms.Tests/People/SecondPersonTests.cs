using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Tests;

/// <summary>
/// Scope, method and statement are approved by somebody else than who wrote them, or say that nobody else existed.
/// </summary>
public sealed class SecondPersonTests
{
    private static readonly object Text = new
    {
        statement = "The development and operation of our triage model for hospitals.",
        boundaries = "Two engineers, one cloud account, no office.",
        exclusions = "Nothing is left out.",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_wrote_a_scope_or_method_last_does_not_approve_it(string database)
    {
        await using var company = await Company.Found(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await company.Do("scope.change", Text);
        await company.Do("method.change", new { appetite = 6, high = 15 });
        await Broken("scope.approve.second-person", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
        await Broken("method.approve.second-person", () => company.Do("method.approve", new { @ref = "METH-1" }));
        Assert.False((await Look(company, "scope")).MayApprove);
        Assert.True((await Look(company, "scope", max)).MayApprove);

        await company.Do("scope.approve", new { @ref = "SCP-1" }, max);
        await company.Do("method.approve", new { @ref = "METH-1" }, max);
        var scope = await company.Read(db => Task.FromResult(db.Set<Scope>().Single()));
        Assert.Equal(
            (ApprovalState.Approved, "Max Manager", false),
            (scope.State, scope.ApprovedBy, scope.ApprovedAlone)
        );
        await Broken("scope.approve.draft", () => company.Do("scope.approve", new { @ref = "SCP-1" }, max));
        await Broken("method.approve.draft", () => company.Do("method.approve", new { @ref = "METH-1" }, max));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_program_is_no_second_person(string database)
    {
        await using var company = await Company.Found(database);
        var token = company.Owner with
        {
            ActorId = Guid.CreateVersion7(),
            PersonId = null,
            Name = "Sync (TOK-1)",
            Door = "rest",
            Confirmed = false,
        };
        await company.Do("scope.change", Text, token);
        await company.Do("method.change", new { appetite = 6, high = 15 }, token);
        await Broken("scope.approve.second-person", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
        await Broken("method.approve.second-person", () => company.Do("method.approve", new { @ref = "METH-1" }));
        // Saving it as it stands makes it somebody's text.
        await company.Do("scope.change", Text, await company.As(Role.IsmsManager, "Max Manager"));
        await company.Do("scope.approve", new { @ref = "SCP-1" });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Neither_the_command_line_nor_a_program_becomes_a_second_person_by_a_name(string database)
    {
        await using var company = await Company.Found(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await company.Do("scope.change", Text);
        await company.Do("scope.change", new { exclusions = "None." }, max with { Door = "cli", Confirmed = false });
        await Broken("scope.approve.second-person", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
        var token = company.Owner with
        {
            ActorId = Guid.CreateVersion7(),
            PersonId = null,
            Name = "Twin (TOK-1)",
            Door = "rest",
            Confirmed = false,
        };
        await company.Do("people.create", new { name = "Twin (TOK-1)", email = "twin@acme.test" }, token);
        await company.Do("scope.change", new { exclusions = "Nothing." }, token);
        await Broken("scope.approve.second-person", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_statement_whose_rows_one_person_and_programs_decided_is_not_published_by_that_person(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var token = company.Owner with
        {
            ActorId = Guid.CreateVersion7(),
            PersonId = null,
            Name = "Sync (TOK-1)",
            Door = "rest",
            Confirmed = false,
        };
        await company.Do("controls.edit", new { @ref = "A.8.4", howDone = "Two groups may write." }, token);
        await Broken(
            "soa.publish.second-person",
            () => company.Do("soa.publish", new { changeNote = "The first version" })
        );
        Assert.False((await Look(company, "soa")).MayApprove);
        await company.Do(
            "controls.edit",
            new { @ref = "A.8.5", howDone = "Passkeys for everybody." },
            await company.As(Role.IsmsManager, "Max Manager")
        );
        await company.Do("soa.publish", new { changeNote = "The first version" });
        Assert.False((await company.Read(db => Task.FromResult(db.Set<Soa>().Single()))).SoleAuthor);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_company_of_one_person_records_that_nobody_else_exists_and_what_it_approves_says_so(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        await ReviewTests.DecideClimate(company);
        await company.Do("scope.change", Text);
        await Broken(
            "soa.publish.second-person",
            () => company.Do("soa.publish", new { changeNote = "The first version" })
        );
        var before = await Look(company, "soa");
        Assert.Equal((false, true, null), (before.MayApprove, before.MayBeAlone, before.Alone));
        await company.Do("access.nobody-else", new { reason = "I founded the company in May and hire in autumn." });
        Assert.Contains("hire in autumn", (await Look(company, "soa")).Alone, StringComparison.Ordinal);
        await company.Do("soa.publish", new { changeNote = "The first version" });
        await company.Do(
            "scope.approve",
            new
            {
                @ref = (await company.Read(db => Task.FromResult(db.Set<Scope>().OrderBy(s => s.Number).Last()))).Ref,
            }
        );
        Assert.True((await company.Read(db => Task.FromResult(db.Set<Soa>().Single()))).SoleAuthor);
        Assert.True(
            (
                await company.Read(db =>
                    Task.FromResult(db.Set<Scope>().Single(s => s.State == ApprovalState.Approved))
                )
            ).ApprovedAlone
        );

        // A visiting auditor does not work here; a colleague with an account does, and ends it.
        await Join(company, Role.Auditor, "paul@audit.test");
        Assert.NotNull((await Look(company, "soa")).Alone);
        await Join(company, Role.Member, "max@acme.test");
        await Broken(
            "access.nobody-else.exists",
            () => company.Do("access.nobody-else", new { reason = "I still feel alone here." })
        );
        await company.Do("controls.edit", new { @ref = "A.8.4", howDone = "Two groups may write." });
        await Broken(
            "soa.publish.second-person",
            () => company.Do("soa.publish", new { changeNote = "The second version" })
        );
    }

    private static async Task Join(Company company, Role role, string email)
    {
        var made = (MadeInvitation)
            await company.Do(
                "access.invite",
                new
                {
                    email,
                    name = "Somebody Else",
                    role,
                }
            );
        await using var scope = company.Scope(company.Owner);
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create(email, "Somebody Else", "a long enough password");
        await desk.Join(
            (
                await scope
                    .ServiceProvider.GetRequiredService<AccessDirectory>()
                    .Organization("acme", CancellationToken.None)
            )!,
            made.Link.Split('/')[^1],
            account,
            CancellationToken.None
        );
    }

    private static async Task<SecondPersonView> Look(Company company, string of, Caller? by = null) =>
        (SecondPersonView)await company.Do($"{of}.approval", new { }, by);

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
