using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// Whose an account is, as the people register knows it: by a login that was said to be theirs, else by e-mail, its
/// local part or the full name.
/// </summary>
public sealed class KnownAccounts
{
    private readonly Dictionary<string, Guid> _byName = new(StringComparer.OrdinalIgnoreCase);

    private KnownAccounts(IReadOnlyList<Person> people)
    {
        // What a person said comes before what is only likely.
        foreach (
            var names in (Func<Person, IEnumerable<string>>[])
                [p => p.Logins, p => [p.Email], p => [p.Email.Split('@')[0]], p => [p.Name]]
        )
        foreach (var person in people)
        foreach (var name in names(person))
            _byName.TryAdd(name, person.Id);
    }

    /// <summary>Reads the register.</summary>
    public static async Task<KnownAccounts> Read(MoatDb db, CancellationToken ct) =>
        new(await db.Set<Person>().OrderBy(p => p.Number).ToListAsync(ct));

    /// <summary>The person behind an account; null when nobody is known.</summary>
    public Guid? Behind(string principal) => _byName.TryGetValue(principal, out var person) ? person : null;
}
