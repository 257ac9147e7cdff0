using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>What is only proposed counts for nothing yet.</summary>
public sealed class DraftRuleTests
{
    [Fact]
    public async Task Nothing_is_drafted_before_the_interview()
    {
        await using var company = await Company.Found("sqlite");
        await Broken("draft.generate.interview", () => company.Do("draft.generate", new { }));
    }

    [Fact]
    public async Task A_proposed_scope_is_not_approved()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var scope = (await Proposed(company, "scope"))[0];
        await Broken("scope.approve.adopted", () => company.Do("scope.approve", new { @ref = scope }));
    }

    [Fact]
    public async Task A_proposed_objective_is_not_measured()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var objective = (await Proposed(company, "objectives"))[0];
        var measure = new { @ref = objective, value = 1 };
        await Broken("objectives.measure.adopted", () => company.Do("objectives.measure", measure));
        await company.Do("draft.adopt", new { refs = new[] { objective } });
        await company.Do("objectives.measure", measure);
    }

    [Fact]
    public async Task A_proposed_cadence_is_rejected_and_not_retired_and_an_adopted_one_is_retired_once()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var cadence = (await Proposed(company, "cadences"))[0];
        var retire = new { @ref = cadence, reason = "The pipeline looks at it on every run." };
        await Broken("cadences.retire.adopted", () => company.Do("cadences.retire", retire));
        await company.Do("draft.adopt", new { refs = new[] { cadence } });
        await company.Do("cadences.retire", retire);
        await Broken("cadences.retire.retired", () => company.Do("cadences.retire", retire));
    }

    [Fact]
    public async Task A_drafted_supplier_is_assessed_once_it_is_known_what_it_gets()
    {
        await using var company = await Company.Found("sqlite");
        var answers = Answers.Json;
        answers["supplier-data"] = "no";
        await company.Do("interview.answer", new { answers, complete = true });
        await company.Do("draft.generate", new { });
        var supplier = (await Proposed(company, "suppliers"))[0];
        var assess = new { @ref = supplier, judgement = "Their report covers the region we use." };
        await Broken("suppliers.assess.class", () => company.Do("suppliers.assess", assess));
        await company.Do("suppliers.edit", new { @ref = supplier, dataClass = 1 });
        await company.Do("suppliers.assess", assess);
    }
}
