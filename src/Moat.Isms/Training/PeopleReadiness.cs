using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.People;
using Moat.Isms.People.Competence;
using Moat.Isms.People.Responsibilities;

namespace Moat.Isms.Training;

/// <summary>What readiness of clauses 7.2 and 7.3 is computed from.</summary>
public sealed record PeopleFacts
{
    /// <summary>Roles with a holder, those with a competence that says something.</summary>
    public required (int All, int Good) RolesWithNeeds { get; init; }

    /// <summary>For each competence of a role with a holder, the last proof about the holder, or null.</summary>
    public required IReadOnlyList<CompetenceProof?> Proofs { get; init; }

    /// <summary>Names of people who judged themselves.</summary>
    public required int JudgedThemselves { get; init; }

    /// <summary>Gaps that a person found closed: when they were noted and when they were closed.</summary>
    public required IReadOnlyList<(DateTime Noted, DateOnly ClosedOn)> Closed { get; init; }

    /// <summary>Who works here.</summary>
    public required IReadOnlySet<Guid> Working { get; init; }

    /// <summary>Assignments of the course for everyone.</summary>
    public required IReadOnlyList<CourseAssignment> ForEveryone { get; init; }

    /// <summary>
    /// Days on which a course was passed again or because of something that happened, a month or more after the first
    /// assignment.
    /// </summary>
    public required IReadOnlyList<DateOnly> Refreshed { get; init; }

    /// <summary>People who work here and have a valid pass.</summary>
    public required int Passed { get; init; }

    /// <summary>Competences that are shown.</summary>
    public int Shown => Proofs.Count(p => p is { Holds: true });
}

