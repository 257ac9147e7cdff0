namespace Moat.Isms.Kernel.Rules;

/// <summary>All readiness rules, found where the processes keep them.</summary>
public static class RuleCatalog
{
    /// <summary>The rules of every process.</summary>
    public static IReadOnlyList<IReadinessRules> All { get; } =
    [
        .. IsmsAssemblies
            .ClassesOf<IReadinessRules>()
            .Select(t => (IReadinessRules)Activator.CreateInstance(t, nonPublic: true)!),
    ];

    /// <summary>Every rule by its id. Throws when two processes use one id.</summary>
    public static IReadOnlyDictionary<string, RuleText> Texts { get; } =
        All.SelectMany(r => r.Texts).ToDictionary(t => t.Id);

    /// <summary>The rules that processes add to clauses themselves, by clause.</summary>
    public static ILookup<string, RuleOfClause> OfClauses { get; } =
        All.SelectMany(r => r.OfClauses).ToLookup(a => a.Clause);

    /// <summary>Whether the rule is known at all; content that names another fails its check.</summary>
    public static bool Knows(string rule) => Texts.ContainsKey(rule);
}
