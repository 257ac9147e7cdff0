using Microsoft.Extensions.DependencyInjection;

namespace Moat.Isms.Kernel.Rules;

/// <summary>A rule as an auditor reads it.</summary>
/// <param name="Id">Its name in the content of clauses.</param>
/// <param name="HoldsWhen">The sentence after "holds when".</param>
public sealed record RuleText(string Id, string HoldsWhen);

/// <summary>A rule that a process adds to a clause itself.</summary>
/// <param name="Clause">The sub-clause.</param>
/// <param name="Dimension">documented, operating or improving.</param>
/// <param name="Rule">The rule.</param>
/// <param name="MaxAge">How old the records may be, such as <c>365d</c>.</param>
/// <param name="Next">The next step while it does not hold.</param>
/// <param name="Link">The page where it is done, below the organisation.</param>
public sealed record RuleOfClause(
    string Clause,
    string Dimension,
    string Rule,
    string MaxAge,
    string Next,
    string Link
);

/// <summary>What rules are read from.</summary>
/// <param name="Db">The records.</param>
/// <param name="Acts">What people did.</param>
/// <param name="Services">Where those stand who read more than a register says, such as what evidence counts.</param>
public sealed record RuleSource(MoatDb Db, PersonActs Acts, IServiceProvider Services)
{
    /// <summary>Somebody who reads more than a register says.</summary>
    public T Of<T>()
        where T : class => Services.GetRequiredService<T>();
}

/// <summary>
/// The readiness rules about the records of one process, kept in its folder. Whoever shows readiness finds them by this
/// interface, so that a new rule touches one folder. Has a constructor without parameters.
/// </summary>
public interface IReadinessRules
{
    /// <summary>The rules.</summary>
    IReadOnlyList<RuleText> Texts { get; }

    /// <summary>
    /// Where rules stand that the content of clauses does not name: those of a process that came later.
    /// </summary>
    IReadOnlyList<RuleOfClause> OfClauses => [];

    /// <summary>Operations of which a rule wants to know whether a person did them.</summary>
    IReadOnlyList<string> Acts { get; }

    /// <summary>Reads the facts, in a fixed number of statements whatever the size of the registers.</summary>
    Task<GatheredRules> Gather(RuleSource source, CancellationToken ct);
}

/// <summary>Facts that were read and the rules over them.</summary>
public sealed class GatheredRules(object facts, Func<string, Asked, RuleResult?> judge)
{
    /// <summary>The facts, for whoever shows them.</summary>
    public object Facts { get; } = facts;

    /// <summary>The result of a rule, or null when it is not among these.</summary>
    public RuleResult? Judge(string rule, Asked asked) => judge(rule, asked);
}

/// <summary>A rule over facts.</summary>
public sealed record Rule<TFacts>(string Id, string HoldsWhen, Func<TFacts, Asked, RuleResult> Judge);

/// <summary>Rules over the facts of one process.</summary>
public abstract class ReadinessRules<TFacts> : IReadinessRules
    where TFacts : class
{
    /// <inheritdoc />
    public IReadOnlyList<RuleText> Texts => [.. Rules.Select(r => new RuleText(r.Id, r.HoldsWhen))];

    /// <inheritdoc />
    public virtual IReadOnlyList<RuleOfClause> OfClauses => [];

    /// <inheritdoc />
    public virtual IReadOnlyList<string> Acts => [];

    /// <summary>The rules.</summary>
    protected abstract IReadOnlyList<Rule<TFacts>> Rules { get; }

    /// <inheritdoc />
    public async Task<GatheredRules> Gather(RuleSource source, CancellationToken ct)
    {
        var facts = await Read(source, ct);
        var rules = Rules.ToDictionary(r => r.Id);
        return new GatheredRules(
            facts,
            (id, asked) => rules.TryGetValue(id, out var rule) ? rule.Judge(facts, asked) : null
        );
    }

    /// <summary>Reads the facts.</summary>
    protected abstract Task<TFacts> Read(RuleSource source, CancellationToken ct);
}
