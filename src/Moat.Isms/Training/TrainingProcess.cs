using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Training;

/// <summary>Courses, who has to pass which, and who did (clauses 7.2 and 7.3, A.6.3).</summary>
[Process(Name, Summary)]
public sealed class TrainingProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    CourseRules rules,
    RecordFinder records,
    IBlobStore blobs
)
{
    internal const string Name = "training";
    internal const string Summary =
        "Courses written for people who build AI: assigned by rule, passed by quiz, refreshed in time (7.2, 7.3).";
    private static readonly Pager<CourseAssignment> Pages = new(new SortKey<CourseAssignment>("due", a => a.DueOn));

    /// <summary>The courses with how many have to pass them and did.</summary>
    [Query("courses", Permission.Work, "List the courses, with how many have passed and how many have it open")]
    public async Task<IReadOnlyList<CourseRow>> Courses(Nothing input, CancellationToken ct)
    {
        var today = db.Today;
        var counts = await db.Set<CourseAssignment>()
            .Where(a => a.EndedAt == null)
            .GroupBy(a => a.CourseId)
            .Select(g => new
            {
                g.Key,
                Open = g.Count(a => a.PassedAt == null),
                Valid = g.Count(a => a.PassedAt != null && a.ValidUntil >= today),
                Late = g.Count(a => a.PassedAt == null && a.DueOn < today),
            })
            .ToDictionaryAsync(g => g.Key, ct);
        return
        [
            .. (await rules.Applicable(ct)).Select(c =>
            {
                var count = counts.GetValueOrDefault(c.Id);
                return new CourseRow(
                    c.Id,
                    c.Title,
                    c.Minutes,
                    c.PassMark,
                    c.RefreshDays,
                    c.Audience,
                    c.Outcome,
                    c.Lessons.Count,
                    count?.Open ?? 0,
                    count?.Valid ?? 0,
                    count?.Late ?? 0
                );
            }),
        ];
    }

    /// <summary>A course's lessons. The questions come with an attempt.</summary>
    [Query("course", Permission.Work, "Read the lessons of a course")]
    public Task<CourseView> Course(ChooseCourse input, CancellationToken ct)
    {
        var course = Find(input.Course);
        return Task.FromResult(
            new CourseView(
                course.Id,
                course.Title,
                course.Minutes,
                course.PassMark,
                course.Asked,
                course.RefreshDays,
                course.Outcome,
                course.IntroHtml,
                course.Lessons
            )
        );
    }

    /// <summary>Who has to pass what, and who did. Members see their own.</summary>
    [Query("list", Permission.Work, "List course assignments; members see their own")]
    public async Task<Page<AssignmentView>> List(ListAssignments input, CancellationToken ct)
    {
        var query = db.Set<CourseAssignment>().Where(a => a.EndedAt == null);
        var me = caller.Value.PersonId;
        if (input.Mine || !caller.Value.May(Permission.ReadIsms))
            query = query.Where(a => a.PersonId == me);
        if (input.Course is { } course)
            query = query.Where(a => a.CourseId == course);
        if (input.Passed is { } passed)
            query = query.Where(a => a.PassedAt != null == passed);
        if (input.Person is { } reference)
        {
            var id = (await db.One<Person>(reference, ct)).Id;
            query = query.Where(a => a.PersonId == id);
        }
        var people = db.Set<Person>();
        return await Pages.Page(
            db,
            query,
            input,
            a => new AssignmentView(
                "TRN-" + a.Number,
                a.CourseId,
                a.Title,
                people.Where(p => p.Id == a.PersonId).Select(p => "PER-" + p.Number).First(),
                people.Where(p => p.Id == a.PersonId).Select(p => p.Name).First(),
                a.Why,
                a.DueOn,
                a.PassedAt,
                a.Score,
                a.ValidUntil
            ),
            ct
        );
    }

    /// <summary>One of one's own assignments.</summary>
    [Query("mine", Permission.Work, "Read one of your course assignments")]
    public async Task<AssignmentView> Mine(OneRecord input, CancellationToken ct)
    {
        var assignment = await db.One<CourseAssignment>(input.Ref, ct);
        var me = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == caller.Value.PersonId, ct);
        if (me is null || assignment.PersonId != me.Id)
            throw new NotFound(input.Ref);
        return new AssignmentView(
            assignment.Ref,
            assignment.CourseId,
            assignment.Title,
            me.Ref,
            me.Name,
            assignment.Why,
            assignment.DueOn,
            assignment.PassedAt,
            assignment.Score,
            assignment.ValidUntil
        );
    }

    /// <summary>Assigns what the rules call for.</summary>
    [Operation(
        "assign-by-rules",
        Permission.EditTraining,
        "Assign every course that roles and departments call for, and refresh what runs out"
    )]
    public async Task<Tally> AssignByRules(Nothing input, CancellationToken ct) => new(await rules.AssignAll(ct), []);

    /// <summary>
    /// Keeps up what somebody began: newcomers, changed roles, passes that run out. Before the first assignment it does
    /// nothing.
    /// </summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditTraining,
            "Assign what the rules call for by now, once training has begun; done daily by the server"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct) =>
        new(await db.Set<CourseAssignment>().AnyAsync(ct) ? await rules.AssignAll(ct) : 0, []);

    /// <summary>Assigns a course to people, because of a new policy, an incident's lesson or a person's wish.</summary>
    [Operation(
        "assign",
        Permission.EditTraining,
        "Assign a course to people, with the reason and the record behind it"
    )]
    public async Task<Tally> Assign(AssignCourse input, CancellationToken ct)
    {
        var course = Find(input.Course);
        var people = new List<Person>();
        foreach (var reference in input.People)
            people.Add(await db.One<Person>(reference, ct));
        var count = await rules.Assign(course, people, input.Reason, input.Days, again: true, ct);
        if (input.Because is not { } because)
            return new Tally(count, []);
        await rules.CausedBy(await records.One(because, ct), ct);
        return new Tally(count, []);
    }

    /// <summary>Records training that somebody had elsewhere, with its certificate.</summary>
    [Operation(
        "record-external",
        Permission.EditTraining,
        "Record training that somebody had elsewhere, with the certificate"
    )]
    public async Task<Done> RecordExternal(RecordExternalTraining input, CancellationToken ct)
    {
        if (input.On > db.Today)
            throw new InputInvalid("on", "It is not over yet.");
        if (input.ValidUntil < input.On)
            throw new InputInvalid("validUntil", "It ends before it was held.");
        var person = await db.One<Person>(input.Person, ct);
        var sha256 = await blobs.Put(caller.OrganizationId, input.File, ct);
        return new Done(
            await db.Enter(
                new ExternalTraining
                {
                    PersonId = person.Id,
                    Title = input.Title,
                    Provider = input.Provider,
                    On = input.On,
                    ValidUntil = input.ValidUntil,
                    FileName = input.File?.Name,
                    FileSha256 = sha256,
                },
                ct
            )
        );
    }

    /// <summary>Training that people had elsewhere.</summary>
    [Query("external", Permission.ReadIsms, "List training that people had elsewhere")]
    public async Task<IReadOnlyList<ExternalTrainingView>> External(Nothing input, CancellationToken ct) =>
        await (
            from training in db.Set<ExternalTraining>()
            join person in db.Set<Person>() on training.PersonId equals person.Id
            orderby training.Number descending
            select new ExternalTrainingView(
                "EXT-" + training.Number,
                "PER-" + person.Number,
                person.Name,
                training.Title,
                training.Provider,
                training.On,
                training.ValidUntil,
                training.FileName,
                training.FileSha256
            )
        )
            .Take(500)
            .ToListAsync(ct);

    private CourseEntry Find(string id) =>
        knowledge.CourseById.TryGetValue(id, out var course) ? course : throw new NotFound($"course {id}");
}
