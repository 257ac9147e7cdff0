using Moat.Isms.AccessReviews;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about people: who holds a role, can do it and knows what binds them, and who reaches what.</summary>
public sealed class PeopleBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Roles_are_held_gaps_are_checked_and_courses_are_passed(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var steward = ((IReadOnlyList<RoleView>)await company.Do("roles.list", new { }))
            .Single(r => r.Key == "data-steward")
            .Ref;
        Pass(company, 31);
        await Whole(company, "role-open");
        await company.Do("draft.adopt", new { refs = new[] { steward } });
        await Missing(company, "role-open", steward);
        var dora = await company.As(Role.RiskOwner, "Dora Data");
        var person = await DocumentTests.RefOf(company, dora);
        await company.Do("roles.assign", new { @ref = steward, person });
        await Whole(company, "role-open");

        var need = Ref(
            await company.Do(
                "competence.create",
                new { role = "data-steward", what = "Finds planted records in a set." }
            )
        );
        var gap = Ref(
            await company.Do(
                "competence.judge",
                new
                {
                    @ref = need,
                    shown = false,
                    ground = "training",
                    what = "Never saw a poisoned set.",
                    step = "Exercise with fifty planted records",
                    stepBy = Day(company, 30),
                }
            )
        );
        await company.Do(
            "training.assign",
            new
            {
                course = "data-scientists",
                people = new[] { person },
                reason = "It belongs to the role.",
                days = 30,
            }
        );
        Pass(company, 30);
        await Whole(company, "gap-overdue", "course-overdue");
        Pass(company, 1);
        await Missing(company, "gap-overdue", gap);
        await Missing(company, "course-overdue", "TRN-1");
        await company.Do(
            "competence.check",
            new
            {
                @ref = gap,
                closed = true,
                how = "Found 47 of 50 in two hours.",
            }
        );
        var quiz = await TrainingTests.Start(company, "TRN-1", dora);
        await company.Do(
            "training.answer-quiz",
            new { @ref = quiz.Ref, answers = TrainingTests.Answers(quiz, right: true) },
            dora
        );
        await Whole(company, "gap-overdue", "course-overdue");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Access_is_reviewed_in_time_and_ends_with_whoever_leaves(string database)
    {
        await using var company = await Company.Found(database);
        var (max, leo) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await AuditCase.With(company, Role.Member, "Leo Leaver")
        );
        var review = Ref(
            await company.Do(
                "access-reviews.create",
                new
                {
                    title = "Accounts of the ISMS",
                    kinds = new[] { AccessPopulation.Accounts },
                    reviewer = "PER-2",
                    deputy = "PER-1",
                    dueOn = Day(company, 3),
                }
            )
        );
        Pass(company, 3);
        await Whole(company, "access-review-overdue");
        Pass(company, 1);
        await Missing(company, "access-review-overdue", review);
        await company.Do(
            "access-reviews.decide",
            new
            {
                @ref = review,
                positions = new[] { 1, 2 },
                decision = "keep",
            },
            max
        );
        await Whole(company, "access-review-overdue");

        // A seat that ended by itself is no account either.
        var seat = await AuditCase.With(company, Role.Auditor, "Paula External");
        foreach (var person in new[] { leo, seat })
            await company.Do(
                "people.edit",
                new { @ref = await AuditCase.RefOf(company, person), leftOn = Day(company, 5) }
            );
        Pass(company, 5);
        await Whole(company, "leaver-with-access");
        Pass(company, 1);
        await Missing(company, "leaver-with-access", await AuditCase.RefOf(company, leo));
        await Missing(company, "leaver-with-access", await AuditCase.RefOf(company, seat));
        var accounts = (AccessList)await company.Do("access.list", new { });
        await company.Do("access.revoke", new { @ref = accounts.Members.Single(m => m.Name == leo.Name).Ref });
        Assert.Equal(
            await AuditCase.RefOf(company, seat),
            Assert.Single((await Found(company, "leaver-with-access"))!.Records).Ref
        );
        Pass(company, 90);
        await Whole(company, "leaver-with-access");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_policy_is_put_before_those_whom_it_binds(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await DocumentTests.Begun(company);
        await company.Do("documents.describe", new { @ref = document, audience = Array.Empty<string>() }, manager);
        await Whole(company, "policy-not-asked");
        await DocumentTests.Release(company, document, manager, reviewer);
        await Missing(company, "policy-not-asked", document);
        await company.Do("documents.describe", new { @ref = document, audience = new[] { "everyone" } }, manager);
        await DocumentTests.Revise(
            company,
            document,
            manager,
            reviewer,
            major: true,
            text: "Two people pull weights together."
        );
        await Whole(company, "policy-not-asked");
    }
}
