using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Says whose an account elsewhere is: none belongs to two.</summary>
/// <param name="everybody">Who may have one.</param>
internal sealed class LoginBook(IReadOnlyList<Person> everybody)
{
    private const int LongestLogin = 200;

    /// <summary>Who may have one.</summary>
    public IReadOnlyList<Person> Everybody => everybody;

    /// <summary>
    /// Says which accounts elsewhere are a person's, all of them. Throws <see cref="InputInvalid"/> for one that is
    /// somebody else's.
    /// </summary>
    public void Give(Person person, IEnumerable<string> logins)
    {
        var given = logins
            .Select(l => l.Trim())
            .Where(l => l.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (given.FirstOrDefault(l => l.Length > LongestLogin) is { } tooLong)
            throw new InputInvalid("logins", $"'{tooLong.Cut(40)}' is longer than {LongestLogin} characters.");
        foreach (var login in given)
            if (everybody.FirstOrDefault(p => p.Id != person.Id && PeopleDirectory.Has(p, login)) is { } other)
                throw new InputInvalid(
                    "logins",
                    $"{login} is an account of {other.Ref} {other.Name}. Take it from them first."
                );
        person.Logins = given;
    }
}
