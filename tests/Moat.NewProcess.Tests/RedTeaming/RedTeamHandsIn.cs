using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;
using Moat.Isms.Work.Calendar;

namespace Moat.RedTeaming;

/// <summary>When exercises come round.</summary>
internal sealed class RedTeamDays(MoatDb db) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> Within(CalendarSpan span, CancellationToken ct) =>
        await db.Set<RedTeamExercise>()
            .Where(e => e.NextOn >= span.From && e.NextOn <= span.To)
            .OrderBy(e => e.NextOn)
            .Take(span.Most)
            .Select(e => new CalendarEntry(e.NextOn, "red team", "REDT-" + e.Number, e.Title, null, null))
            .ToListAsync(ct);
}

/// <summary>When which exercise was done, and when it comes round.</summary>
internal sealed class RedTeamHistory : RegisterHistory
{
    public override string Register => "red-teaming";

    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [
            await Sheet(
                source,
                "Rounds",
                ["Exercise", "Done", "Comes round"],
                source.Of<RedTeamExercise>().OrderBy(e => e.DoneOn).ThenBy(e => e.Number),
                e => [e.Ref, e.DoneOn, e.NextOn, e.Id],
                ct
            ),
        ];
}

/// <summary>What tasks of the process are for.</summary>
internal sealed class RedTeamPurposes : IWorkPurposes
{
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new("attack") { ByHand = true }];
}

/// <summary>What should flow from exercises to risks.</summary>
internal sealed class RedTeamFlowRules : IFlowRules
{
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "red-team-without-risk",
            "asset-management",
            "risk-assessment",
            "REDT",
            "What an exercise found is a risk",
            "Enter the risk",
            (db, day) =>
                db.Set<RedTeamExercise>()
                    .Where(e => e.CreatedAt < day.End && !db.Links.Any(l => l.FromId == e.Id || l.ToId == e.Id))
                    .Select(e => new Broken
                    {
                        Number = e.Number,
                        Title = e.Title,
                        On = e.DoneOn,
                    })
        ),
    ];
}

/// <summary>What readiness is computed from.</summary>
/// <param name="Last">When the last exercise was done.</param>
public sealed record RedTeamFacts(DateOnly? Last);

/// <summary>The readiness rule of the process.</summary>
public sealed class RedTeamReadiness : ReadinessRules<RedTeamFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<RuleOfClause> OfClauses { get; } =
    [new("8.2", "operating", "red-team-done", "365d", "Try to break your model", "red-teaming")];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<RedTeamFacts>> Rules { get; } =
    [
        new(
            "red-team-done",
            "an attack on an own model was tried within the time asked",
            (f, a) => a.Fresh(f.Last, "A model was attacked", "No model was attacked")
        ),
    ];

    /// <inheritdoc />
    protected override async Task<RedTeamFacts> Read(RuleSource source, CancellationToken ct) =>
        new(await source.Db.Set<RedTeamExercise>().MaxAsync(e => (DateOnly?)e.DoneOn, ct));
}
