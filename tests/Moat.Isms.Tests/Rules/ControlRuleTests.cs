using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>What leaves a control out has to be said.</summary>
public sealed class ControlRuleTests
{
    [Fact]
    public async Task A_control_is_not_left_out_without_saying_why()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        Task Exclude(string justification) =>
            company.Do(
                "controls.edit",
                new
                {
                    @ref = "A.8.10",
                    applicability = "excluded",
                    justification,
                }
            );
        await Broken("controls.exclude.reason", () => Exclude("       "));
        await Exclude("Nothing of ours is deleted by us; the customer does.");
    }
}
