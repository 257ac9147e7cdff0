using Microsoft.EntityFrameworkCore;
using Moat.Isms.Communication;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Looks;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Reviews;

namespace Moat.Isms.Leadership;

/// <summary>What readiness of clauses 5.1, 5.3 and 7.1 is computed from.</summary>
public sealed record LeadershipFacts
{
    /// <summary>Commitments that a person recorded, the oldest first.</summary>
    public required IReadOnlyList<Commitment> Commitments { get; init; }

    /// <summary>Adopted roles.</summary>
    public required IReadOnlyList<RoleAssignment> Roles { get; init; }

    /// <summary>Who works here.</summary>
    public required IReadOnlySet<Guid> Working { get; init; }

    /// <summary>When a person looked at each role.</summary>
    public required ILookup<string, DateOnly> Looked { get; init; }

    /// <summary>
    /// When top management got a report on how the ISMS does, from frozen figures or as a message that was kept.
    /// </summary>
    public required IReadOnlyList<DateOnly> Reported { get; init; }

    /// <summary>Adopted roles that somebody who works here holds.</summary>
    public int Held => Roles.Count(r => r.PersonId is { } person && Working.Contains(person));
}

/// <summary>The rules about leadership, roles and resources (clauses 5.1, 5.3, 7.1).</summary>
public sealed class LeadershipReadiness : ReadinessRules<LeadershipFacts>
{
    private const string Top = "top-management";
    private const int FewestRoles = 3;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        ["leadership.commit", "roles.assign", "communication.send", "reviews.hold"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<LeadershipFacts>> Rules { get; } =
    [
        new(
            "commitment-recorded",
            "a signed-in person recorded a commitment of management within the time asked, in words that say what it wants",
            (f, a) =>
                a.Fresh(
                    f.Commitments.Where(c => Substance.Says(c.Statement, 6)).Max(c => (DateOnly?)c.GivenOn),
                    "Management committed itself",
                    "No person recorded a commitment that says what management wants"
                )
        ),
        new(
            "resources-decided",
            "a commitment recorded by a person within the time asked gives working days",
            (f, a) =>
                a.Fresh(
                    f.Commitments.Where(c => c.Days > 0).Max(c => (DateOnly?)c.GivenOn),
                    "Working days were decided",
                    "No person recorded how many working days security gets"
                )
        ),
        new(
            "resources-reviewed",
            "resources were decided again by a person at least 30 days after the first time, within the time asked",
            Again
        ),
        new(
            "roles-assigned",
            "at least three roles are adopted, each says its duties and is held by somebody who works here, and at least two people hold them",
            Assigned
        ),
        new(
            "roles-reviewed",
            "a person looked at every adopted role, or gave it to somebody else, at least 30 days after it was entered and within the time asked",
            Reviewed
        ),
        new(
            "performance-reported",
            "top management got a report on how the ISMS does, in a review on frozen figures that its holder attended or by a message to it that was kept, on two days at least 30 days apart",
            (f, a) => a.OverTime(f.Reported, "Reports to top management on how the ISMS does")
        ),
    ];

    /// <inheritdoc />
    protected override async Task<LeadershipFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        var byPerson = acts.ByRef("leadership.commit");
        var roles = await db.Set<RoleAssignment>()
            .AsNoTracking()
            .Where(r => r.Standing == Standing.Adopted)
            .ToListAsync(ct);
        return new LeadershipFacts
        {
            Commitments =
            [
                .. (await db.Set<Commitment>().AsNoTracking().OrderBy(c => c.Number).ToListAsync(ct)).Where(c =>
                    byPerson.Contains(c.Ref)
                ),
            ],
            Roles = roles,
            Working = (await Audiences.Working(db).Select(p => p.Id).ToListAsync(ct)).ToHashSet(),
            Looked = await LookDays.Read(source, "ROLE", ["roles.assign"], ct),
            Reported = await ReportsTo(source, roles.FirstOrDefault(r => r.Key == Top)?.PersonId, ct),
        };
    }

    private static async Task<IReadOnlyList<DateOnly>> ReportsTo(RuleSource source, Guid? top, CancellationToken ct)
    {
        if (top is not { } holder)
            return [];
        var (db, acts) = (source.Db, source.Acts);
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == holder, ct);
        var held = acts.ByRef("reviews.hold");
        var reviews = (await db.Set<ManagementReview>().AsNoTracking().Where(r => r.HeldOn != null).ToListAsync(ct))
            .Where(r =>
                held.Contains(r.Ref)
                && (r.ChairId == holder || r.Attended.Any(a => a == person.Ref || a == person.Name))
            )
            .Select(r => held[r.Ref].First().On);
        var sent = acts.ByRef("communication.send");
        var messages = (await db.Set<CommunicationSent>().AsNoTracking().ToListAsync(ct))
            .Where(s =>
                sent.Contains(s.Ref)
                && Substance.Says(s.What)
                && (
                    s.ToWhom.Contains("management", StringComparison.OrdinalIgnoreCase)
                    || s.ToWhom.Contains(person.Name, StringComparison.OrdinalIgnoreCase)
                )
            )
            .Select(s => sent[s.Ref].First().On);
        return [.. reviews.Concat(messages)];
    }

    private static RuleResult Again(LeadershipFacts f, Asked asked)
    {
        var decided = f.Commitments.Where(c => c.Days > 0).ToList();
        if (decided.Count == 0)
            return RuleResult.No("Nobody decided resources yet");
        return asked.Fresh(
            decided
                .Skip(1)
                .Where(c => c.CreatedAt.Day().WellAfter(decided[0].CreatedAt))
                .Max(c => (DateOnly?)c.GivenOn),
            "Resources were decided again",
            "Resources were decided once and never looked at again"
        );
    }

    private static RuleResult Assigned(LeadershipFacts f, Asked asked)
    {
        if (f.Roles.FirstOrDefault(r => !Substance.Says(r.Duties)) is { } silent)
            return RuleResult.No($"{silent.Ref} does not say its duties");
        var every = Asked.Every(
            f.Held,
            f.Roles.Count,
            FewestRoles,
            "adopted roles are held by somebody who works here"
        );
        if (!every.Holds)
            return every;
        return f.Roles.Select(r => r.PersonId).Distinct().Count() < 2
            ? RuleResult.No($"All {f.Roles.Count} roles are held by one person, so nobody checks anybody")
            : every;
    }

    private static RuleResult Reviewed(LeadershipFacts f, Asked asked)
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        return Asked.Every(
            f.Roles.Count(r => f.Looked[r.Ref].Any(on => on.WellAfter(r.CreatedAt) && on >= since)),
            f.Roles.Count,
            FewestRoles,
            $"adopted roles were looked at again by a person at least {Asked.DaysApart} days after they were entered"
        );
    }
}
