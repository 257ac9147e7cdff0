using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Improvement;

/// <summary>What readiness of clauses 6.1.1, 10.1 and 10.2 is computed from.</summary>
public sealed record ImprovementFacts
{
    /// <summary>Nonconformities.</summary>
    public required IReadOnlyList<Nonconformity> Nonconformities { get; init; }

    /// <summary>Corrective actions that were not dropped.</summary>
    public required IReadOnlyList<CorrectiveAction> Actions { get; init; }

    /// <summary>Lessons.</summary>
    public required IReadOnlyList<Lesson> Lessons { get; init; }

    /// <summary>Improvements that were not declined.</summary>
    public required IReadOnlyList<Improvement> Improvements { get; init; }

    /// <summary>Improvements and lessons that a person planned, evaluated or decided.</summary>
    public required ILookup<string, PersonAct> Acts { get; init; }
}

/// <summary>The rules about nonconformities, actions, lessons and improvements (clauses 6.1.1, 10.1, 10.2).</summary>
public sealed class ImprovementReadiness : ReadinessRules<ImprovementFacts>
{
    private const int DaysForCause = 30;
    private const int DaysForLook = 30;
    private const int DaysForLesson = 60;
    private const int FewestOfTheIsms = 3;
    private const int DaysToShow = 14;
    private static readonly string[] Own =
    [
        "improvements.plan",
        "improvements.evaluate",
        "lessons.plan-action",
        "lessons.propose-improvement",
        "lessons.name-outcome",
        "lessons.dismiss",
        "nonconformities.analyse",
        "actions.verify",
    ];
    private static readonly string[] OfContext = ["ISS-", "PTY-", "OBL-"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => Own;

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ImprovementFacts>> Rules { get; } =
    [
        new(
            "isms-risks-planned",
            "at least three improvements come from issues, parties or obligations (they name ISS, PTY or OBL as their source), and each has an owner, a date and an expected effect that a person planned (6.1.1)",
            OfTheIsms
        ),
        new(
            "isms-risks-followed",
            "none of these improvements is overdue, and a person judged the effect of one at least 14 days after it was suggested, within the time asked (6.1.1)",
            Followed
        ),
        new(
            "nonconformities-handled",
            "at least one nonconformity is recorded, and the cause of each that is older than 30 days was found by a person and says something, the last within the time asked",
            Handled
        ),
        new(
            "corrective-actions-verified",
            "no corrective action is overdue or waits longer than 30 days for a look at its effect, and another person than who did it verified one at least 14 days after it was planned, within the time asked",
            Verified
        ),
        new(
            "lessons-ended",
            "every lesson older than 60 days ended by a person's decision in something, or in a reason for nothing, and lessons were decided on two days at least 30 days apart",
            LessonsEnded
        ),
        new(
            "improvements-recorded",
            "an improvement has an owner, a date and an expected effect that a person planned, within the time asked",
            (f, a) =>
                a.Fresh(
                    f.Improvements.Where(i => Planned(f, i)).Max(i => (DateTime?)i.CreatedAt),
                    "An improvement with owner, date and expected effect was recorded",
                    "No person planned an improvement with owner, date and expected effect"
                )
        ),
        new(
            "improvements-evaluated",
            "a person said in words what an improvement brought, at least 14 days after it was suggested, within the time asked",
            (f, a) => Evaluated(f, a, f.Improvements)
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ImprovementFacts> Read(RuleSource source, CancellationToken ct) =>
        new()
        {
            Nonconformities = await source.Db.Set<Nonconformity>().AsNoTracking().ToListAsync(ct),
            Actions = await source
                .Db.Set<CorrectiveAction>()
                .AsNoTracking()
                .Where(a => a.State != ActionState.Dropped)
                .ToListAsync(ct),
            Lessons = await source.Db.Set<Lesson>().AsNoTracking().ToListAsync(ct),
            Improvements = await source
                .Db.Set<Improvement>()
                .AsNoTracking()
                .Where(i => i.State != ImprovementState.Declined)
                .ToListAsync(ct),
            Acts = source.Acts.ByRef(Own),
        };

    private static bool Planned(ImprovementFacts f, Improvement idea) =>
        idea is { OwnerId: not null, DueOn: not null }
        && Substance.Says(idea.ExpectedEffect)
        && f.Acts.Contains(idea.Ref);

    private static List<Improvement> FromContext(ImprovementFacts f) =>
        [
            .. f.Improvements.Where(i =>
                OfContext.Any(o => i.SourceRef?.StartsWith(o, StringComparison.Ordinal) == true)
            ),
        ];

    private static RuleResult OfTheIsms(ImprovementFacts f, Asked asked)
    {
        var ideas = FromContext(f);
        return Asked.Every(
            ideas.Count(i => Planned(f, i)),
            ideas.Count,
            FewestOfTheIsms,
            "improvements that come from issues, parties or obligations have owner, date and expected effect"
        );
    }

    private static RuleResult Followed(ImprovementFacts f, Asked asked)
    {
        var ideas = FromContext(f);
        if (ideas.Count == 0)
            return RuleResult.No(
                "No risk or opportunity of the ISMS itself is recorded: no improvement names an issue, a party or an obligation as its source"
            );
        var late = ideas.Count(i =>
            i.State is ImprovementState.Proposed or ImprovementState.Planned && i.DueOn < asked.Today
        );
        return late > 0
            ? RuleResult.No(
                $"{late} of {ideas.Count} improvements that come from issues, parties or obligations are overdue"
            )
            : Evaluated(f, asked, ideas);
    }

    private static RuleResult Evaluated(ImprovementFacts f, Asked asked, IReadOnlyList<Improvement> ideas) =>
        asked.Fresh(
            ideas
                .Where(i => i.State == ImprovementState.Evaluated && Substance.Says(i.ObservedEffect))
                .SelectMany(i =>
                    f.Acts[i.Ref].Where(a => a.Operation == "improvements.evaluate" && Later(a, i.CreatedAt))
                )
                .Max(a => (DateOnly?)a.On),
            "A person said what an improvement brought",
            $"No person said what an improvement brought {DaysToShow} days or more after it was suggested"
        );

    private static bool Later(PersonAct act, DateTime begun) => act.On.DayNumber - begun.Day().DayNumber >= DaysToShow;

    private static RuleResult Handled(ImprovementFacts f, Asked asked)
    {
        if (f.Nonconformities.Count == 0)
            return RuleResult.No("No nonconformity is recorded yet");
        var waiting = f
            .Nonconformities.Where(n =>
                n.RaisedOn >= asked.Today.AddDays(-DaysForCause) && n.State == NonconformityState.Raised
            )
            .ToList();
        var due = f.Nonconformities.Except(waiting).ToList();
        if (due.Count == 0)
            return RuleResult.No($"{waiting.Count} nonconformities are recorded and no cause is found yet");
        var every = Asked.Every(
            due.Count(n => n.AnalysedOn is not null && Substance.Says(n.Cause) && f.Acts.Contains(n.Ref)),
            due.Count,
            1,
            "nonconformities have a cause that a person found"
        );
        return every.Holds
            ? asked.Fresh(
                due.SelectMany(n => f.Acts[n.Ref]).Max(a => (DateOnly?)a.On),
                $"{every.Because}, the last",
                ""
            )
            : every;
    }

    private static RuleResult Verified(ImprovementFacts f, Asked asked)
    {
        if (f.Actions.Count == 0)
            return RuleResult.No("No corrective action is planned yet");
        var look = asked.Today.AddDays(-DaysForLook);
        var late = f.Actions.Count(a =>
            (a.State == ActionState.Planned && a.DueOn < asked.Today)
            || (a.State == ActionState.Done && a.VerifyFrom < look)
        );
        if (late > 0)
            return RuleResult.No($"{late} corrective actions are overdue or wait too long for a look at their effect");
        return asked.Fresh(
            f.Actions.Where(a => a.VerifiedOn is not null && Substance.Says(a.Verification))
                .SelectMany(a => f.Acts[a.Ref].Where(x => x.Operation == "actions.verify" && Later(x, a.CreatedAt)))
                .Max(a => (DateOnly?)a.On),
            "The effect of an action was verified by another person",
            $"No action was verified {DaysToShow} days or more after it was planned"
        );
    }

    private static RuleResult LessonsEnded(ImprovementFacts f, Asked asked)
    {
        if (f.Lessons.Count == 0)
            return RuleResult.No("No lesson is written down yet");
        var open = f.Lessons.Count(l => l.End == LessonEnd.Open && l.LearnedOn < asked.Today.AddDays(-DaysForLesson));
        if (open > 0)
            return RuleResult.No(
                $"{open} of {f.Lessons.Count} lessons wait longer than {DaysForLesson} days for a decision"
            );
        return asked.OverTime(
            f.Lessons.Where(l => l.End != LessonEnd.Open && Substance.Says(l.Text))
                .SelectMany(l => f.Acts[l.Ref])
                .Select(a => a.On),
            "Lessons that people decided about"
        );
    }
}
