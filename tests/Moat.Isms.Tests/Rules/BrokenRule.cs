using Moat.Isms.Drafts;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>A refusal by a rule.</summary>
internal static class BrokenRule
{
    /// <summary>The act breaks the rule; answers the sentence that says so.</summary>
    public static async Task<string> Broken(string rule, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RuleBroken>(act);
        Assert.Equal(rule, refused.RuleId);
        return refused.Message;
    }

    /// <summary>The references of what waits to be adopted in a process.</summary>
    public static async Task<IReadOnlyList<string>> Proposed(Company company, string process) =>
        [.. ((DraftList)await company.Do("draft.list", new { of = process })).Items.Select(i => i.Ref)];
}