/// <summary>The rules about competence and awareness (clauses 7.2, 7.3).</summary>
public sealed class PeopleReadiness : ReadinessRules<PeopleFacts>
{
    private const string AwarenessCourse = "everyone";
    private const int Few = 3;
    private const int MostMissing = 10;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["competence.judge", "competence.check"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<PeopleFacts>> Rules { get; } =
    [
        new(
            "competence-defined",
            "at least three roles have a holder and each has a competence defined that says something",
            (f, a) =>
                Asked.Every(
                    f.RolesWithNeeds.Good,
                    f.RolesWithNeeds.All,
                    Few,
                    "held roles have the competence they need defined"
                )
        ),
        new(
            "competence-shown",
            "every competence of a held role was judged by another person and is shown, and the first judgement is at least 30 days old",
            Shown
        ),
        new(
            "competence-gaps-closed",
            "a person found a gap closed at least 30 days after it was noted, within the time asked",
            (f, a) =>
                a.Fresh(
                    f.Closed.Where(c => c.ClosedOn.WellAfter(c.Noted)).Max(c => (DateOnly?)c.ClosedOn),
                    "A gap was found closed",
                    $"No gap was found closed {Asked.DaysApart} days or more after it was noted"
                )
        ),
        new(
            "awareness-course",
            "everybody who works here has the course for everyone",
            (f, a) =>
                Asked.Every(
                    f.ForEveryone.Select(c => c.PersonId).Distinct().Count(f.Working.Contains),
                    f.Working.Count,
                    1,
                    "people who work here have the course for everyone"
                )
        ),
        new(
            "awareness-completed",
            "at least 90 % of those who work here and whose day for the course for everyone is over passed it and the pass is valid, and at least one did",
            Completed
        ),
        new(
            "awareness-refreshed",
            "a course was passed again, or because of something that happened, at least 30 days after it was first given and within the time asked",
            (f, a) =>
                a.Fresh(
                    f.Refreshed.Select(d => (DateOnly?)d).Max(),
                    "Training was refreshed",
                    "No course was passed again or because of something that happened"
                )
        ),
    ];

    /// <inheritdoc />
    protected override async Task<PeopleFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        var judged = acts.ByRef("competence.judge");
        var closed = acts.ByRef("competence.check");
        var needs = await db.Set<CompetenceNeed>()
            .AsNoTracking()
            .Where(n => n.Standing == Standing.Adopted)
            .ToListAsync(ct);
        var roles = await db.Set<RoleAssignment>()
            .AsNoTracking()
            .Where(r => r.Standing == Standing.Adopted && r.PersonId != null)
            .ToListAsync(ct);
        var proofs = (await db.Set<CompetenceProof>().AsNoTracking().OrderBy(p => p.Number).ToListAsync(ct))
            .Where(p => judged.Contains(p.Ref))
            .ToList();
        var names = await db.Set<Person>().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var assignments = await db.Set<CourseAssignment>().AsNoTracking().ToListAsync(ct);
        var working = (await Audiences.Working(db).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        var wanted = needs
            .SelectMany(
                n => roles.Where(r => r.Key == n.RoleKey),
                (n, r) => proofs.LastOrDefault(p => p.NeedId == n.Id && p.PersonId == r.PersonId)
            )
            .ToList();
        return new PeopleFacts
        {
            RolesWithNeeds = (
                roles.Count,
                roles.Count(r => needs.Any(n => n.RoleKey == r.Key && Substance.Says(n.What)))
            ),
            Proofs = wanted,
            JudgedThemselves = wanted.Count(p =>
                p is not null && judged[p.Ref].Any(a => a.By == names.GetValueOrDefault(p.PersonId))
            ),
            Closed =
            [
                .. proofs
                    .Where(p => p.Closed == true && closed.Contains(p.Ref))
                    .Select(p => (p.CreatedAt, closed[p.Ref].Last().On)),
            ],
            Working = working,
            ForEveryone =
            [
                .. assignments.Where(a => a.CourseId == AwarenessCourse && (a.EndedAt == null || a.PassedAt != null)),
            ],
            Refreshed = await RefreshedOf(db, assignments, ct),
            Passed = assignments
                .Where(a => a.CourseId == AwarenessCourse && a.PassedAt is not null && a.ValidUntil >= db.Today)
                .Select(a => a.PersonId)
                .Distinct()
                .Count(working.Contains),
        };
    }

    private static async Task<IReadOnlyList<DateOnly>> RefreshedOf(
        MoatDb db,
        List<CourseAssignment> assignments,
        CancellationToken ct
    )
    {
        var because = (
            await db
                .Links.Where(l => l.FromKind == "TRN" && l.Type == LinkTypes.CausedBy)
                .Select(l => l.FromId)
                .ToListAsync(ct)
        ).ToHashSet();
        var first = assignments.GroupBy(a => a.CourseId).ToDictionary(g => g.Key, g => g.Min(a => a.CreatedAt));
        return
        [
            .. assignments
                .Where(a =>
                    a.PassedAt is { } at
                    && at.Day().WellAfter(first[a.CourseId])
                    && (
                        because.Contains(a.Id)
                        || assignments.Any(e =>
                            e.PersonId == a.PersonId
                            && e.CourseId == a.CourseId
                            && e.Number < a.Number
                            && e.PassedAt is not null
                        )
                    )
                )
                .Select(a => a.PassedAt!.Value.Day()),
        ];
    }

    private static RuleResult Shown(PeopleFacts f, Asked asked)
    {
        var every = Asked.Every(f.Shown, f.Proofs.Count, Few, "competences of role holders are shown");
        if (!every.Holds)
            return every;
        if (f.JudgedThemselves > 0)
            return RuleResult.No($"{f.JudgedThemselves} competences were judged by the holders themselves");
        return asked.Today.WellAfter(f.Proofs.Min(p => p!.CreatedAt))
            ? every
            : RuleResult.No($"{every.Because}, but none longer than {Asked.DaysApart} days");
    }

    private static RuleResult Completed(PeopleFacts f, Asked asked)
    {
        var due = f
            .ForEveryone.Where(a => f.Working.Contains(a.PersonId) && a.DueOn < asked.Today)
            .GroupBy(a => a.PersonId)
            .ToList();
        if (due.Count == 0)
            return RuleResult.No("Nobody's day for the course for everyone is over yet");
        var passed = due.Count(g =>
            f.ForEveryone.Any(a => a.PersonId == g.Key && a.PassedAt is not null && a.ValidUntil >= asked.Today)
        );
        var because = $"{passed} of {due.Count} people whose day is over passed the course for everyone";
        return passed > 0 && 100 - 100 * passed / due.Count <= MostMissing
            ? RuleResult.Yes(because)
            : RuleResult.No(because);
    }
}
