using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.AccessReviews;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;
using static Moat.Tests.AccessReviewTests;

namespace Moat.Tests;

/// <summary>What an access review does not see is neither taken for done nor for nothing.</summary>
public sealed class AccessFollowingTests
{
    private const string Gone =
        """{"name":"acme/training","principals":[{"id":"max.manager","permission":"admin"},{"id":"rita.reviewer","permission":"read"}]}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_cannot_be_read_is_not_taken_for_done(string database)
    {
        var (company, max, _) = await Decided(database);
        await using var __ = company;
        Assert.Equal(
            ["nothing was collected since the decision", "nothing was collected since the decision"],
            await NotSeen(company, max)
        );

        await Stays(
            company,
            max,
            """{"name":"acme/training","principals":null,"unknown":{"principals":"the token may not read collaborators"}}""",
            "cannot be read: the token may not read collaborators",
            2
        );
        await Stays(
            company,
            max,
            """{"name":"acme/training"}""",
            "cannot be read: its source does not tell who can reach it",
            2
        );
        await Stays(
            company,
            max,
            Gone.Replace("\"rita.reviewer\"", "null", StringComparison.Ordinal),
            "cannot be read: 1 of its principals have no name",
            2
        );
        await Stays(
            company,
            max,
            Gone.Replace("max.manager", "old-bot", StringComparison.Ordinal),
            "may admin now",
            1,
            shown: 1
        );
        await Stays(
            company,
            max,
            Gone.Replace("max.manager", "old-bot", StringComparison.Ordinal)
                .Replace("read", "maintain", StringComparison.Ordinal),
            "may admin now",
            1
        );
        company.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0, await KeepCurrent(company));
        Assert.StartsWith(
            "cannot be read: nobody told of it since",
            Assert.Single(await NotSeen(company, max)),
            StringComparison.Ordinal
        );

        await Tell(company, Gone);
        Assert.Equal(1, await KeepCurrent(company));
        Assert.Equal(AccessReviewState.Closed, (await Get(company, max)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_right_that_was_raised_or_taken_altogether_is_not_the_one_that_was_wanted(string database)
    {
        var (company, max, _) = await Decided(database);
        await using var __ = company;
        await Stays(
            company,
            max,
            Gone.Replace("\"permission\":\"read\"", "\"permission\":\"admin\"", StringComparison.Ordinal),
            "may admin now",
            1,
            shown: 1
        );
        await Broken("access-reviews.confirm.seen", () => Confirm(company, max, 3));
        await Stays(
            company,
            max,
            Gone.Replace("rita.reviewer", "somebody.else", StringComparison.Ordinal),
            "may not read there yet",
            1
        );
        await Confirm(company, max, 3);
        var view = await Get(company, max);
        Assert.Equal(
            (AccessReviewState.Closed, "Max Manager: Looked at the members page"),
            (view.Row.State, view.Items[2].Confirmed)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_observed_before_the_decision_shows_nothing_of_it_however_late_it_arrives(string database)
    {
        var (company, max, _) = await Decided(database);
        await using var __ = company;
        await Tell(company, Gone, minutes: -60);
        Assert.Equal(0, await KeepCurrent(company));
        Assert.Equal(
            ["nothing was collected since the decision", "nothing was collected since the decision"],
            await NotSeen(company, max)
        );
        company.Clock.Advance(TimeSpan.FromMinutes(5));
        // The same again, and observed now: nothing changed, so only the moment moves.
        await Tell(company, Gone, minutes: -30);
        Assert.Equal(0, await KeepCurrent(company));
        await Tell(company, Gone);
        Assert.Equal(2, await KeepCurrent(company));
        Assert.Equal(AccessReviewState.Closed, (await Get(company, max)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_resource_that_is_gone_closes_nothing_until_somebody_looked(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        var group = (ProvisionedGroup)
            await company.Do(
                "provisioning.keep-group",
                new { displayName = "Admins", members = new[] { rita.PersonId } },
                company.Owner with
                {
                    Role = Role.Provisioner,
                }
            );
        await Create(
            company,
            new CreateAccessReview
            {
                Title = "Who is an administrator",
                Kinds = ["directory.group"],
                Reviewer = await RefOf(company, max),
                Deputy = await RefOf(company, rita),
                DueOn = new DateOnly(2026, 3, 20),
            }
        );
        await Decide(company, max, AccessDecision.Revoke, "She moved on", 1);
        await Broken("access-reviews.confirm.self", () => Confirm(company, rita, 1));
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do(
            "provisioning.end-group",
            new { id = group.Id },
            company.Owner with
            {
                Role = Role.Provisioner,
            }
        );
        Assert.Equal(0, await KeepCurrent(company));
        var view = await Get(company, max);
        Assert.Equal(
            (
                AccessReviewState.Decided,
                "cannot be read: its source does not tell of it any more since 2026-03-03",
                true
            ),
            (view.Row.State, view.Items[0].NotSeen, view.Items[0].ByHand)
        );
        await Confirm(company, max, 1);
        Assert.Equal(AccessReviewState.Closed, (await Get(company, max)).Row.State);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "revoke");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_could_not_be_read_when_it_was_frozen_is_named_and_the_evidence_is_not_called_complete(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        await Tell(
            company,
            """{"name":"acme/silent","principals":[{"id":"ghost","permission":"write"}]}""",
            name: "silent"
        );
        company.Clock.Advance(TimeSpan.FromDays(5));
        var start = new CreateAccessReview
        {
            Title = "Who can write training code",
            Kinds = ["github.repository"],
            Reviewer = await RefOf(company, max),
            Deputy = await RefOf(company, rita),
            DueOn = new DateOnly(2026, 3, 20),
        };
        await Tell(
            company,
            """{"name":"acme/closed","principals":null,"unknown":{"principals":"the token may not read collaborators"}}""",
            name: "closed"
        );
        await Tell(company, """{"name":"acme/training","principals":[{"id":"rita.reviewer","permission":"write"}]}""");
        await Create(company, start);
        var view = await Get(company, max);
        Assert.Equal(["ghost", "rita.reviewer"], view.Items.Select(i => i.Principal));
        Assert.Equal(
            ["RES-1 nobody told of it since 2026-03-02", "RES-2 the token may not read collaborators"],
            view.Gaps.Select(g => $"{g.ResourceRef} {g.Why}").Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(
            await company.Run<AccessReviewProcess, Nothing, IReadOnlyList<AccessKind>>(p => p.Kinds, new Nothing()),
            k => k.Kind == "s3.bucket"
        );
        Assert.Contains(
            new AccessKind("github.repository", "GitHub repository", 3, 2, 2),
            await company.Run<AccessReviewProcess, Nothing, IReadOnlyList<AccessKind>>(p => p.Kinds, new Nothing())
        );

        await Decide(company, max, AccessDecision.Keep, null, 1, 2);
        var evidence = await company.Read(db => db.Set<EvidenceItem>().SingleAsync());
        Assert.Equal(
            (false, "2 accesses that were collected; of 2 resources it could not be seen who reaches them"),
            (evidence.Complete!.Value, evidence.Population)
        );
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
            (false, 2, "Rita Reviewer"),
            (kept["complete"]!.GetValue<bool>(), kept["notSeen"]!.AsArray().Count, $"{kept["accesses"]![1]!["person"]}")
        );
        Assert.Null(kept["accesses"]![0]!["person"]);
    }

    /// <summary>
    /// A review of three accesses that is decided two hours after its population was collected: one revoked, one to
    /// become "read".
    /// </summary>
    private static async Task<(Company Company, Caller Max, Caller Rita)> Decided(string database)
    {
        var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        await Tell(company, Before);
        await Create(
            company,
            new CreateAccessReview
            {
                Title = "Who can write training code",
                Kinds = ["github.repository"],
                Reviewer = await RefOf(company, max),
                Deputy = await RefOf(company, rita),
                DueOn = new DateOnly(2026, 3, 20),
            }
        );
        company.Clock.Advance(TimeSpan.FromHours(2));
        await Decide(company, max, AccessDecision.Revoke, "Nobody knows this bot", 2);
        await Change(company, max, "read", 3);
        await Decide(company, rita, AccessDecision.Keep, null, 1);
        return (company, max, rita);
    }

    private static async Task Stays(Company company, Caller caller, string fact, string why, int waiting, int shown = 0)
    {
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Tell(company, fact);
        Assert.Equal(shown, await KeepCurrent(company));
        Assert.Equal(AccessReviewState.Decided, (await Get(company, caller)).Row.State);
        Assert.Equal(Enumerable.Repeat(why, waiting), await NotSeen(company, caller));
    }

    private static Task<Done> Confirm(Company company, Caller caller, int position) =>
        company.Run<AccessDeciding, ConfirmAccess, Done>(
            p => p.Confirm,
            new ConfirmAccess
            {
                Ref = "ARV-1",
                Positions = [position],
                How = "Looked at the members page",
            },
            caller
        );

    private static async Task<IEnumerable<string>> NotSeen(Company company, Caller caller) =>
        (await Get(company, caller)).Items.Select(i => i.NotSeen).OfType<string>();
}
