using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.People.Responsibilities;

namespace Moat.Isms.Leadership;

/// <summary>What should flow from leadership to roles (5.3).</summary>
internal sealed class LeadershipFlowRules : IFlowRules
{
    private const int DaysToFill = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "role-open",
            "leadership",
            "roles",
            "ROLE",
            "A role is given to somebody within a month",
            "Name who holds it",
            (db, day) =>
                db.Set<RoleAssignment>()
                    .Where(r =>
                        r.Standing == Standing.Adopted && r.PersonId == null && r.CreatedAt < day.Ago(DaysToFill)
                    )
                    .Select(r => new Broken
                    {
                        Number = r.Number,
                        Title = r.Title,
                        At = r.CreatedAt,
                    })
        ),
    ];
}
