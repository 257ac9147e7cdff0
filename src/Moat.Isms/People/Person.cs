using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Somebody who works for the company; may own records without having an account.</summary>
[RecordKind("PER", "people", Page = "people/{ref}", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class Person : Referenced
{
    /// <summary>Full name.</summary>
    public required string Name { get; set; }

    /// <summary>Work e-mail, lower case; joins a person with an account.</summary>
    public required string Email { get; set; }

    /// <summary>
    /// Names of their accounts elsewhere, such as a login at a code forge; by them an access review knows whose account
    /// it is.
    /// </summary>
    [AddedLater("\"[]\"")]
    public List<string> Logins { get; set; } = [];

    /// <summary>Department.</summary>
    public string? Department { get; set; }

    /// <summary>Job title.</summary>
    public string? JobTitle { get; set; }

    /// <summary>To whom they report.</summary>
    public Guid? ManagerId { get; set; }

    /// <summary>First working day.</summary>
    public DateOnly? JoinedOn { get; set; }

    /// <summary>Last working day, once it is known.</summary>
    public DateOnly? LeftOn { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords =>
        $"{Name} {Email} {Department} {JobTitle} {string.Join(' ', Logins)}";
}
