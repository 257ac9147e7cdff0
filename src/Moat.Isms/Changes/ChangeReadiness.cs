using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Changes;

/// <summary>What readiness of clauses 6.3 and 8.1 is computed from.</summary>
public sealed record ChangeFacts
{
    /// <summary>Changes that were not dropped.</summary>
    public required IReadOnlyList<IsmsChange> Changes { get; init; }

    /// <summary>References of changes that a person approved.</summary>
    public required IReadOnlySet<string> Approved { get; init; }

    /// <summary>The day on which a person looked back, by change.</summary>
    public required ILookup<string, PersonAct> LookedBack { get; init; }

    /// <summary>What is done outside and did not end.</summary>
    public required IReadOnlyList<OutsourcedProcess> Outsourced { get; init; }

    /// <summary>Looks of people at what is done outside.</summary>
    public required ILookup<string, PersonAct> LookedAt { get; init; }
}

/// <summary>The rules about changes of the ISMS and what is done outside (clauses 6.3, 8.1).</summary>
public sealed class ChangeReadiness : ReadinessRules<ChangeFacts>
{
    private const int DaysForLookBack = 120;
    private const int DaysToShow = 14;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["changes.approve", "changes.review", "outsourced.review"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ChangeFacts>> Rules { get; } =
    [
        new(
            "changes-planned",
            "a planned change says its purpose, names an owner, says what it touches and was approved by another person, within the time asked",
            (f, a) =>
                a.Fresh(
                    f.Changes.Where(c =>
                            c is { Planned: true, OwnerId: not null, ConfirmedOn: not null }
                            && f.Approved.Contains(c.Ref)
                            && Substance.Says(c.Purpose)
                            && Substance.Says(c.Consequences, 2)
                        )
                        .Max(c => c.ApprovedOn),
                    "A planned change was approved",
                    "No planned change with purpose, owner and consequences was approved by a person"
                )
        ),
        new(
            "changes-reviewed",
            "no change happened more than 120 days ago without a look back, and a person looked back at one at least 14 days after it was entered, in words, within the time asked",
            Reviewed
        ),
        new(
            "outsourced-controlled",
            "every process, product and service done outside says how it is controlled, is within its cycle, and a person looked at one at least 30 days after it was entered and within the time asked",
            Outsourced
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ChangeFacts> Read(RuleSource source, CancellationToken ct) =>
        new()
        {
            Changes = await source
                .Db.Set<IsmsChange>()
                .AsNoTracking()
                .Where(c => c.State != ChangeState.Dropped)
                .ToListAsync(ct),
            Approved = source.Acts.ByRef("changes.approve").Select(g => g.Key).ToHashSet(),
            LookedBack = source.Acts.ByRef("changes.review"),
            Outsourced = await source
                .Db.Set<OutsourcedProcess>()
                .AsNoTracking()
                .Where(o => o.EndedOn == null)
                .ToListAsync(ct),
            LookedAt = source.Acts.ByRef("outsourced.review"),
        };

    private static RuleResult Reviewed(ChangeFacts f, Asked asked)
    {
        var happened = f.Changes.Where(c => c.HappenedOn is not null).ToList();
        if (happened.Count == 0)
            return RuleResult.No("No change happened yet, so there is nothing to look back at");
        var late = happened.Count(c =>
            c.State != ChangeState.Reviewed && c.HappenedOn < asked.Today.AddDays(-DaysForLookBack)
        );
        if (late > 0)
            return RuleResult.No(
                $"{late} changes happened more than {DaysForLookBack} days ago and nobody looked back"
            );
        return asked.Fresh(
            happened
                .Where(c => c.State == ChangeState.Reviewed && Substance.Says(c.Outcome))
                .SelectMany(c =>
                    f.LookedBack[c.Ref].Where(a => a.On.DayNumber - c.CreatedAt.Day().DayNumber >= DaysToShow)
                )
                .Max(a => (DateOnly?)a.On),
            "A person looked back at a change",
            $"No person looked back at a change {DaysToShow} days or more after it was entered"
        );
    }

    private static RuleResult Outsourced(ChangeFacts f, Asked asked)
    {
        if (f.Outsourced.Count == 0)
            return RuleResult.No("Nothing that is done outside is recorded");
        var good = f.Outsourced.Count(o =>
            o.NextReviewOn >= asked.Today && Substance.Says(o.Criteria) && Substance.Says(o.ControlExercised)
        );
        return good < f.Outsourced.Count
            ? RuleResult.No(
                $"{good} of {f.Outsourced.Count} things done outside say how they are controlled and were looked at in time"
            )
            : asked.Fresh(
                f.Outsourced.Where(o => Substance.Says(o.Finding))
                    .SelectMany(o => f.LookedAt[o.Ref].Where(a => a.On.WellAfter(o.CreatedAt)))
                    .Max(a => (DateOnly?)a.On),
                "A person looked at what is done outside",
                $"No person looked at what is done outside {Asked.DaysApart} days or more after it was entered"
            );
    }
}
