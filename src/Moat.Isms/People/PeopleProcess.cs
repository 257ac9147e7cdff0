using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Which people to list.</summary>
public sealed record ListPeople : ListInput
{
    /// <summary>Whether those who left are shown as well.</summary>
    public bool Left { get; init; }
}

/// <summary>A person as people read it.</summary>
public sealed record PersonView(string Ref, int Version, string Name, string Email, string? Department, string? JobTitle, DateOnly? LeftOn);

/// <summary>Somebody who works for the company.</summary>
public sealed record CreatePerson
{
    /// <summary>Full name.</summary>
    [MinLength(2), MaxLength(200)] public required string Name { get; init; }

    /// <summary>Work e-mail.</summary>
    [EmailAddress, MaxLength(254)] public required string Email { get; init; }

    /// <summary>Department.</summary>
    [MaxLength(100)] public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)] public string? JobTitle { get; init; }
}

/// <summary>Changes to a person; what is left out stays.</summary>
public sealed record EditPerson : ChangeRecord
{
    /// <summary>Full name.</summary>
    [MinLength(2), MaxLength(200)] public string? Name { get; init; }

    /// <summary>Department.</summary>
    [MaxLength(100)] public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)] public string? JobTitle { get; init; }

    /// <summary>Last working day.</summary>
    public DateOnly? LeftOn { get; init; }
}

/// <summary>The people who own records and do the work, with or without an account.</summary>
[Process("people", "People who answer for assets, risks and controls, with or without an account.")]
public sealed class PeopleProcess(MoatDb db, PeopleDirectory people)
{
    private static readonly Pager<Person> Pages = new();

    /// <summary>The people.</summary>
    [Query("list", Permission.ReadIsms, "List people")]
    public Task<Page<PersonView>> List(ListPeople input, CancellationToken ct)
    {
        var query = db.Set<Person>().AsQueryable();
        if (!input.Left) query = query.Where(p => p.LeftOn == null);
        return Pages.Page(
            db, query, input, p => new PersonView("PER-" + p.Number, p.Version, p.Name, p.Email, p.Department, p.JobTitle, p.LeftOn), ct);
    }

    /// <summary>Enters a person.</summary>
    [Operation("create", Permission.EditPeople, "Enter a person")]
    public async Task<Done> Create(CreatePerson input, CancellationToken ct)
    {
        if (await people.ByEmail(input.Email, ct) is { } known)
            throw new InputInvalid("email", $"{known.Ref} {known.Name} already has this e-mail.");
        var person = await people.Enter(input.Name, input.Email, ct);
        (person.Department, person.JobTitle) = (input.Department, input.JobTitle);
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
        person.LeftOn = input.LeftOn ?? person.LeftOn;
        return new Done(person);
    }
}
