using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Tests;

/// <summary>What only the company can say stays a question, and nothing that holds a question is approved.</summary>
public sealed class OpenPointTests
{
    [Fact]
    public async Task A_scope_with_a_question_in_it_is_not_approved()
    {
        await using var company = await Drafted();
        await company.Do("draft.adopt", new { refs = new[] { "SCP-1" } });
        await DecideClimate(company);
        await company.Do("scope.change", new { exclusions = $"Notebooks. Reason: {OpenText.Ask("Why?")}" });
        await Broken("scope.approve.open", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
        await company.Do("scope.change", new { exclusions = "Nothing is left out." });
        await company.Do("scope.approve", new { @ref = "SCP-1" }, await company.As(Role.IsmsManager, "Max Manager"));
    }

    [Fact]
    public async Task A_scope_waits_for_the_decision_on_climate_change()
    {
        await using var company = await Drafted();
        await company.Do("draft.adopt", new { refs = new[] { "SCP-1" } });
        await Broken("scope.approve.issues", () => company.Do("scope.approve", new { @ref = "SCP-1" }));
        await DecideClimate(company);
        await company.Do("scope.approve", new { @ref = "SCP-1" }, await company.As(Role.IsmsManager, "Max Manager"));
    }

    [Fact]
    public async Task A_risk_method_with_a_question_in_it_is_not_approved()
    {
        await using var company = await Drafted();
        await company.Do(
            "method.change",
            new { criteria = $"Risks are accepted by {OpenText.Ask("By whom?")} and looked at again." }
        );
        await Broken("method.approve.open", () => company.Do("method.approve", new { @ref = "METH-1" }));
    }

    [Fact]
    public async Task A_question_in_a_reason_keeps_the_statement_of_applicability_back()
    {
        await using var company = await Drafted();
        await company.Do("controls.edit", new { @ref = "A.8.30", justification = $"Left out: {OpenText.Ask("Why?")}" });
        var draft = (SoaDraft)await company.Do("soa.draft", new { });
        Assert.Contains(draft.Missing, m => m.Field == "A.8.30" && m.Message == "To decide: Why?");
    }

    [Fact]
    public async Task A_needed_answer_cannot_be_left_empty_and_the_message_names_it()
    {
        await using var company = await Company.Found("sqlite");
        var wrong = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("interview.answer", new { answers = new { name = Array.Empty<string>() } })
        );
        Assert.Equal(("name", "Company name: this is needed."), (wrong.Errors[0].Field, wrong.Errors[0].Message));
        await company.Do("interview.answer", new { answers = new { countries = new[] { "uk" } } });
        Assert.DoesNotContain("ai-act-role", ((InterviewView)await company.Do("interview.get", new { })).Needed);
        await company.Do("interview.answer", new { answers = new { countries = new[] { "eu" } } });
        Assert.Contains("ai-act-role", ((InterviewView)await company.Do("interview.get", new { })).Needed);
    }

    [Fact]
    public async Task A_chosen_path_is_marked_and_a_missed_date_says_what_would_meet_it()
    {
        await using var company = await Company.Found("sqlite");
        var answers = DraftProfile.Answers("remote-start-up");
        answers["deadline"] = "2026-12-01";
        await company.Do("interview.answer", new { answers, complete = true });
        var paths = ((InterviewView)await company.Do("interview.get", new { })).Paths;
        Assert.Equal("Toolkit", Assert.Single(paths, p => p.Chosen).Path.ToString());
        Assert.Contains(
            paths.SelectMany(p => p.Reasons),
            r => r.Contains("days a month would meet it.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nothing_is_drafted_while_a_new_question_is_open()
    {
        await using var company = await Drafted();
        var answers = new System.Text.Json.Nodes.JsonObject
        {
            ["serving"] = new System.Text.Json.Nodes.JsonArray("api"),
            ["models"] = new System.Text.Json.Nodes.JsonArray("fine-tuned"),
        };
        await company.Do("interview.answer", new { answers });
        await Broken("draft.generate.answers", () => company.Do("draft.generate", new { }));
    }

    private static Task<Company> Drafted() =>
        PreparedCompany.Copy(
            "remote-start-up",
            "sqlite",
            async () =>
            {
                var company = await Company.Found("sqlite");
                await company.Do(
                    "interview.answer",
                    new { answers = DraftProfile.Answers("remote-start-up"), complete = true }
                );
                await company.Do("draft.generate", new { });
                return company;
            }
        );

    private static async Task DecideClimate(Company company)
    {
        var issues = (IReadOnlyList<IssueView>)await company.Do("issues.list", new { });
        await company.Do("issues.edit", new { @ref = issues.First(i => i.IsClimate).Ref, relevant = true });
    }

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
