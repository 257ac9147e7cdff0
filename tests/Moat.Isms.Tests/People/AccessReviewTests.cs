using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.AccessReviews;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Access reviews: a frozen population, nobody about themselves, revocations followed until a collection shows them.
/// </summary>
public sealed class AccessReviewTests
{
    internal const string Before =
        """{"name":"acme/training","visibility":"private","principals":[{"id":"max.manager","permission":"admin"},{"id":"rita.reviewer","permission":"write"},{"id":"old-bot","permission":"write"}]}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Access_is_decided_by_somebody_else_and_followed_until_it_is_seen(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        var (maxRef, ritaRef) = (await RefOf(company, max), await RefOf(company, rita));
        await Tell(company, Before);
        var start = new CreateAccessReview
        {
            Title = "Who can write training code",
            Kinds = ["github.repository"],
            Reviewer = maxRef,
            Deputy = ritaRef,
            DueOn = new DateOnly(2026, 3, 20),
        };
        Assert.Equal("deputy", (await Invalid(() => Create(company, start with { Deputy = maxRef }))).Errors[0].Field);
        Assert.Equal(
            "kinds",
            (await Invalid(() => Create(company, start with { Kinds = ["s3.bucket"] }))).Errors[0].Field
        );
        await Create(company, start);

        var view = await Get(company, max);
        Assert.Equal(
            ["max.manager admin Rita Reviewer", "old-bot write Max Manager", "rita.reviewer write Max Manager"],
            view.Items.Select(i => $"{i.Principal} {i.Permission} {i.Reviewer}")
        );
        Assert.Equal(["max.manager"], (await Get(company, rita)).Items.Select(i => i.Principal));
        Assert.Equal(2, (await Tasks(company)).Count(t => t.Purpose.StartsWith("access:", StringComparison.Ordinal)));
        await Broken("access-reviews.decide.self", () => Decide(company, max, AccessDecision.Keep, null, 1));
        await Broken("access-reviews.decide.reviewer", () => Decide(company, rita, AccessDecision.Keep, null, 2));
        Assert.Equal(
            "reason",
            (await Invalid(() => Decide(company, max, AccessDecision.Revoke, null, 2))).Errors[0].Field
        );
        Assert.Equal(
            "wantedPermission",
            (await Invalid(() => Decide(company, max, AccessDecision.Change, "Reading is enough", 3))).Errors[0].Field
        );
        Assert.Equal("wantedPermission", (await Invalid(() => Change(company, max, "Write", 3))).Errors[0].Field);
        Assert.Equal(
            "positions",
            (await Invalid(() => Decide(company, max, AccessDecision.Keep, null, 9))).Errors[0].Field
        );

        // What changes meanwhile does not change what was frozen.
        await Tell(company, Before.Replace("old-bot", "new-bot", StringComparison.Ordinal));
        await Decide(company, max, AccessDecision.Revoke, "Nobody knows this bot", 2);
        await Change(company, max, "read", 3);
        Assert.Equal(AccessReviewState.Open, (await Get(company, max)).Row.State);
        await Decide(company, rita, AccessDecision.Keep, null, 1);
        view = await Get(company, max);
        Assert.Equal((AccessReviewState.Decided, "EVD-1", 2), (view.Row.State, view.Row.EvidenceRef, view.Row.Waiting));
        await Broken("access-reviews.decide.open", () => Decide(company, max, AccessDecision.Keep, null, 2));
        Assert.Single(await Tasks(company), t => t.Purpose == "revoke");
        var kept = JsonNode.Parse(
            Encoding.UTF8.GetString(
                (
                    await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                        p => p.Download,
                        new OneRecord { Ref = "EVD-1" }
                    )
                ).Content
            )
        )!;
        Assert.Equal(
            "old-bot Revoke Max Manager",
            $"{kept["accesses"]![1]!["principal"]} {kept["accesses"]![1]!["decision"]} {kept["accesses"]![1]!["decidedBy"]}"
        );
        Assert.Equal("read", $"{kept["accesses"]![2]!["wantedPermission"]}");

        // What was collected before the decision shows nothing of it.
        Assert.Equal(0, await KeepCurrent(company));
        Assert.Equal(AccessReviewState.Decided, (await Get(company, max)).Row.State);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Tell(
            company,
            Before
                .Replace("old-bot", "new-bot", StringComparison.Ordinal)
                .Replace(
                    "\"rita.reviewer\",\"permission\":\"write\"",
                    "\"rita.reviewer\",\"permission\":\"read\"",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(2, await KeepCurrent(company));
        view = await Get(company, max);
        Assert.Equal((AccessReviewState.Closed, 0), (view.Row.State, view.Row.Waiting));
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "revoke");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_overdue_is_escalated_and_accounts_here_are_reviewed_too(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        await Create(
            company,
            new CreateAccessReview
            {
                Title = "Accounts of the ISMS",
                Kinds = [AccessPopulation.Accounts],
                Reviewer = await RefOf(company, max),
                Deputy = await RefOf(company, rita),
                DueOn = new DateOnly(2026, 3, 5),
            }
        );
        Assert.Equal(
            "owner@acme.test Owner",
            $"{(await Get(company, max)).Items[0].Principal} {(await Get(company, max)).Items[0].Permission}"
        );
        await KeepCurrent(company);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "escalated");
        company.Clock.Advance(TimeSpan.FromDays(5));
        await KeepCurrent(company);
        Assert.Single(await Tasks(company), t => t.Purpose == "escalated");
        await Decide(company, max, AccessDecision.Keep, null, 1);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose is "escalated" or "revoke");
        Assert.Equal(AccessReviewState.Closed, (await Get(company, max)).Row.State);
    }

    internal static Task Tell(Company company, string data, int minutes = 0, string name = "training") =>
        FactTests.Tell(company, FactTests.Event(company, data, minutes, name, "github.repository"));

    internal static Task<Done> Create(Company company, CreateAccessReview input) =>
        company.Run<AccessReviewProcess, CreateAccessReview, Done>(p => p.Create, input);

    internal static Task<AccessReviewView> Get(Company company, Caller caller) =>
        company.Run<AccessReviewProcess, ReadAccessReview, AccessReviewView>(
            p => p.Get,
            new ReadAccessReview { Ref = "ARV-1" },
            caller
        );

    internal static Task<Done> Change(Company company, Caller caller, string wanted, int position) =>
        company.Run<AccessDeciding, DecideAccess, Done>(
            p => p.Decide,
            new DecideAccess
            {
                Ref = "ARV-1",
                Positions = [position],
                Decision = AccessDecision.Change,
                WantedPermission = wanted,
                Reason = "Less is enough",
            },
            caller
        );

    internal static Task<Done> Decide(
        Company company,
        Caller caller,
        AccessDecision decision,
        string? reason,
        params int[] positions
    ) =>
        company.Run<AccessDeciding, DecideAccess, Done>(
            p => p.Decide,
            new DecideAccess
            {
                Ref = "ARV-1",
                Positions = [.. positions],
                Decision = decision,
                Reason = reason,
            },
            caller
        );

    internal static async Task<int> KeepCurrent(Company company) =>
        (await company.Run<AccessReviewProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count;

    internal static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;

    internal static Task<string> RefOf(Company company, Caller caller) =>
        company.Read(async db =>
            (await db.One<Moat.Isms.People.Person>($"{caller.PersonId}", CancellationToken.None)).Ref
        );

    internal static Task<InputInvalid> Invalid(Func<Task> act) => Assert.ThrowsAsync<InputInvalid>(act);

    internal static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
