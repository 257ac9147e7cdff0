using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Training;

/// <summary>The quiz of a course: questions drawn from its bank, explained answers, retakes.</summary>
[Process(TrainingProcess.Name, TrainingProcess.Summary)]
public sealed class QuizProcess(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, WorkList work)
{
    private const int AttemptsADay = 3;

    /// <summary>Draws a quiz for one of one's own courses; an unfinished one is answered again.</summary>
    [Operation("start-quiz", Permission.Work, "Draw a quiz for one of your courses, or go on with the open one")]
    public async Task<QuizView> Start(OneRecord input, CancellationToken ct)
    {
        var assignment = await db.One<CourseAssignment>(input.Ref, ct);
        if (assignment.PersonId != caller.Value.PersonId)
            throw new NotFound(input.Ref);
        if (!assignment.IsOpen)
            throw new RuleBroken(
                "training.quiz.open",
                assignment.PassedAt is null ? "This assignment has ended." : "You have passed this course already."
            );
        var course = CourseOf(assignment);
        var attempts = await db.Set<QuizAttempt>().Where(a => a.AssignmentId == assignment.Id).ToListAsync(ct);
        if (attempts.FirstOrDefault(a => a.FinishedAt is null) is { } open)
            return Show(open, course);
        var today = db.Today;
        if (attempts.Count(a => DateOnly.FromDateTime(a.CreatedAt) == today) >= AttemptsADay)
            throw new RuleBroken(
                "training.quiz.attempts",
                $"{AttemptsADay} attempts a day are enough. Read the lessons again and try tomorrow."
            );
        var ids = course.Questions.Select(q => q.Id).ToArray();
        System.Security.Cryptography.RandomNumberGenerator.Shuffle(ids.AsSpan());
        return Show(
            await db.Enter(
                new QuizAttempt
                {
                    AssignmentId = assignment.Id,
                    PersonId = assignment.PersonId,
                    Title = course.Title,
                    Questions = [.. ids.Take(course.Asked)],
                },
                ct
            ),
            course
        );
    }

    /// <summary>Hands in the answers and says which were right, and why.</summary>
    [Operation("answer-quiz", Permission.Work, "Hand in the answers of a quiz; says which were right and why")]
    public async Task<QuizResult> Answer(AnswerQuiz input, CancellationToken ct)
    {
        var attempt = await db.One<QuizAttempt>(input.Ref, ct);
        if (attempt.PersonId != caller.Value.PersonId)
            throw new NotFound(input.Ref);
        var assignment = await db.Set<CourseAssignment>().FirstAsync(a => a.Id == attempt.AssignmentId, ct);
        var course = CourseOf(assignment);
        var given = Read(input.Answers, attempt);
        var judged = attempt
            .Questions.Select(id => course.Questions.First(q => q.Id == id))
            .Select(q => new JudgedAnswer(
                q.Ask,
                q.Options[given[q.Id] - 1],
                q.Options[q.Answer - 1],
                given[q.Id] == q.Answer,
                q.Why
            ))
            .ToList();
        var score = (int)Math.Round(100m * judged.Count(j => j.Right) / judged.Count, MidpointRounding.AwayFromZero);
        var passed = score >= course.PassMark;
        attempt.Finish(
            [.. given.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}={g.Value}"))],
            score,
            passed,
            db.Now
        );
        if (passed)
        {
            assignment.Pass(score, db.Now, course.RefreshDays);
            await work.Settle(assignment, "course", $"Passed with {score} %", ct);
        }
        return new QuizResult(
            attempt.Ref,
            assignment.Ref,
            score,
            course.PassMark,
            passed,
            judged,
            assignment.ValidUntil
        );
    }

    private static Dictionary<string, int> Read(List<string> answers, QuizAttempt attempt)
    {
        var given = new Dictionary<string, int>();
        foreach (var answer in answers)
        {
            var parts = answer.Split('=');
            if (
                parts.Length != 2
                || !attempt.Questions.Contains(parts[0])
                || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var option)
                || option is < 1 or > 4
            )
                throw new InputInvalid(
                    "answers",
                    $"'{answer.Cut(60)}' is not an answer to a question of this quiz. Write question=1 for the first option."
                );
            given[parts[0]] = option;
        }
        return attempt.Questions.All(given.ContainsKey)
            ? given
            : throw new InputInvalid(
                "answers",
                $"{attempt.Questions.Count(q => !given.ContainsKey(q))} questions are not answered yet."
            );
    }

    private CourseEntry CourseOf(CourseAssignment assignment) =>
        knowledge.CourseById.GetValueOrDefault(assignment.CourseId)
        ?? throw new RuleBroken(
            "training.quiz.course",
            "This course is not part of the product any more. Ask your ISMS manager to end the assignment."
        );

    private static QuizView Show(QuizAttempt attempt, CourseEntry course) =>
        new(
            attempt,
            course.Id,
            course.Title,
            course.PassMark,
            [
                .. attempt
                    .Questions.Select(id => course.Questions.First(q => q.Id == id))
                    .Select(q => new QuizQuestionView(q.Id, q.Ask, q.Options)),
            ]
        );
}
