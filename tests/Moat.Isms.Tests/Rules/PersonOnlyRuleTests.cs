using Moat.Isms.AccessReviews;
using Moat.Isms.Kernel;
using static Moat.Tests.AccessReviewTests;

namespace Moat.Tests;

/// <summary>What only a person has or decides, and what people do not do to themselves or twice.</summary>
public sealed class PersonOnlyRuleTests
{
    [Theory]
    [InlineData("calendar.make-address.person", "calendar.make-address")]
    [InlineData("digests.choose.person", "digests.choose")]
    public async Task A_program_has_none(string rule, string operation)
    {
        await using var company = await Company.Found("sqlite");
        object input = operation == "digests.choose" ? new { wanted = false } : new { titles = true };
        await BrokenRule.Broken(
            rule,
            () => company.Do(operation, input, company.Owner with { PersonId = null, Name = "Agent" })
        );
        await company.Do(operation, input);
    }

    [Fact]
    public async Task A_program_says_of_no_account_whose_it_is_and_what_is_kept_is_not_confirmed()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        var rita = await company.As(Role.Member, "Rita Reviewer");
        await Tell(
            company,
            """{"name":"t","principals":[{"id":"a","permission":"read"},{"id":"b","permission":"write"}]}"""
        );
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
        var holder = new
        {
            @ref = "ARV-1",
            position = 1,
            person = await RefOf(company, rita),
        };
        await BrokenRule.Broken(
            "access-reviews.decide.person",
            () => company.Do("access-reviews.name-holder", holder, max with { PersonId = null, Name = "Agent" })
        );
        await company.Do("access-reviews.name-holder", holder, max);

        await Decide(company, max, AccessDecision.Keep, null, 1);
        await Decide(company, max, AccessDecision.Revoke, "Nobody knows it", 2);
        company.Clock.Advance(TimeSpan.FromDays(10));
        Task Confirm(int position, Caller by) =>
            company.Do(
                "access-reviews.confirm",
                new
                {
                    @ref = "ARV-1",
                    positions = new[] { position },
                    how = "Seen on the page",
                },
                by
            );
        await BrokenRule.Broken("access-reviews.confirm.waits", () => Confirm(1, max));
        await BrokenRule.Broken("access-reviews.confirm.reviewer", () => Confirm(2, rita));
        await Confirm(2, max);
    }

    [Fact]
    public async Task Nobody_holds_two_roles_that_check_each_other()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var person = await RefOf(company, await company.As(Role.Member, "Ina Inspector"));
        var roles = (
            (IReadOnlyList<Isms.People.Responsibilities.RoleView>)await company.Do("roles.list", new { })
        ).ToDictionary(r => r.Key, r => r.Ref);
        Task Assign(string role) => company.Do("roles.assign", new { @ref = roles[role], person });
        await Assign("internal-auditor");
        var said = await BrokenRule.Broken("roles.assign.separation", () => Assign("incident-lead"));
        Assert.Equal(
            "Ina Inspector is already Internal auditor; whoever holds that may not also be Incident lead.",
            said
        );
    }

    [Fact]
    public async Task A_competence_that_is_there_is_no_gap()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await company.Do("draft.adopt", new { refs = await BrokenRule.Proposed(company, "roles") });
        var person = await RefOf(company, await company.As(Role.Member, "Dora Data"));
        await company.Do("competence.draft", new { });
        var needs = (IReadOnlyList<Isms.People.Competence.CompetenceView>)await company.Do("competence.list", new { });
        var proof = (
            (Done)
                await company.Do(
                    "competence.judge",
                    new
                    {
                        @ref = needs[0].Ref,
                        person,
                        shown = true,
                        ground = "experience",
                        what = "Did it for years.",
                    }
                )
        ).Ref;
        await BrokenRule.Broken(
            "competence.check.gap",
            () =>
                company.Do(
                    "competence.check",
                    new
                    {
                        @ref = proof,
                        closed = true,
                        how = "It was there already.",
                    }
                )
        );
    }

    [Fact]
    public async Task A_quiz_is_answered_once_and_a_course_that_is_passed_is_not_taken_again()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var max = await company.As(Role.Member, "Max Member");
        await company.Do("training.assign-by-rules", new { });
        var course = (await DocumentTests.Mine(company, max)).Learn.Single();
        var quiz = await TrainingTests.Start(company, course.Ref, max);
        Task Answer() =>
            company.Do(
                "training.answer-quiz",
                new { @ref = quiz.Ref, answers = TrainingTests.Answers(quiz, right: true) },
                max
            );
        await Answer();
        await BrokenRule.Broken("training.answer.once", Answer);
        await BrokenRule.Broken("training.quiz.open", () => TrainingTests.Start(company, course.Ref, max));
    }
}
