using Moat.Isms.AccessReviews;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using static Moat.Tests.AccessReviewTests;

namespace Moat.Tests;

/// <summary>Whose an account is: nobody decides about their own, whatever it is called there.</summary>
public sealed class AccountHolderTests
{
    private const string Fact =
        """{"name":"acme/training","principals":[{"id":"deploy-bot","permission":"write"},{"id":"max.manager","permission":"admin"},{"id":"rr77","permission":"write"}]}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_unknown_account_is_marked_and_whoever_says_that_it_is_theirs_does_not_decide_about_it(
        string database
    )
    {
        var (company, max, rita) = await Begun(database);
        await using var _ = company;
        Assert.Equal(
            ["deploy-bot ", "max.manager Max Manager", "rr77 "],
            (await Get(company, rita)).Items.Select(i => $"{i.Principal} {i.Person}")
        );
        var ritaRef = await RefOf(company, rita);
        await Broken(
            "access-reviews.name-holder.reviewer",
            async () => await Name(company, await company.As(Role.Member, "Olaf Other"), ritaRef, 3)
        );
        await Name(company, rita, ritaRef, 3);
        await Broken("access-reviews.name-holder.known", () => Name(company, rita, ritaRef, 3));
        var item = (await Get(company, max)).Items[2];
        Assert.Equal(("Rita Reviewer", "Max Manager"), (item.Person, item.Reviewer));
        Assert.Equal(
            ["rr77"],
            (await company.Run<PeopleProcess, OneRecord, PersonDetail>(p => p.Get, new OneRecord { Ref = ritaRef }))
                .Person
                .Logins
        );
        await Broken("access-reviews.decide.self", () => Decide(company, rita, AccessDecision.Keep, null, 3));
        // A service account stays nobody's, and can be decided about.
        await Decide(company, rita, AccessDecision.Keep, "It deploys", 1);
        await Decide(company, rita, AccessDecision.Keep, null, 2);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == $"access:{ritaRef}");
        await Decide(company, max, AccessDecision.Keep, null, 3);
        Assert.Equal(AccessReviewState.Closed, (await Get(company, max)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_login_that_the_register_learns_meanwhile_counts_for_a_review_that_has_begun(string database)
    {
        var (company, max, rita) = await Begun(database);
        await using var _ = company;
        var (maxRef, ritaRef) = (await RefOf(company, max), await RefOf(company, rita));
        await company.Do("people.edit", new { @ref = ritaRef, logins = new[] { " RR77 ", "rita-registry" } });
        Assert.Equal(
            "logins",
            (await Invalid(() => company.Do("people.edit", new { @ref = maxRef, logins = new[] { "rr77" } })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "logins",
            (
                await Invalid(() =>
                    company.Do("people.edit", new { @ref = maxRef, logins = new[] { "rita.reviewer@acme.test" } })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Equal("Rita Reviewer", (await Get(company, max)).Items[2].Person);
        await Broken("access-reviews.decide.self", () => Decide(company, rita, AccessDecision.Keep, null, 3));
        await Decide(company, rita, AccessDecision.Keep, null, 1);
        Assert.Equal("Max Manager", (await Get(company, max)).Items[2].Reviewer);
        await company.Do("people.edit", new { @ref = ritaRef, logins = Array.Empty<string>() });
        Assert.Empty(
            (await company.Run<PeopleProcess, OneRecord, PersonDetail>(p => p.Get, new OneRecord { Ref = ritaRef }))
                .Person
                .Logins
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Logins_come_with_a_table_of_people_and_from_the_identity_provider(string database)
    {
        await using var company = await Company.Found(database);
        var csv = "name,email,github login\nNia New,nia@acme.test,\"nn42, nia-hub\"\n"u8.ToArray();
        await company.Do(
            "people.import-table",
            new { file = new { name = "people.csv", content = Convert.ToBase64String(csv) } }
        );
        await company.Do(
            "provisioning.create-user",
            new
            {
                userName = "u1234",
                name = "Ula User",
                email = "ula@acme.test",
            },
            company.Owner with
            {
                Role = Role.Provisioner,
            }
        );
        Assert.Equal(
            ["Nia New: nn42 nia-hub", "Ula User: u1234"],
            (await company.Run<PeopleProcess, ListPeople, Page<PersonView>>(p => p.List, new ListPeople()))
                .Items.Where(p => p.Logins.Count > 0)
                .Select(p => $"{p.Name}: {string.Join(' ', p.Logins)}")
                .Order(StringComparer.Ordinal)
        );
        await Broken(
            "provisioning.user-name.once",
            () =>
                company.Do(
                    "provisioning.create-user",
                    new
                    {
                        userName = "nn42",
                        name = "Nora Next",
                        email = "nora@acme.test",
                    },
                    company.Owner with
                    {
                        Role = Role.Provisioner,
                    }
                )
        );
        var twice = "name,email,login\nAda A,a@acme.test,same\nBo B,b@acme.test,same\n"u8.ToArray();
        Assert.Equal(
            "logins",
            (
                await Invalid(() =>
                    company.Do(
                        "people.import-table",
                        new { file = new { name = "people.csv", content = Convert.ToBase64String(twice) } }
                    )
                )
            )
                .Errors[0]
                .Field
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_rest_is_kept_for_one_reason_and_a_review_is_read_in_parts(string database)
    {
        var (company, max, rita) = await Begun(database);
        await using var _ = company;
        await Decide(company, rita, AccessDecision.Revoke, "Nobody uses it", 1);
        async Task<AccessReviewView> Part(Caller caller, bool mine, bool undecided) =>
            await company.Run<AccessReviewProcess, ReadAccessReview, AccessReviewView>(
                p => p.Get,
                new ReadAccessReview
                {
                    Ref = "ARV-1",
                    Mine = mine,
                    Undecided = undecided,
                },
                caller
            );
        var part = await Part(rita, mine: true, undecided: true);
        Assert.Equal([2, 3], part.Items.Select(i => i.Position));
        Assert.Equal((1, 3, 2), (part.Decided, part.Seen, part.MineUndecided));
        Assert.Empty((await Part(max, mine: true, undecided: false)).Items);
        Assert.Equal(2, (await Part(max, mine: false, undecided: true)).Items.Count);
        // Nobody keeps what somebody else was asked about, not even a manager, with one click.
        await Broken(
            "access-reviews.keep-rest.none",
            () =>
                company.Run<AccessDeciding, KeepRest, Tally>(
                    p => p.KeepRest,
                    new KeepRest { Ref = "ARV-1", Reason = "All is well" },
                    max
                )
        );
        await company.Do("people.edit", new { @ref = await RefOf(company, rita), logins = new[] { "rr77" } });
        Assert.Equal(
            1,
            (
                await company.Run<AccessDeciding, KeepRest, Tally>(
                    p => p.KeepRest,
                    new KeepRest { Ref = "ARV-1", Reason = "They work on it" },
                    rita
                )
            ).Count
        );
        var view = await Get(company, max);
        Assert.Equal(["Revoke", "Keep", "Pending"], view.Items.Select(i => $"{i.Decision}"));
        Assert.Equal(("They work on it", "Max Manager"), (view.Items[1].Reason, view.Items[2].Reviewer));
        Assert.Equal(
            1,
            (
                await company.Run<AccessDeciding, KeepRest, Tally>(
                    p => p.KeepRest,
                    new KeepRest { Ref = "ARV-1", Reason = "She works on it" },
                    max
                )
            ).Count
        );
        Assert.Equal(AccessReviewState.Decided, (await Get(company, max)).Row.State);
    }

    private static async Task<(Company Company, Caller Max, Caller Rita)> Begun(string database)
    {
        var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        await Tell(company, Fact);
        await Create(
            company,
            new CreateAccessReview
            {
                Title = "Who can write training code",
                Kinds = ["github.repository"],
                Reviewer = await RefOf(company, rita),
                Deputy = await RefOf(company, max),
                DueOn = new DateOnly(2026, 3, 20),
            }
        );
        return (company, max, rita);
    }

    private static Task<Done> Name(Company company, Caller caller, string person, int position) =>
        company.Run<AccessDeciding, NameHolder, Done>(
            p => p.NameHolder,
            new NameHolder
            {
                Ref = "ARV-1",
                Position = position,
                Person = person,
            },
            caller
        );
}
