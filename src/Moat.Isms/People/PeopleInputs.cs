using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.People;

/// <summary>Which people to list.</summary>
public sealed record ListPeople : ListInput
{
    /// <summary>Whether those who left are shown as well.</summary>
    public bool Left { get; init; }

    /// <summary>Only this department.</summary>
    [MaxLength(100)]
    public string? Department { get; init; }
}

/// <summary>A person as people read it.</summary>
public sealed record PersonView(
    string Ref,
    int Version,
    string Name,
    string Email,
    string? Department,
    string? JobTitle,
    DateOnly? JoinedOn,
    DateOnly? LeftOn,
    string? ManagerRef,
    string? Manager
)
{
    /// <summary>Names of their accounts elsewhere.</summary>
    public IReadOnlyList<string> Logins { get; init; } = [];
}

/// <summary>A step of a checklist.</summary>
public sealed record PersonStep(
    string Ref,
    int Version,
    string Title,
    string Why,
    string? Owner,
    DateOnly DueOn,
    WorkState State,
    string? Outcome
);

/// <summary>A person with roles and the steps of checklists.</summary>
public sealed record PersonDetail(PersonView Person, IReadOnlyList<string> Roles, IReadOnlyList<PersonStep> Steps);

/// <summary>Somebody who works for the company.</summary>
public sealed record CreatePerson
{
    /// <summary>Full name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>Work e-mail.</summary>
    [EmailAddress, MaxLength(254)]
    public required string Email { get; init; }

    /// <summary>Department.</summary>
    [MaxLength(100)]
    public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)]
    public string? JobTitle { get; init; }

    /// <summary>To whom they report, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Manager { get; init; }

    /// <summary>First working day.</summary>
    public DateOnly? JoinedOn { get; init; }

    /// <summary>Names of their accounts elsewhere, such as a login at a code forge.</summary>
    [MaxLength(PeopleDirectory.MostLogins)]
    public List<string> Logins { get; init; } = [];
}

/// <summary>Changes to a person; what is left out stays.</summary>
public sealed record EditPerson : ChangeRecord
{
    /// <summary>Full name.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>Department.</summary>
    [MaxLength(100)]
    public string? Department { get; init; }

    /// <summary>Job title.</summary>
    [MaxLength(200)]
    public string? JobTitle { get; init; }

    /// <summary>To whom they report.</summary>
    [MaxLength(80)]
    public string? Manager { get; init; }

    /// <summary>First working day.</summary>
    public DateOnly? JoinedOn { get; init; }

    /// <summary>Last working day.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Names of all their accounts elsewhere, such as a login at a code forge.</summary>
    [MaxLength(PeopleDirectory.MostLogins)]
    public List<string>? Logins { get; init; }
}

/// <summary>A checklist for a person.</summary>
public sealed record StartChecklist : ChangeRecord
{
    /// <summary>joiner, mover or leaver.</summary>
    [RegularExpression("joiner|mover|leaver", ErrorMessage = "One of joiner, mover, leaver."), MaxLength(20)]
    public required string Checklist { get; init; }

    /// <summary>The first, changed or last working day; today when left out.</summary>
    public DateOnly? On { get; init; }
}
