namespace Moat.Knowledge.Checks;

/// <summary>What must hold of a check, and that its rule compiles.</summary>
internal static class RuleCheck
{
    private const int LongestId = 34;
    private static readonly HashSet<string> Severities = ["low", "medium", "high", "critical"];

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge, CheckEntry check)
    {
        var file = $"checks/{check.Id}.md";
        ContentCheck.Known(file, [check.Resource], ResourceKind.Known.ContainsKey, "kind of resource");
        ContentCheck.Known(file, [check.Severity], Severities.Contains, "severity");
        ContentCheck.Known(file, check.Controls, knowledge.ControlById.ContainsKey, "control");
        ContentCheck.Known(file, check.Clauses, c => knowledge.Clauses.Any(k => k.Id == c), "clause");
        if (check.Id.Length > LongestId)
            throw new ContentError(file, 1, $"The id is longer than {LongestId} characters.");
        if (check.Controls.Count + check.Clauses.Count == 0)
            throw new ContentError(file, 1, "It shows nothing: name a control or a clause.");
    }

    /// <summary>Compiles the rule of every check.</summary>
    public static void Rules(KnowledgeBase knowledge)
    {
        foreach (var check in knowledge.Checks)
        {
            try
            {
                _ = check.Rule;
            }
            catch (RuleInvalid e)
            {
                throw new ContentError($"checks/{check.Id}.md", 1, $"{e.Field}: {e.Message}");
            }
        }
    }
}
