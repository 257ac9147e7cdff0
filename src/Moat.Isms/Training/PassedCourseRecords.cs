using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Training;

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
        [
            .. (
                await (
                    from course in db.Set<CourseAssignment>()
                    where course.PassedAt >= since
                    let quiz = db.Set<QuizAttempt>()
                        .Where(q => q.AssignmentId == course.Id && q.Passed == true)
                        .OrderByDescending(q => q.Number)
                        .FirstOrDefault()
                    select new
                    {
                        course.Number,
                        course.Title,
                        At = course.PassedAt!.Value,
                        Began = quiz == null ? null : (DateTime?)quiz.CreatedAt,
                        Ended = quiz == null ? null : quiz.FinishedAt,
                    }
                ).ToListAsync(ct)
            ).Select(c => new OwnRecord(
                $"TRN-{c.Number}",
                c.Title,
                c.At,
                Lacking: c.Ended - c.Began is { } took && took < TimeSpan.FromSeconds(SecondsToRead)
                    ? $"was passed in {(int)took.TotalSeconds} seconds"
                    : null
            )),
        ];
}
