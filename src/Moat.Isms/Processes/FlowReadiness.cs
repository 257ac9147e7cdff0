using System.Globalization;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes.Flow;

namespace Moat.Isms.Processes;

/// <summary>What readiness of clause 4.4 is computed from.</summary>
/// <param name="LastFlows">When something last flowed through each interaction of two processes; null where nothing
/// ever did.</param>
/// <param name="Broken">How many interactions are broken.</param>
/// <param name="Since">When a person first did something that the ISMS consists of.</param>
public sealed record FlowFacts(IReadOnlyList<DateTime?> LastFlows, int Broken, DateOnly? Since);

/// <summary>The rule about processes that work together (clause 4.4).</summary>
public sealed class FlowReadiness : ReadinessRules<FlowFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["scope.approve", "method.approve", "soa.publish"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<FlowFacts>> Rules { get; } =
    [
        new(
            "process-links-flow",
            "half of the interactions between processes carried something within the time asked, none is broken, and a person approved scope, method or statement at least 30 days ago",
            Flow
        ),
    ];

    /// <inheritdoc />
    protected override async Task<FlowFacts> Read(RuleSource source, CancellationToken ct)
    {
        var today = source.Db.Today;
        var flow = await source.Of<FlowReading>().Between(today.AddYears(-1).AddDays(1), today, ct);
        return new FlowFacts(
            [.. flow.Interactions.Select(i => i.Last)],
            flow.Interactions.Count(i => i.State == FlowState.Broken),
            source.Acts.Of("scope.approve", "method.approve", "soa.publish") is [var first, ..] ? first.On : null
        );
    }

    private static RuleResult Flow(FlowFacts f, Asked asked)
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        var alive = f.LastFlows.Count(l => l?.Day() >= since);
        var because = string.Create(
            CultureInfo.InvariantCulture,
            $"{alive} of {f.LastFlows.Count} interactions between processes carried something since {since:yyyy-MM-dd}, {f.Broken} are broken"
        );
        if (f.Since is not { } begun)
            return RuleResult.No($"{because}; no person approved scope, method or statement yet");
        if (asked.Today.DayNumber - begun.DayNumber < Asked.DaysApart)
            return RuleResult.No(
                string.Create(CultureInfo.InvariantCulture, $"{because}; the ISMS runs only since {begun:yyyy-MM-dd}")
            );
        return f.Broken == 0 && 2 * alive >= f.LastFlows.Count && alive > 0
            ? RuleResult.Yes(because)
            : RuleResult.No($"{because}; half of them must carry something and none may be broken");
    }
}
