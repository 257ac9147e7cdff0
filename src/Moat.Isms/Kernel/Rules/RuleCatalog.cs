namespace Moat.Isms.Kernel.Rules;

/// <summary>All readiness rules, found where the processes keep them.</summary>
public static class RuleCatalog
{
    /// <summary>The rules of every process.</summary>
    public static IReadOnlyList<IReadinessRules> All { get; } =
        [.. typeof(RuleCatalog).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IReadinessRules)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal).Select(t => (IReadinessRules)Activator.CreateInstance(t)!)];

    /// <summary>Every rule by its id. Throws when two processes use one id.</summary>
    public static IReadOnlyDictionary<string, RuleText> Texts { get; } = All.SelectMany(r => r.Texts).ToDictionary(t => t.Id);

    /// <summary>Whether the rule is known at all; content that names another fails its check.</summary>
    public static bool Knows(string rule) => Texts.ContainsKey(rule);
}
