using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Work;

/// <summary>What readiness about tasks and what comes round is computed from.</summary>
public sealed record WorkFacts
{
    /// <summary>Open tasks and those of them that are overdue.</summary>
    public required (int All, int Overdue) Open { get; init; }

    /// <summary>Tasks that a person finished: the day and whether it was late.</summary>
    public required IReadOnlyList<(DateOnly On, bool Late)> Finished { get; init; }

    /// <summary>Adopted cadences that were not retired, and how many of them are missed.</summary>
    public required (int All, int Missed) Cadences { get; init; }

    /// <summary>The missed one that was due first.</summary>
    public required string? Missed { get; init; }

    /// <summary>Days on which something that comes round happened.</summary>
    public required IReadOnlyList<DateOnly> Met { get; init; }
}

/// <summary>The rules about tasks and what comes round (clauses 6.3, 7.1, 8.1, 10.1).</summary>
public sealed class WorkReadiness : ReadinessRules<WorkFacts>
{
    private const int FewestCadences = 3;
    private const int FewestTasks = 10;
    private const int MostLate = 10;

    // A task is done by finishing it or by doing what it asks for, which settles it.
    private static readonly string[] Closing =
    [
        "tasks.complete",
        "risks.assess",
        "risks.treat",
        "documents.acknowledge",
        "documents.confirm",
        "documents.review",
        "documents.publish",
        "documents.approve",
        "suppliers.assess",
        "outsourced.review",
        "scope.approve",
        "method.approve",
        "access-reviews.confirm",
        "training.answer-quiz",
        "actions.complete",
        "actions.verify",
        "changes.review",
        "findings.accept",
        "nonconformities.analyse",
        "lessons.plan-action",
        "lessons.dismiss",
        "objectives.evaluate",
        "competence.judge",
        "competence.check",
        "improvements.complete",
        "improvements.evaluate",
        "cadences.meet",
        "communication.send",
        "reviews.hold",
        "reviews.approve",
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => Closing;

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<WorkFacts>> Rules { get; } =
    [
        new(
            "tasks-on-time",
            "people finished at least ten tasks within the time asked, the first and the last at least 30 days apart, at most a tenth of them late, and at most a tenth of the open ones is overdue",
            OnTime
        ),
        new(
            "cadences-kept",
            "at least three cadences are adopted, none is missed, and what comes round happened on two days at least 30 days apart, the last within the time asked",
            Kept
        ),
    ];

    /// <inheritdoc />
    protected override async Task<WorkFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, today) = (source.Db, source.Db.Today);
        var closing = source.Acts.ByRef(Closing);
        var done = await db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Done && t.ClosedAt != null)
            .Select(t => new
            {
                t.Number,
                t.ClosedAt,
                t.DueOn,
            })
            .ToListAsync(ct);
        var open = await db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Open)
            .GroupBy(_ => 1)
            .Select(g => new { All = g.Count(), Overdue = g.Count(t => t.DueOn < today) })
            .FirstOrDefaultAsync(ct);
        var running = db.Set<Cadence>().Where(c => c.Standing == Standing.Adopted && c.RetiredAt == null);
        var missed = running.Where(c => c.MissedSince != null || c.NextOn < today);
        return new WorkFacts
        {
            Open = open is null ? (0, 0) : (open.All, open.Overdue),
            Finished =
            [
                .. done.Where(t => closing.Contains($"TASK-{t.Number}"))
                    .Select(t => (t.ClosedAt!.Value.Day(), t.ClosedAt!.Value.Day() > t.DueOn)),
            ],
            Cadences = (await running.CountAsync(ct), await missed.CountAsync(ct)),
            Missed = await missed
                .OrderBy(c => c.NextOn)
                .Select(c => "CAD-" + c.Number + " " + c.Title)
                .FirstOrDefaultAsync(ct),
            Met =
            [
                .. (
                    await db.Set<CadenceTime>().Where(t => t.MetOn != null).Select(t => t.CreatedAt).ToListAsync(ct)
                ).Select(at => at.Day()),
            ],
        };
    }

    private static RuleResult OnTime(WorkFacts f, Asked asked)
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        var recent = f.Finished.Where(t => t.On >= since).ToList();
        if (recent.Count < FewestTasks)
            return RuleResult.No(
                $"People finished {recent.Count} tasks in {asked.MaxAgeDays} days; at least {FewestTasks} show how work is done"
            );
        var late = recent.Count(t => t.Late);
        if (100 * late > MostLate * recent.Count)
            return RuleResult.No($"{late} of {recent.Count} tasks that people finished were late");
        return 100 * f.Open.Overdue > MostLate * f.Open.All
            ? RuleResult.No($"{f.Open.Overdue} of {f.Open.All} open tasks are overdue")
            : asked.OverTime(recent.Select(t => t.On), $"Tasks that people finished, {late} of them late");
    }

    private static RuleResult Kept(WorkFacts f, Asked asked)
    {
        if (f.Cadences.All < FewestCadences)
            return RuleResult.No($"{f.Cadences.All} of {FewestCadences} cadences are adopted");
        return f.Missed is not null
            ? RuleResult.No($"{f.Cadences.Missed} of {f.Cadences.All} cadences are missed, first {f.Missed}")
            : asked.OverTime(f.Met, $"None of {f.Cadences.All} cadences is missed; what comes round happened");
    }
}
