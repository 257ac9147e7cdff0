using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.People;

/// <summary>Courses that people passed (A.6.3).</summary>
public sealed class PassedCourseRecords(MoatDb db) : IOwnRecords
{
    private const int SecondsToRead = 60;

    /// <inheritdoc />
    public string Source => "courses";

    /// <inheritdoc />
    public string CountsWhen => "A course that somebody passed in a quiz that took them longer than a minute.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [.. (await (from course in db.Set<CourseAssignment>()
                    where course.PassedAt >= since
                    let quiz = db.Set<QuizAttempt>().Where(q => q.AssignmentId == course.Id && q.Passed == true).OrderByDescending(q => q.Number).FirstOrDefault()
                    select new { course.Number, course.Title, At = course.PassedAt!.Value, Began = quiz == null ? null : (DateTime?)quiz.CreatedAt, Ended = quiz == null ? null : quiz.FinishedAt })
                .ToListAsync(ct))
            .Select(c => new OwnRecord(
                $"TRN-{c.Number}", c.Title, c.At,
                Lacking: c.Ended - c.Began is { } took && took < TimeSpan.FromSeconds(SecondsToRead) ? $"was passed in {(int)took.TotalSeconds} seconds" : null))];
}

/// <summary>Steps for people who joined, moved or left that were done (A.5.11, A.6.1, A.6.5).</summary>
public sealed class ChecklistRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "people-checklists";

    /// <inheritdoc />
    public string CountsWhen => "A person's checklist of joining, moving or leaving whose steps are all done, with what was found.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var steps = await db.Set<WorkItem>().Where(t => t.SubjectRef.StartsWith("PER-") && t.CreatedAt >= since && t.State != WorkState.Dropped && t.Purpose == "action")
            .Select(t => new { t.SubjectRef, t.CreatedAt, t.ClosedAt, t.State, t.Outcome }).ToListAsync(ct);
        return [.. steps.GroupBy(t => (t.SubjectRef, t.CreatedAt)).Where(g => g.All(t => t.State == WorkState.Done)).Select(g => new OwnRecord(
            g.Key.SubjectRef, "Checklist of a person", g.Max(t => t.ClosedAt)!.Value,
            Lacking: g.Any(t => Substance.Says(t.Outcome, 2)) ? null : "does not say what was done"))];
    }
}
