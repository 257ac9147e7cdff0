using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People.Responsibilities;

/// <summary>Who top management is here (clause 5.1): the people to whom the company gave that role.</summary>
public sealed class TopManagement(MoatDb db)
{
    /// <summary>The key of the role.</summary>
    public const string Role = "top-management";

    /// <summary>The people who hold the role.</summary>
    public async Task<IReadOnlySet<Guid>> Holders(CancellationToken ct) => (await Held().ToListAsync(ct)).ToHashSet();

    /// <summary>Whether this person holds it.</summary>
    public async Task<bool> Holds(Guid? person, CancellationToken ct) =>
        person is { } id && await Held().ContainsAsync(id, ct);

    /// <summary>The first who holds it, to give tasks to.</summary>
    public async Task<Guid?> First(CancellationToken ct) =>
        (await Held().ToListAsync(ct)) is [var first, ..] ? first : null;

    private IQueryable<Guid> Held() =>
        db.Set<RoleAssignment>()
            .Where(r => r.Key == Role && r.Standing == Standing.Adopted && r.PersonId != null)
            .OrderBy(r => r.Number)
            .Select(r => r.PersonId!.Value);
}
