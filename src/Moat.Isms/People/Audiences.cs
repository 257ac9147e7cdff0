using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;

namespace Moat.Isms.People;

/// <summary>Whom a document or a course concerns: everyone, holders of roles, departments.</summary>
public sealed class Audiences(MoatDb db)
{
    /// <summary>Everybody who works here.</summary>
    public const string Everyone = "everyone";
    private const string OfRole = "role:";
    private const string OfDepartment = "department:";

    /// <summary>Whether it names somebody.</summary>
    public static bool IsKnown(string audience, KnowledgeBase knowledge) =>
        audience == Everyone
        || (
            audience.StartsWith(OfRole, StringComparison.Ordinal)
            && knowledge.RoleById.ContainsKey(audience[OfRole.Length..])
        )
        || (audience.StartsWith(OfDepartment, StringComparison.Ordinal) && audience.Length > OfDepartment.Length);

    /// <summary>As records keep it: the content names a role by its key alone.</summary>
    public static List<string> OfContent(IEnumerable<string> named) =>
        [.. named.Select(a => a == Everyone || a.Contains(':', StringComparison.Ordinal) ? a : OfRole + a)];

    /// <summary>Who works here today. An auditor from outside reads along and is bound by none of it.</summary>
    public static IQueryable<Person> Working(MoatDb db)
    {
        var today = db.Today;
        return db.Set<Person>()
            .Where(p =>
                (p.LeftOn == null || p.LeftOn >= today)
                && !db.Set<Membership>().Any(m => m.PersonId == p.Id && m.Role == Role.Auditor)
            );
    }

    /// <summary>The people it concerns who work here today.</summary>
    public async Task<IReadOnlyList<Person>> Of(IReadOnlyCollection<string> audience, CancellationToken ct)
    {
        if (audience.Count == 0)
            return [];
        var people = await Working(db).OrderBy(p => p.Number).ToListAsync(ct);
        if (audience.Contains(Everyone))
            return people;
        var roles = audience
            .Where(a => a.StartsWith(OfRole, StringComparison.Ordinal))
            .Select(a => a[OfRole.Length..])
            .ToList();
        var holders = (
            await db.Set<RoleAssignment>()
                .Where(r => roles.Contains(r.Key) && r.PersonId != null)
                .Select(r => r.PersonId!.Value)
                .ToListAsync(ct)
        ).ToHashSet();
        var departments = audience
            .Where(a => a.StartsWith(OfDepartment, StringComparison.Ordinal))
            .Select(a => a[OfDepartment.Length..])
            .ToList();
        return
        [
            .. people.Where(p =>
                holders.Contains(p.Id)
                || departments.Any(d => p.Department?.Contains(d, StringComparison.OrdinalIgnoreCase) == true)
            ),
        ];
    }
}
