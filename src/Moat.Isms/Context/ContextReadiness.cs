using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Looks;

namespace Moat.Isms.Context;

/// <summary>What readiness of clauses 4.1 to 4.3 is computed from.</summary>
public sealed record ContextFacts
{
    /// <summary>When the interview was completed.</summary>
    public required DateTime? ProfileCompleted { get; init; }

    /// <summary>Whether a person answered in it.</summary>
    public required bool Answered { get; init; }

    /// <summary>Adopted issues.</summary>
    public required IReadOnlyList<ContextIssue> Issues { get; init; }

    /// <summary>Adopted interested parties.</summary>
    public required IReadOnlyList<InterestedParty> Parties { get; init; }

    /// <summary>Adopted obligations.</summary>
    public required IReadOnlyList<Obligation> Obligations { get; init; }

    /// <summary>Scopes that were approved once, the oldest first.</summary>
    public required IReadOnlyList<Scope> Scopes { get; init; }

    /// <summary>The references of scopes that a person approved.</summary>
    public required IReadOnlySet<string> ApprovedByPerson { get; init; }

    /// <summary>Codes of adopted controls with an owner.</summary>
    public required IReadOnlySet<string> Carried { get; init; }

    /// <summary>When a person decided about proposals or entered records of the context.</summary>
    public required bool Decided { get; init; }

    /// <summary>When a person looked at each scope, issue, party and obligation.</summary>
    public required ILookup<string, DateOnly> Looked { get; init; }

    /// <summary>The scope in force.</summary>
    public Scope? InForce => Scopes.LastOrDefault(s => s.State == ApprovalState.Approved);
}

