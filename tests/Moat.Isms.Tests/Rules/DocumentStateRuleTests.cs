using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using static Moat.Tests.BrokenRule;
using static Moat.Tests.DocumentTests;

namespace Moat.Tests;

/// <summary>What is not done with a document, or not in the state that it is in.</summary>
public sealed class DocumentStateRuleTests
{
    [Theory]
    [InlineData("documents.publish.approved", "documents.publish")]
    [InlineData("documents.confirm.published", "documents.confirm")]
    [InlineData("documents.stamp.approved", "documents.stamp")]
    [InlineData("documents.take-back.review", "documents.take-back")]
    [InlineData("documents.revise.open", "documents.revise")]
    public async Task A_draft_is_not(string rule, string operation)
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (_, _, document) = await Begun(company);
        await Broken(rule, () => company.Do(operation, Input(operation, document)));
        Assert.Equal(VersionState.Draft, (await Get(company, document)).Shown.State);
    }

    [Fact]
    public async Task Nothing_is_drafted_before_the_interview()
    {
        await using var company = await Company.Found("sqlite");
        await Broken("documents.draft.interview", () => company.Do("documents.draft", new { }));
    }

    [Fact]
    public async Task What_is_in_review_is_not_submitted_again_and_not_approved_before_every_reviewer_does()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (manager, reviewer, document) = await Begun(company);
        var submit = new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } };
        await company.Do("documents.submit", submit, manager);
        await Broken("documents.submit.draft", () => company.Do("documents.submit", submit, manager));
        await Broken("documents.approve.reviewed", () => Approve(company, document));
        await company.Do(
            "documents.review",
            new
            {
                @ref = document,
                verdict = "asks-for-changes",
                note = "Say who.",
            },
            reviewer
        );
        await Broken("documents.approve.reviewed", () => Approve(company, document));
        await company.Do("documents.take-back", new { @ref = document }, manager);
        await company.Do("documents.submit", submit, manager);
    }

    [Fact]
    public async Task A_text_with_open_points_is_not_approved()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var reviewer = await RefOf(company, await company.As(Role.Member, "Rita Reviewer"));
        var document = "";
        foreach (var drafted in await Proposed(company, "documents"))
        {
            if ((await Get(company, drafted)).OpenPoints.Count > 0)
                document = drafted;
        }
        await company.Do("documents.submit", new { @ref = document, reviewers = new[] { reviewer } });
        await Broken("documents.approve.open-points", () => Approve(company, document));
    }

    [Fact]
    public async Task Only_who_is_asked_acknowledges_and_only_what_is_in_force()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (manager, reviewer, document) = await Begun(company);
        Task Acknowledge() => company.Do("documents.acknowledge", new { @ref = document }, reviewer);
        await Broken("documents.acknowledge.asked", Acknowledge);
        await Release(company, document, manager, reviewer);
        await Broken(
            "documents.review.open",
            () => company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer)
        );

        // The next version is no concern of theirs, and what they were asked about is not in force any more.
        await company.Do(
            "documents.describe",
            new { @ref = document, audience = new[] { "department:Data" } },
            manager
        );
        await Revise(company, document, manager, reviewer, major: true, text: "Two people pull weights together.");
        await Broken("documents.acknowledge.current", Acknowledge);
    }

    [Fact]
    public async Task It_is_retired_once()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (_, _, document) = await InForce(company);
        var retire = new { @ref = document, reason = "Nobody trains here any more." };
        await company.Do("documents.retire", retire);
        await Broken("documents.retire.once", () => company.Do("documents.retire", retire));
    }

    [Fact]
    public async Task What_was_retired_while_it_was_reviewed_is_not_reviewed_or_taken_back()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (manager, reviewer, document) = await Begun(company);
        var reviewers = new[] { await RefOf(company, reviewer) };
        await company.Do("documents.submit", new { @ref = document, reviewers }, manager);
        await company.Do("documents.retire", new { @ref = document, reason = "Nobody trains here any more." });
        await Broken(
            "documents.retired",
            () => company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer)
        );
        await Broken("documents.retired", () => company.Do("documents.take-back", new { @ref = document }, manager));
    }

    private static object Input(string operation, string document) =>
        operation is "documents.confirm" or "documents.revise"
            ? new { @ref = document, reason = "Looked at; nothing changed." }
            : new { @ref = document };
}
