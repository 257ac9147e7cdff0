using Microsoft.EntityFrameworkCore;
using Moat.Isms.Alignment;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Tests;

/// <summary>What serves a business objective and what does not, and who takes part.</summary>
public sealed class AlignmentTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Business_objectives_are_proposed_from_the_answers_once(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var goals = await Goals(company);
        Assert.Equal(
            [
                "Sign customers who ask for an ISO/IEC 27001 certificate",
                "Keep customers on Triage advice",
                "Bring the next version of triage-7b to production",
            ],
            goals.Select(g => g.Title)
        );
        Assert.All(goals, g => Assert.Equal(Standing.Proposed, g.Standing));
        Assert.Equal(new DateOnly(2027, 6, 30), goals[0].Horizon);
        await company.Do("draft.generate", new { });
        Assert.Equal(3, (await Goals(company)).Count);
        var list = await company.Run<DraftProcess, ListDrafts, DraftList>(
            p => p.List,
            new ListDrafts { Of = "business-objectives" }
        );
        Assert.Equal(3, list.Items.Count);
        await company.Do("draft.adopt", new { refs = new[] { "BIZ-1" } });
        Assert.Equal(Standing.Adopted, (await Goals(company))[0].Standing);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_serves_no_business_objective_is_named_and_a_control_serves_through_the_risk_it_treats(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var before = await Show(company);
        Assert.Equal("Nobody said yet what the company wants to reach, so nothing can serve it.", before.Sentence);
        Assert.All(before.Groups, g => Assert.Equal(0, g.Tied));
        Assert.Equal(
            ["Security objectives", "Crown jewels", "Top risks", "Controls"],
            before.Groups.Select(g => g.Name)
        );

        var goal = (
            (Done)
                await company.Do(
                    "business-objectives.create",
                    new { title = "Win the hospital contract", whySecurity = "Its tender asks for the certificate." }
                )
        ).Ref;
        Assert.EndsWith($"Nothing serves {goal}.", (await Show(company)).Sentence, StringComparison.Ordinal);
        var jewel = before.Groups[1].Records[0];
        await company.Do("business-objectives.tie", new { @ref = goal, records = new[] { jewel.Ref } });
        var after = await Show(company);
        Assert.True(after.Groups[1].Records.Single(r => r.Ref == jewel.Ref).IsTied);
        Assert.DoesNotContain(after.Groups[1].Records, r => r.Ref != jewel.Ref && r.IsTied);
        Assert.False(after.Groups[1].Records[0].IsTied);
        var risk = await company.Read(db =>
            (
                from link in db.Links
                where link.Type == LinkTypes.Threatens
                join asset in db.Set<Asset>() on link.ToId equals asset.Id
                join threat in db.Set<Risk>() on link.FromId equals threat.Id
                where threat.Standing == Standing.Adopted && asset.Number == int.Parse(jewel.Ref.Substring(4))
                orderby threat.Number
                select threat
            ).FirstAsync()
        );
        var treating = await company.Read(db =>
            (
                from link in db.Links
                where link.Type == LinkTypes.Treats && link.ToId == risk.Id
                join control in db.Set<Control>() on link.FromId equals control.Id
                where control.Applicability == Applicability.Applicable
                select control
            ).FirstAsync()
        );
        var served = after.Groups[3].Records.Single(r => r.Ref == treating.Ref);
        Assert.Equal([goal], served.Serves);
        Assert.StartsWith("RISK-", served.Via, StringComparison.Ordinal);
        Assert.DoesNotContain(after.Elsewhere, r => r.Ref == treating.Ref);

        await company.Do("business-objectives.end", new { @ref = goal, outcome = "Won in June." });
        Assert.All((await Show(company)).Groups, g => Assert.Equal(0, g.Tied));
        await ReviewTests.Broken(
            "business-objectives.tie.pursued",
            () => company.Do("business-objectives.tie", new { @ref = goal, records = new[] { jewel.Ref } })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_adopted_objectives_assets_risks_and_controls_are_tied_and_a_tie_can_be_taken_back(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var goal = (
            (Done)
                await company.Do(
                    "business-objectives.create",
                    new { title = "Launch the coding model", whySecurity = "Its data comes from hospitals." }
                )
        ).Ref;
        Assert.Equal(
            "records",
            (await Assert.ThrowsAsync<InputInvalid>(() => Tie(company, goal, "BIZ-1"))).Errors[0].Field
        );
        Assert.Contains(
            "not adopted",
            (await Assert.ThrowsAsync<InputInvalid>(() => Tie(company, goal, "OBJ-1"))).Errors[0].Message,
            StringComparison.Ordinal
        );
        await company.Do("draft.adopt", new { refs = new[] { "OBJ-1", "AST-1" } });
        Assert.Equal((2, 0), (await Tie(company, goal, "OBJ-1", "AST-1"), await Tie(company, goal, "OBJ-1")));
        Assert.Equal(["AST-1", "OBJ-1"], (await Goals(company)).Single(g => g.Ref == goal).Ties.Select(t => t.Ref));
        Assert.Equal(
            1,
            (
                (Tally)await company.Do("business-objectives.untie", new { @ref = goal, records = new[] { "AST-1" } })
            ).Count
        );
        Assert.Equal(["OBJ-1"], (await Goals(company)).Single(g => g.Ref == goal).Ties.Select(t => t.Ref));
        await ReviewTests.Broken("business-objectives.tie.pursued", () => Tie(company, "BIZ-1", "OBJ-1"));
        await ReviewTests.Broken(
            "business-objectives.end.adopted",
            () => company.Do("business-objectives.end", new { @ref = "BIZ-1", outcome = "Never wanted." })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_department_that_owns_nearly_everything_is_called_a_silo_until_others_own_something(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (platform, sales) = (
            await Person(company, "Pia Platform", "Platform engineering"),
            await Person(company, "Sam Sales", "Sales")
        );
        Assert.StartsWith(
            "Too little has an owner",
            (await Show(company)).Participation.Sentence,
            StringComparison.Ordinal
        );
        var assets = Enumerable.Range(1, 6).Select(n => $"AST-{n}").ToList();
        await company.Do("draft.adopt", new { refs = assets });
        foreach (var asset in assets)
            await company.Do("assets.edit", new { @ref = asset, owner = platform });
        var silo = (await Show(company)).Participation;
        Assert.Equal((true, 100), (silo.IsSilo, silo.LargestShare));
        Assert.Equal(
            "100 % of what is owned sits in Platform engineering: the ISMS is becoming that department's own affair. Sales answers for nothing.",
            silo.Sentence
        );
        foreach (var asset in assets.Take(3))
            await company.Do("assets.edit", new { @ref = asset, owner = sales });
        var shared = (await Show(company)).Participation;
        Assert.Equal(
            (false, 50, 3),
            (shared.IsSilo, shared.LargestShare, shared.Rows.Single(r => r.Department == "Sales").Assets)
        );
        Assert.EndsWith("Every department answers for something.", shared.Sentence, StringComparison.Ordinal);
    }

    private static async Task<string> Person(Company company, string name, string department) =>
        (
            (Done)
                await company.Do(
                    "people.create",
                    new
                    {
                        name,
                        email = $"{name.Replace(' ', '.')}@acme.test",
                        department,
                    }
                )
        ).Ref;

    private static async Task<int> Tie(Company company, string goal, params string[] records) =>
        ((Tally)await company.Do("business-objectives.tie", new { @ref = goal, records })).Count;

    private static Task<IReadOnlyList<BusinessObjectiveView>> Goals(Company company) =>
        company.Run<BusinessObjectives, ListContext, IReadOnlyList<BusinessObjectiveView>>(
            p => p.List,
            new ListContext()
        );

    private static Task<AlignmentView> Show(Company company) =>
        company.Run<AlignmentProcess, Nothing, AlignmentView>(p => p.Show, new Nothing());
}