/// <summary>The rules about the company's context (clauses 4.1 to 4.3).</summary>
public sealed class ContextReadiness : ReadinessRules<ContextFacts>
{
    private const int FewestOfASide = 2;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        [
            "interview.answer",
            "draft.adopt",
            "issues.create",
            "issues.edit",
            "parties.create",
            "parties.edit",
            "obligations.create",
            "obligations.edit",
            "scope.approve",
        ];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ContextFacts>> Rules { get; } =
    [
        new(
            "profile-complete",
            "a person answered the interview and completed it within the time asked",
            (f, a) =>
                f.Answered
                    ? a.Fresh(f.ProfileCompleted, "The interview was completed", "The interview is not complete")
                    : RuleResult.No("No person answered the interview")
        ),
        new(
            "issues-adopted",
            "at least two internal and two external issues are adopted by a person, each with an effect on security of its own wording",
            Issues
        ),
        new("climate-decided", "a person decided whether climate change is an issue and a sentence says why", Climate),
        new(
            "parties-adopted",
            "at least two interested parties are adopted by a person, each with needs and an answer that say something",
            Parties
        ),
        new(
            "obligations-adopted",
            "each adopted obligation says what it asks, is carried by a control with an owner, and a person looked at it again at least 30 days after it was entered and within the time asked",
            Obligations
        ),
        new("scope-approved", "a person approved a scope whose statement and boundaries say something", Approved),
        new(
            "scope-reviewed",
            "at least 30 days after its first approval and within the time asked a person confirmed the scope with a reason, or approved a version with other words",
            Reviewed
        ),
        new(
            "context-reviewed",
            "at least 30 days after they were entered and within the time asked a person looked at every adopted issue again",
            (f, a) => Again(f, a, [.. f.Issues], "issues", "issue")
        ),
        new(
            "parties-reviewed",
            "at least 30 days after they were entered and within the time asked a person looked at every adopted party again",
            (f, a) => Again(f, a, [.. f.Parties], "interested parties", "interested party")
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ContextFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        return new ContextFacts
        {
            ProfileCompleted = await db.Set<CompanyProfile>().Select(p => p.CompletedAt).FirstOrDefaultAsync(ct),
            Answered = acts.Any("interview.answer"),
            Issues = await db.Set<ContextIssue>()
                .AsNoTracking()
                .Where(i => i.Standing == Standing.Adopted)
                .ToListAsync(ct),
            Parties = await db.Set<InterestedParty>()
                .AsNoTracking()
                .Where(p => p.Standing == Standing.Adopted)
                .ToListAsync(ct),
            Obligations = await db.Set<Obligation>()
                .AsNoTracking()
                .Where(o => o.Standing == Standing.Adopted)
                .OrderBy(o => o.Number)
                .ToListAsync(ct),
            Scopes = await db.Set<Scope>()
                .AsNoTracking()
                .Where(s => s.ApprovedAt != null)
                .OrderBy(s => s.ApprovedAt)
                .ToListAsync(ct),
            ApprovedByPerson = acts.ByRef("scope.approve").Select(g => g.Key).ToHashSet(),
            Carried = (
                await db.Set<Control>()
                    .Where(c => c.Standing == Standing.Adopted && c.OwnerId != null)
                    .Select(c => c.Code)
                    .ToListAsync(ct)
            ).ToHashSet(),
            Decided = acts.Any("draft.adopt", "issues.create", "issues.edit", "parties.create", "parties.edit"),
            Looked = await Looks(source, ct),
        };
    }

    private static async Task<ILookup<string, DateOnly>> Looks(RuleSource source, CancellationToken ct)
    {
        var all = new List<(string Ref, DateOnly On)>();
        foreach (
            var (prefix, operations) in new (string, string[])[]
            {
                ("SCP", []),
                ("ISS", ["issues.edit"]),
                ("PTY", ["parties.edit"]),
                ("OBL", ["obligations.edit"]),
            }
        )
            all.AddRange(
                (await LookDays.Read(source, prefix, operations, ct)).SelectMany(g => g, (g, on) => (g.Key, on))
            );
        return all.ToLookup(x => x.Ref, x => x.On);
    }

    private static RuleResult Issues(ContextFacts f, Asked asked)
    {
        var sides = f.Issues.CountBy(i => i.Side).ToDictionary(s => s.Key, s => s.Value);
        if (!f.Decided)
            return RuleResult.No("No person decided about issues");
        if (
            sides.GetValueOrDefault(IssueSide.Internal) < FewestOfASide
            || sides.GetValueOrDefault(IssueSide.External) < FewestOfASide
        )
            return RuleResult.No(
                $"{sides.GetValueOrDefault(IssueSide.Internal)} internal and {sides.GetValueOrDefault(IssueSide.External)} external issues are adopted; at least {FewestOfASide} of each"
            );
        return Asked.Every(
            Substance.Saying(f.Issues.Select(i => i.Effect)),
            f.Issues.Count,
            1,
            "adopted issues say how they touch security"
        );
    }

    private static RuleResult Climate(ContextFacts f, Asked asked) =>
        f.Issues.FirstOrDefault(i => i is { IsClimate: true, Relevant: not null }) switch
        {
            null => RuleResult.No("Nobody decided whether climate change is relevant"),
            var issue when !Substance.Says(issue.Effect) => RuleResult.No(
                $"{issue.Ref} decides about climate change without a sentence why"
            ),
            var issue => RuleResult.Yes(
                $"{issue.Ref}: climate change is {(issue.Relevant == true ? "relevant" : "not relevant")}"
            ),
        };

    private static RuleResult Parties(ContextFacts f, Asked asked) =>
        f.Decided
            ? Asked.Every(
                Math.Min(
                    Substance.Saying(f.Parties.Select(p => p.Needs)),
                    Substance.Saying(f.Parties.Select(p => p.Answer))
                ),
                f.Parties.Count,
                2,
                "adopted interested parties with needs and an answer"
            )
            : RuleResult.No("No person decided about interested parties");

    private static RuleResult Obligations(ContextFacts f, Asked asked)
    {
        if (f.Obligations.Count == 0)
            return RuleResult.No("No obligation is adopted");
        if (f.Obligations.FirstOrDefault(o => !Substance.Says(o.Asks)) is { } silent)
            return RuleResult.No($"{silent.Ref} does not say what it asks");
        return f.Obligations.FirstOrDefault(o => !o.Controls.Any(f.Carried.Contains)) is { } loose
            ? RuleResult.No($"{loose.Ref} {loose.Name} is carried by no control that has an owner")
            : Again(f, asked, [.. f.Obligations], "obligations", "obligation");
    }

    private static RuleResult Approved(ContextFacts f, Asked asked)
    {
        if (f.InForce is not { } scope)
            return RuleResult.No("No scope is approved");
        if (!f.ApprovedByPerson.Contains(scope.Ref))
            return RuleResult.No($"{scope.Ref} was approved by no person");
        return Substance.Says(scope.Statement, 6) && Substance.Says(scope.Boundaries)
            ? RuleResult.Yes($"{scope.Ref} was approved by {scope.ApprovedBy}")
            : RuleResult.No($"Statement and boundaries of {scope.Ref} say nothing");
    }

    private static RuleResult Reviewed(ContextFacts f, Asked asked)
    {
        if (f.InForce is not { } scope)
            return RuleResult.No("No scope is approved");
        var first = f.Scopes[0];
        var changed = f
            .Scopes.Skip(1)
            .Where(s =>
                s.ApprovedAt!.Value.Day().WellAfter(first.ApprovedAt!.Value)
                && s.Statement + s.Boundaries + s.Exclusions != first.Statement + first.Boundaries + first.Exclusions
            )
            .Where(s => f.ApprovedByPerson.Contains(s.Ref))
            .Select(s => s.ApprovedAt!.Value.Day());
        var confirmed = f.Looked[scope.Ref].Where(on => on.WellAfter(scope.ApprovedAt!.Value));
        DateOnly? last = changed.Concat(confirmed).Select(d => (DateOnly?)d).Max();
        return asked.Fresh(
            last,
            "The scope was looked at again",
            $"Nobody looked at the scope again {Asked.DaysApart} days or more after it was approved"
        );
    }

    private static RuleResult Again(
        ContextFacts f,
        Asked asked,
        IReadOnlyList<Proposable> records,
        string many,
        string one
    )
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        if (records.Count == 0)
            return RuleResult.No($"No {one} is adopted");
        // What was entered less than a month ago was looked at when it was entered.
        var due = records.Where(r => asked.Today.WellAfter(r.CreatedAt)).ToList();
        if (due.Count == 0)
            return RuleResult.No($"No {one} is {Asked.DaysApart} days old yet, so there is nothing to look at again");
        return Asked.Every(
            due.Count(r => f.Looked[r.Ref].Any(on => on.WellAfter(r.CreatedAt) && on >= since)),
            due.Count,
            1,
            $"{many} were looked at again by a person at least {Asked.DaysApart} days after they were entered"
        );
    }
}
