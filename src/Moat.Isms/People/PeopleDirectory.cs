using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>Finds and enters people by e-mail, the key that joins a person with an account.</summary>
public sealed class PeopleDirectory(MoatDb db)
{
    /// <summary>The person with this e-mail, or none.</summary>
    public Task<Person?> ByEmail(string email, CancellationToken ct)
    {
        var folded = Fold(email);
        return db.Set<Person>().FirstOrDefaultAsync(p => p.Email == folded, ct);
    }

    /// <summary>Enters a person.</summary>
    public Task<Person> Enter(string name, string email, CancellationToken ct) =>
        db.Enter(new Person { Name = name, Email = Fold(email) }, ct);

    /// <summary>The form in which e-mails are stored and compared.</summary>
    public static string Fold(string email) => email.Trim().ToLowerInvariant();
}
