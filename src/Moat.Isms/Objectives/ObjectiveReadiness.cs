using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Objectives;

/// <summary>What readiness of clauses 6.2 and 9.1 is computed from.</summary>
public sealed record ObjectiveFacts
{
    /// <summary>Adopted objectives that were not dropped.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>Numbers that count, by objective.</summary>
    public required ILookup<Guid, Measurement> Numbers { get; init; }

    /// <summary>Evaluations by people, with the objective.</summary>
    public required IReadOnlyList<ObjectiveEvaluation> Evaluations { get; init; }

    /// <summary>Checks that watch something now.</summary>
    public required int Watching { get; init; }

    /// <summary>When the first outcome of a check was observed.</summary>
    public required DateTime? WatchedSince { get; init; }

    /// <summary>Whether a person ever decided what is watched, or did something with what came of it.</summary>
    public required bool IsMinded { get; init; }

    /// <summary>Those with owner and date.</summary>
    public int Owned => Objectives.Count(o => o.OwnerId is not null && o.DueOn is not null);
}

/// <summary>The rules about objectives and measuring (clauses 6.2, 9.1).</summary>
public sealed class ObjectiveReadiness : ReadinessRules<ObjectiveFacts>
{
    private const int FewestObjectives = 3;
    private const int FewestMeasurements = 5;

    // What shows that somebody decides what is watched and minds what comes of it (9.1 a, d).
    private static readonly string[] Minding =
    [
        "objectives.measure",
        "objectives.evaluate",
        "collectors.create",
        "collectors.edit",
        "checks.create",
        "checks.import",
        "checks.except",
        "resources.join",
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        ["objectives.evaluate", "objectives.create", "objectives.edit", "draft.adopt", .. Minding];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ObjectiveFacts>> Rules { get; } =
    [
        new(
            "objectives-adopted",
            "at least three objectives are adopted, each with a metric and a way to measure it in words of its own",
            (f, a) =>
                Asked.Every(
                    Math.Min(
                        Substance.Saying(f.Objectives.Select(o => o.Metric), 2),
                        Substance.Saying(f.Objectives.Select(o => o.MeasuredBy), 2)
                    ),
                    f.Objectives.Count,
                    FewestObjectives,
                    "adopted objectives say what is measured and how"
                )
        ),
        new(
            "objectives-owned",
            "each adopted objective has an owner, a date and a plan in words of its own",
            (f, a) =>
                Asked.Every(
                    Math.Min(f.Owned, Substance.Saying(f.Objectives.Select(o => o.Plan))),
                    f.Objectives.Count,
                    1,
                    "objectives have owner, date and a plan of their own"
                )
        ),
        new(
            "objectives-measured",
            "each adopted objective has a number of this or the last period, and numbers came in on days at least 30 days apart",
            Measured
        ),
        new(
            "objectives-evaluated",
            "a person said what the numbers of an objective told, in words, at least 30 days after its first number and within the time asked",
            Evaluated
        ),
        new(
            "monitoring-defined",
            "at least five owned objectives with a metric and checks that watch something",
            Defined
        ),
        new(
            "monitoring-results",
            "numbers of objectives came in, or checks watched, over at least 30 days, the last result within the time asked, and a person set up a source or check, measured, evaluated or answered for what fails",
            Results
        ),
        new(
            "monitoring-evaluated",
            "a person said what the numbers of an objective told, in words, at least 30 days after its first number and within the time asked",
            Evaluated
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ObjectiveFacts> Read(RuleSource source, CancellationToken ct)
    {
        var db = source.Db;
        var evaluating = source.Acts.Of("objectives.evaluate").Select(a => a.At).ToHashSet();
        var watching = db.Set<CheckInterval>().Where(i => i.Until == CheckInterval.Open);
        var since = await db.Set<CheckInterval>().MinAsync(i => (long?)i.Since, ct);
        return new ObjectiveFacts
        {
            Objectives = await db.Set<Objective>().AsNoTracking().Pursued().ToListAsync(ct),
            Numbers = (await db.Set<Measurement>().AsNoTracking().Counting().ToListAsync(ct)).ToLookup(m =>
                m.ObjectiveId
            ),
            Evaluations =
            [
                .. (await db.Set<ObjectiveEvaluation>().AsNoTracking().ToListAsync(ct)).Where(e =>
                    evaluating.Contains(e.CreatedAt) && Substance.Says(e.Text)
                ),
            ],
            Watching = await watching.Select(i => i.Check).Distinct().CountAsync(ct),
            IsMinded = source.Acts.Any(Minding),
            WatchedSince = since is { } first && await watching.AnyAsync(ct) ? CheckInterval.Moment(first) : null,
        };
    }

    private static RuleResult Defined(ObjectiveFacts f, Asked asked)
    {
        var defined = f.Objectives.Count(o => o.OwnerId is not null && Substance.Says(o.Metric, 2)) + f.Watching;
        return defined >= FewestMeasurements
            ? RuleResult.Yes($"{defined} owned objectives and checks that watch something")
            : RuleResult.No($"{defined} of {FewestMeasurements} owned objectives and checks that watch something");
    }

    private static RuleResult Measured(ObjectiveFacts f, Asked asked)
    {
        bool IsFresh(Objective goal) =>
            f.Numbers[goal.Id].Any(m => m.To >= goal.PeriodStart(goal.PeriodStart(asked.Today).AddDays(-1)));
        var every = Asked.Every(
            f.Objectives.Count(IsFresh),
            f.Objectives.Count,
            1,
            "adopted objectives have a number of this or the last period"
        );
        return every.Holds
            ? asked.OverTime(
                f.Objectives.SelectMany(o => f.Numbers[o.Id]).Select(m => m.CreatedAt.Day()).Distinct(),
                "Numbers of objectives that came in"
            )
            : every;
    }

    private static RuleResult Evaluated(ObjectiveFacts f, Asked asked) =>
        asked.Fresh(
            f.Evaluations.Where(e => f.Numbers[e.ObjectiveId].Any(m => e.CreatedAt.Day().WellAfter(m.CreatedAt)))
                .Max(e => (DateTime?)e.CreatedAt),
            "A person said what the numbers of an objective told",
            $"No person said what numbers told {Asked.DaysApart} days or more after the first came in"
        );

    private static RuleResult Results(ObjectiveFacts f, Asked asked)
    {
        if (!f.IsMinded)
            return RuleResult.No(
                "Programs report, and no person set up what is watched, measured, evaluated or answered for what fails"
            );
        if (f.WatchedSince is { } since && asked.Today.WellAfter(since))
            return RuleResult.Yes(
                FormattableString.Invariant($"{f.Watching} checks watch, the first since {since.Day():yyyy-MM-dd}")
            );
        return asked.OverTime(
            f.Numbers.SelectMany(g => g).Select(m => m.CreatedAt.Day()).Distinct(),
            "Results of monitoring"
        );
    }
}
