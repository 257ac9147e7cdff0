using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Finds and enters people by e-mail, the key that joins a person with an account.</summary>
public sealed class PeopleDirectory(MoatDb db)
{
    /// <summary>How many accounts elsewhere a person may have.</summary>
    public const int MostLogins = 20;

    private const int LongestLogin = 200;

    /// <summary>The person with this e-mail, or none.</summary>
    public Task<Person?> ByEmail(string email, CancellationToken ct)
    {
        var folded = Fold(email);
        return db.Set<Person>().FirstOrDefaultAsync(p => p.Email == folded, ct);
    }

    /// <summary>Enters a person.</summary>
    public Task<Person> Enter(string name, string email, CancellationToken ct) =>
        db.Enter(new Person { Name = name, Email = Fold(email) }, ct);

    /// <summary>
    /// Says which accounts elsewhere are a person's, all of them. Throws <see cref="InputInvalid"/> for one that is
    /// somebody else's.
    /// </summary>
    public async Task GiveLogins(Person person, IEnumerable<string> logins, CancellationToken ct)
    {
        var given = logins
            .Select(l => l.Trim())
            .Where(l => l.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (given.FirstOrDefault(l => l.Length > LongestLogin) is { } tooLong)
            throw new InputInvalid("logins", $"'{tooLong.Cut(40)}' is longer than {LongestLogin} characters.");
        // Those whom this operation entered a moment ago are not stored yet.
        var others = (await db.Set<Person>().ToListAsync(ct))
            .Union(db.Set<Person>().Local)
            .Where(p => p.Id != person.Id)
            .ToList();
        foreach (var login in given)
            if (others.Find(p => Has(p, login)) is { } other)
                throw new InputInvalid(
                    "logins",
                    $"{login} is an account of {other.Ref} {other.Name}. Take it from them first."
                );
        person.Logins = given;
    }

    /// <summary>Whether an account of that name is the person's by its login or e-mail.</summary>
    public static bool Has(Person person, string login) =>
        person.Email.Equals(login, StringComparison.OrdinalIgnoreCase)
        || person.Logins.Contains(login, StringComparer.OrdinalIgnoreCase);

    /// <summary>The form in which e-mails are stored and compared.</summary>
    public static string Fold(string email) => email.Trim().ToLowerInvariant();
}
