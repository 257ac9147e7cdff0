using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;

namespace Moat.Isms.Reviews;

/// <summary>Who takes part in reviews, and who of them is top management.</summary>
public sealed class ReviewParticipants(MoatDb db, TopManagement top)
{
    /// <summary>The people whose presence makes it a management review.</summary>
    public Task<IReadOnlySet<Guid>> Top(CancellationToken ct) => top.Holders(ct);

    /// <summary>Those who are invited when nobody says otherwise: top management and who runs the ISMS.</summary>
    public async Task<List<string>> Usual(CancellationToken ct) =>
        [
            .. (
                await db.Set<Person>()
                    .Where(p =>
                        db.Set<RoleAssignment>()
                            .Any(r =>
                                r.PersonId == p.Id
                                && r.Standing == Standing.Adopted
                                && (r.Key == TopManagement.Role || r.Key == "isms-manager")
                            )
                    )
                    .OrderBy(p => p.Number)
                    .ToListAsync(ct)
            ).Select(p => p.Ref),
        ];

    /// <summary>People by reference, in order, once each. Throws <see cref="InputInvalid"/>.</summary>
    public async Task<IReadOnlyList<Person>> People(string field, IEnumerable<string> references, CancellationToken ct)
    {
        var people = new List<Person>();
        foreach (var reference in references.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (
                RecordKind.Parse(reference) is not { Kind.Prefix: "PER", Number: var number }
                || await db.Set<Person>().FirstOrDefaultAsync(p => p.Number == number, ct) is not { } person
            )
                throw new InputInvalid(field, $"There is no person {reference}.");
            people.Add(person);
        }
        return people;
    }

    /// <summary>People as a review shows them.</summary>
    public async Task<IReadOnlyList<ReviewPerson>> Shown(IEnumerable<string> references, CancellationToken ct)
    {
        var top = await Top(ct);
        return
        [
            .. (await People("invited", references, ct)).Select(p => new ReviewPerson(
                p.Ref,
                p.Name,
                p.JobTitle,
                top.Contains(p.Id)
            )),
        ];
    }
}
