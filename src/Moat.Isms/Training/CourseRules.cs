using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Training;

/// <summary>
/// Who has to pass which course: by role, by department, again before a pass runs out, or because something happened.
/// </summary>
public sealed class CourseRules(
    MoatDb db,
    KnowledgeBase knowledge,
    Audiences audiences,
    WorkList work,
    ILearnedChanges learned
)
{
    private const int DaysToPass = 30;
    private const int DaysBeforeItRunsOut = 30;

    /// <summary>Assigns to everybody what the rules call for and is not assigned or valid; answers how many.</summary>
    public async Task<int> AssignAll(CancellationToken ct)
    {
        var count = 0;
        foreach (var course in await Applicable(ct))
            count += await Assign(
                course,
                await audiences.Of(Audiences.OfContent(course.Audience), ct),
                "Your work calls for it.",
                DaysToPass,
                again: false,
                ct
            );
        return count;
    }

    /// <summary>Assigns to one person what the rules call for.</summary>
    public async Task<int> AssignTo(Person person, CancellationToken ct)
    {
        var count = 0;
        foreach (var course in await Applicable(ct))
            if (
                (await audiences.Of(Audiences.OfContent(course.Audience), ct)).FirstOrDefault(p => p.Id == person.Id) is
                { } found
            )
                count += await Assign(course, [found], "Your work calls for it.", DaysToPass, again: false, ct);
        return count;
    }

    /// <summary>
    /// Assigns a course to people; those who have it open, or valid for long enough, are left alone unless it is asked
    /// for again.
    /// </summary>
    public async Task<int> Assign(
        CourseEntry course,
        IReadOnlyList<Person> people,
        string why,
        int days,
        bool again,
        CancellationToken ct
    )
    {
        var soon = db.Today.AddDays(DaysBeforeItRunsOut);
        var ids = people.Select(p => p.Id).ToList();
        var known = await db.Set<CourseAssignment>()
            .Where(a => a.CourseId == course.Id && a.EndedAt == null && ids.Contains(a.PersonId))
            .ToListAsync(ct);
        var settled = known
            .Where(a => a.PassedAt == null || (!again && a.ValidUntil > soon))
            .Select(a => a.PersonId)
            .ToHashSet();
        foreach (var person in people.Where(p => !settled.Contains(p.Id)))
        {
            var assignment = await db.Enter(
                new CourseAssignment
                {
                    CourseId = course.Id,
                    Title = course.Title,
                    PersonId = person.Id,
                    Why = why,
                    DueOn = db.Today.AddDays(days),
                },
                ct
            );
            await work.Ensure(
                assignment,
                "course",
                $"Pass the course: {course.Title}",
                $"{course.Minutes} minutes and a short quiz. {why}",
                person.Id,
                assignment.DueOn,
                ct
            );
        }
        return people.Count(p => !settled.Contains(p.Id));
    }

    /// <summary>
    /// Asks those whom both a document and a course concern to take the course again, because the document changed.
    /// </summary>
    public async Task AskAgain(
        Document document,
        DocumentVersion version,
        IReadOnlyList<string> courses,
        CancellationToken ct
    )
    {
        foreach (var id in courses)
        {
            var course =
                knowledge.CourseById.GetValueOrDefault(id)
                ?? throw new InputInvalid("courses", $"There is no course '{id}'.");
            var concerned = await audiences.Of(Audiences.OfContent(course.Audience), ct);
            if (document.Audience.Count > 0)
            {
                var readers = (await audiences.Of(document.Audience, ct)).Select(p => p.Id).ToHashSet();
                concerned = [.. concerned.Where(p => readers.Contains(p.Id))];
            }
            await Assign(
                course,
                concerned,
                $"{document.Title} {version.Edition} changed what you have to do.",
                DaysToPass,
                again: true,
                ct
            );
            await CausedBy(document, ct);
        }
    }

    /// <summary>Notes behind every assignment of this operation the record that it was made for.</summary>
    public async Task CausedBy(Referenced cause, CancellationToken ct)
    {
        foreach (var assignment in db.Entered<CourseAssignment>())
            await learned.Because(assignment, cause, LinkTypes.CausedBy, ct);
    }

    /// <summary>The courses that concern this company.</summary>
    public async Task<IReadOnlyList<CourseEntry>> Applicable(CancellationToken ct)
    {
        var flags = (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];
        return [.. knowledge.Courses.Where(c => c.Applies.Holds(flags))];
    }
}
