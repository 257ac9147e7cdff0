using Moat.Knowledge;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>
/// Which clauses and controls of ISO/IEC 27001 a mapping names for the requirements of another framework.
/// </summary>
internal static class FrameworkAnswers
{
    /// <summary>How mappings name ISO/IEC 27001:2022.</summary>
    public const string Iso27001 = "iso27001-2022";

    /// <summary>The pairs in which one side is ISO/IEC 27001, in either direction.</summary>
    public static IEnumerable<(string Requirement, string Answer)> Of(
        KnowledgeBase knowledge,
        IReadOnlyList<ReadMapping> mapping
    )
    {
        foreach (var pair in mapping)
        {
            var forward = pair.TargetFramework.Contains(Iso27001, StringComparison.Ordinal);
            if (!forward && !pair.SourceFramework.Contains(Iso27001, StringComparison.Ordinal))
                continue;
            var number = Number(forward ? pair.TargetRequirement : pair.SourceRequirement);
            var answer = number.StartsWith('a') ? $"A{number[1..]}" : number;
            if (knowledge.ControlById.ContainsKey(answer) || knowledge.Clauses.Any(c => c.Id == answer))
                yield return (forward ? pair.SourceRequirement : pair.TargetRequirement, answer);
        }
    }

    /// <summary>The number that a requirement's key ends in.</summary>
    public static string Number(string key) => key.Split(':')[^1].ToLowerInvariant();
}
