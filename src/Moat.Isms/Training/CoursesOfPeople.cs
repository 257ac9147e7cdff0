using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Training;

/// <summary>
/// Who joins or has other work gets the courses that it calls for; who leaves has none to pass any more (A.6.3).
/// </summary>
public sealed class CoursesOfPeople(MoatDb db, CourseRules courses) : IPersonFollower
{
    /// <inheritdoc />
    public Task Arrive(Person person, CancellationToken ct) => courses.AssignTo(person, ct);

    /// <inheritdoc />
    public async Task Leave(Person person, DateOnly on, CancellationToken ct)
    {
        foreach (
            var course in await db.Set<CourseAssignment>()
                .Where(a => a.PersonId == person.Id && a.EndedAt == null && a.PassedAt == null)
                .ToListAsync(ct)
        )
            course.End("Left the company.", db.Now);
        await db.DropTasksOf(person, "course", ct);
    }
}
