using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Finds and enters people by e-mail, the key that joins a person with an account.</summary>
public sealed class PeopleDirectory(MoatDb db)
{
    /// <summary>How many accounts elsewhere a person may have.</summary>
    public const int MostLogins = 20;

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
    public async Task GiveLogins(Person person, IEnumerable<string> logins, CancellationToken ct) =>
        (await Everybody(ct)).Give(person, logins);

    /// <summary>Everybody as the running operation left them, to say of many what their accounts are.</summary>
    internal async Task<LoginBook> Everybody(CancellationToken ct)
    {
        await db.Flush(ct);
        return new LoginBook(await db.Set<Person>().ToListAsync(ct));
    }

    /// <summary>Whether an account of that name is the person's by its login or e-mail.</summary>
    public static bool Has(Person person, string login) =>
        person.Email.Equals(login, StringComparison.OrdinalIgnoreCase)
        || person.Logins.Contains(login, StringComparer.OrdinalIgnoreCase);

    /// <summary>The form in which e-mails are stored and compared.</summary>
    public static string Fold(string email) => email.Trim().ToLowerInvariant();
}
