using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Training;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>Courses: assigned by rule, failed and passed, refreshed before a pass runs out.</summary>
public sealed class TrainingTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_data_scientist_fails_is_told_why_and_passes(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var dora = await company.As(Role.Member, "Dora Data");
        await company.Do(
            "people.edit",
            new { @ref = await DocumentTests.RefOf(company, dora), department = "Data science" }
        );
        Assert.Equal(3, ((Tally)await company.Do("training.assign-by-rules", new { })).Count);
        Assert.Equal(0, ((Tally)await company.Do("training.assign-by-rules", new { })).Count);
        var mine = (await DocumentTests.Mine(company, dora)).Learn;
        Assert.Equal(["data-scientists", "everyone"], mine.Select(m => m.CourseId).Order(StringComparer.Ordinal));
        var course = mine.Single(m => m.CourseId == "data-scientists");

        var quiz = await Start(company, course.Ref, dora);
        Assert.Equal(8, quiz.Questions.Count);
        Assert.Equal(quiz.Ref, (await Start(company, course.Ref, dora)).Ref);
        await Assert.ThrowsAsync<NotFound>(() => company.Do("training.start-quiz", new { @ref = course.Ref }));
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("training.answer-quiz", new { @ref = quiz.Ref, answers = new[] { "nonsense=1" } }, dora)
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "training.answer-quiz",
                new { @ref = quiz.Ref, answers = Answers(quiz, right: true).Take(3) },
                dora
            )
        );
        var failed = (QuizResult)
            await company.Do(
                "training.answer-quiz",
                new { @ref = quiz.Ref, answers = Answers(quiz, right: false) },
                dora
            );
        Assert.Equal((0, false), (failed.Score, failed.Passed));
        Assert.All(failed.Answers, a => Assert.True(a.Why.Length > 20 && a.RightAnswer != a.Given));
        await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do("training.answer-quiz", new { @ref = quiz.Ref, answers = Answers(quiz, right: true) }, dora)
        );

        var again = await Start(company, course.Ref, dora);
        var passed = (QuizResult)
            await company.Do(
                "training.answer-quiz",
                new { @ref = again.Ref, answers = Answers(again, right: true) },
                dora
            );
        Assert.Equal((100, true, new DateOnly(2027, 3, 2)), (passed.Score, passed.Passed, passed.ValidUntil));
        await Assert.ThrowsAsync<RuleBroken>(() => Start(company, course.Ref, dora));
        company.Clock.Advance(TimeSpan.FromDays(340));
        Assert.True(((Tally)await company.Do("training.assign-by-rules", new { })).Count >= 1);
        Assert.Equal(
            2,
            ((Page<AssignmentView>)await company.Do("training.list", new { course = "data-scientists" })).Total
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_published_version_asks_those_it_concerns_to_take_a_course_again(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await DocumentTests.Begun(company);
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await DocumentTests.RefOf(company, reviewer) } },
            manager
        );
        await company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer);
        await DocumentTests.Approve(company, document);
        Assert.Equal(
            "courses",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "documents.publish",
                        new { @ref = document, courses = new[] { "everyone", "no-such-course" } }
                    )
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Equal(0, ((Page<AssignmentView>)await company.Do("training.list", new { })).Total);
        Assert.Equal(VersionState.Approved, (await DocumentTests.Get(company, document)).Shown.State);

        await company.Do("documents.publish", new { @ref = document, courses = new[] { "everyone" } });
        var asked = ((Page<AssignmentView>)await company.Do("training.list", new { })).Items;
        Assert.Equal(3, asked.Count);
        Assert.All(asked, a => Assert.EndsWith("1.0 changed what you have to do.", a.Why, StringComparison.Ordinal));
        Assert.Equal(
            3,
            await company.Read(db =>
                Task.FromResult(
                    db.Links.Count(l => l.Type == LinkTypes.CausedBy && l.FromKind == "TRN" && l.ToKind == "DOC")
                )
            )
        );
    }

    [Fact]
    public async Task Three_attempts_a_day_are_enough()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var max = await company.As(Role.Member, "Max Member");
        await company.Do("training.assign-by-rules", new { });
        var course = (await DocumentTests.Mine(company, max)).Learn.Single();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var quiz = await Start(company, course.Ref, max);
            await company.Do(
                "training.answer-quiz",
                new { @ref = quiz.Ref, answers = Answers(quiz, right: false) },
                max
            );
        }
        Assert.Equal(
            "training.quiz.attempts",
            (await Assert.ThrowsAsync<RuleBroken>(() => Start(company, course.Ref, max))).RuleId
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Start(company, course.Ref, max);
    }

    [Fact]
    public async Task A_course_asked_for_because_of_a_record_is_linked_to_it_and_a_certificate_is_kept()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var max = await company.As(Role.Member, "Max Member");
        var person = await DocumentTests.RefOf(company, max);
        await company.Do(
            "training.assign",
            new
            {
                course = "mlops",
                people = new[] { person },
                reason = "After the risk was reassessed.",
                because = "RISK-1",
            }
        );
        Assert.True(
            await company.Read(db =>
                Task.FromResult(
                    db.Links.Any(l => l.FromKind == "TRN" && l.Type == LinkTypes.CausedBy && l.ToKind == "RISK")
                )
            )
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "training.record-external",
                new
                {
                    person,
                    title = "Lead auditor",
                    provider = "Academy",
                    on = "2026-05-01",
                }
            )
        );
        await company.Do(
            "training.record-external",
            new
            {
                person,
                title = "Lead auditor",
                provider = "Academy",
                on = "2026-02-01",
                file = new { name = "certificate.pdf", content = "%PDF-1.7"u8.ToArray() },
            }
        );
        Assert.Equal(
            "certificate.pdf",
            Assert.Single((IReadOnlyList<ExternalTrainingView>)await company.Do("training.external", new { })).FileName
        );
    }

    internal static async Task<QuizView> Start(Company company, string assignment, Caller person) =>
        (QuizView)await company.Do("training.start-quiz", new { @ref = assignment }, person);

    internal static IEnumerable<string> Answers(QuizView quiz, bool right)
    {
        var bank = KnowledgeBase.Shipped.CourseById[quiz.CourseId].Questions.ToDictionary(q => q.Id);
        return quiz.Questions.Select(q =>
            $"{q.Id}={(right ? bank[q.Id].Answer : bank[q.Id].Answer % q.Options.Count + 1)}"
        );
    }
}
