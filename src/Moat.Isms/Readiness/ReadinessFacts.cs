using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;

namespace Moat.Isms.Readiness;

/// <summary>
/// The facts of every process that readiness is computed from, with the rules over them. Reads nothing of its own.
/// </summary>
public sealed class ReadinessFacts
{
    private static readonly List<string> Acts = [.. RuleCatalog.All.SelectMany(r => r.Acts).Distinct()];
    private readonly List<GatheredRules> _gathered;

    private ReadinessFacts(DateOnly today, List<GatheredRules> gathered, ResponseFacts response) =>
        (Today, _gathered, Response) = (today, gathered, response);

    /// <summary>The day of the computation.</summary>
    public DateOnly Today { get; }

    /// <summary>Incidents, their clocks, and exercises.</summary>
    public ResponseFacts Response { get; }

    /// <summary>The facts of a process.</summary>
    public T Of<T>()
        where T : class => _gathered.Select(g => g.Facts).OfType<T>().Single();

    /// <summary>Reads the facts, in a fixed number of statements whatever the size of the registers.</summary>
    public static async Task<ReadinessFacts> Read(MoatDb db, IServiceProvider services, CancellationToken ct)
    {
        var source = new RuleSource(db, await PersonActs.Read(db, Acts, ct), services);
        var gathered = new List<GatheredRules>();
        foreach (var rules in RuleCatalog.All)
            gathered.Add(await Gathered(rules, source, ct));
        var response = await db.Unchanged(nameof(ResponseFacts), () => ResponseFacts.Read(db, ct), ct);
        return new ReadinessFacts(db.Today, gathered, response);
    }

    // Each process by itself, so that a write is followed only by reading the processes that it touched.
    private static Task<GatheredRules> Gathered(IReadinessRules rules, RuleSource source, CancellationToken ct) =>
        source.Db.Unchanged(
            (nameof(ReadinessFacts), rules.GetType()),
            () =>
            {
                ReadingNote.Add(WhatWasRead.Acts(rules.Acts));
                return rules.Gather(source with { Acts = source.Acts.Only(rules.Acts) }, ct);
            },
            ct
        );

    /// <summary>The result of a rule as a clause asks it. A rule that nobody keeps never holds.</summary>
    public RuleResult Judge(string clause, RuleHint rule)
    {
        var asked = new Asked(clause, rule.MaxAgeDays, Today);
        return _gathered.Select(g => g.Judge(rule.Rule, asked)).FirstOrDefault(r => r is not null)
            ?? RuleResult.No($"This version of Moat has no rule {rule.Rule}");
    }
}
