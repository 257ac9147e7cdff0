using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.People;

/// <summary>The people who own records and do the work, with or without an account.</summary>
[Process(Name, Summary)]
public sealed class PeopleProcess(MoatDb db, PeopleDirectory people, Arrivals arrivals)
{
    internal const string Name = "people";
    internal const string Summary =
        "People who answer for assets, risks and controls, what they can, know and have confirmed (7.2, 7.3, A.6).";
    private static readonly Pager<Person> Pages = new();

    /// <summary>The people.</summary>
    [Query("list", Permission.ReadIsms, "List people")]
    public Task<Page<PersonView>> List(ListPeople input, CancellationToken ct)
    {
        var query = db.Set<Person>().AsQueryable();
        var today = db.Today;
        if (!input.Left)
            query = query.Where(p => p.LeftOn == null || p.LeftOn >= today);
        if (input.Department is { } department)
            query = query.Where(p => p.Department == department);
        var everyone = db.Set<Person>();
        return Pages.Page(
            db,
            query,
            input,
            p => new PersonView(
                "PER-" + p.Number,
                p.Version,
                p.Name,
                p.Email,
                p.Department,
                p.JobTitle,
                p.JoinedOn,
                p.LeftOn,
                everyone.Where(m => m.Id == p.ManagerId).Select(m => "PER-" + m.Number).FirstOrDefault(),
                everyone.Where(m => m.Id == p.ManagerId).Select(m => m.Name).FirstOrDefault()
            )
            {
                Logins = p.Logins,
            },
            ct
        );
    }

    /// <summary>One person with roles and tasks.</summary>
    [Query("get", Permission.ReadIsms, "Read a person: roles, and what is to be done about them")]
    public async Task<PersonDetail> Get(OneRecord input, CancellationToken ct)
    {
        var person = await db.One<Person>(input.Ref, ct);
        var manager = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == person.ManagerId, ct);
        var roles = await db.Set<RoleAssignment>()
            .Where(r => r.PersonId == person.Id)
            .OrderBy(r => r.Number)
            .Select(r => r.Title)
            .ToListAsync(ct);
        var steps = await (
            from task in db.Set<WorkItem>()
            where task.SubjectId == person.Id
            join owner in db.Set<Person>() on task.OwnerId equals owner.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby task.DueOn
            select new PersonStep(
                "TASK-" + task.Number,
                task.Version,
                task.Title,
                task.Why,
                owner == null ? null : owner.Name,
                task.DueOn,
                task.State,
                task.Outcome
            )
        ).ToListAsync(ct);
        return new PersonDetail(
            new PersonView(
                person.Ref,
                person.Version,
                person.Name,
                person.Email,
                person.Department,
                person.JobTitle,
                person.JoinedOn,
                person.LeftOn,
                manager?.Ref,
                manager?.Name
            )
            {
                Logins = person.Logins,
            },
            roles,
            steps
        );
    }

    /// <summary>Enters a person.</summary>
    [Operation("create", Permission.EditPeople, "Enter a person")]
    public async Task<Done> Create(CreatePerson input, CancellationToken ct)
    {
        if (await people.ByEmail(input.Email, ct) is { } known)
            throw new InputInvalid("email", $"{known.Ref} {known.Name} already has this e-mail.");
        var person = await people.Enter(input.Name, input.Email, ct);
        (person.Department, person.JobTitle, person.JoinedOn) = (input.Department, input.JobTitle, input.JoinedOn);
        person.ManagerId = await db.OwnerId(input.Manager, ct);
        if (input.Logins.Count > 0)
            await people.GiveLogins(person, input.Logins, ct);
        return new Done(person);
    }

    /// <summary>Changes a person, or says when they leave.</summary>
    [Operation("edit", Permission.EditPeople, "Change a person, or say when they leave")]
    public async Task<Done> Edit(EditPerson input, CancellationToken ct)
    {
        var person = await db.One<Person>(input, ct);
        person.Name = input.Name ?? person.Name;
        person.Department = input.Department ?? person.Department;
        person.JobTitle = input.JobTitle ?? person.JobTitle;
        person.JoinedOn = input.JoinedOn ?? person.JoinedOn;
        person.LeftOn = input.LeftOn ?? person.LeftOn;
        if (input.Manager is not null)
            person.ManagerId =
                (await db.OwnerId(input.Manager, ct)) is { } manager && manager != person.Id
                    ? manager
                    : throw new InputInvalid("manager", "Somebody else.");
        if (input.Logins is not null)
            await people.GiveLogins(person, input.Logins, ct);
        if (person.LeftOn < person.JoinedOn)
            throw new InputInvalid("leftOn", "The last day is before the first.");
        return new Done(person);
    }

    /// <summary>Opens the steps of a checklist as tasks of those whose roles they are.</summary>
    [Operation(
        "checklist",
        Permission.EditPeople,
        "Open the joiner's, mover's or leaver's checklist of a person as tasks"
    )]
    public async Task<Tally> Checklist(StartChecklist input, CancellationToken ct) =>
        new(await arrivals.Open(await db.One<Person>(input, ct), input.Checklist, input.On ?? db.Today, ct), []);
}
