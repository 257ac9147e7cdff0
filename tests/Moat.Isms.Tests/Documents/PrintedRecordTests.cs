using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Documents print what was decided and judged, and say what the standard really asks for.</summary>
public sealed class PrintedRecordTests
{
    [Fact]
    public async Task The_decision_on_climate_change_is_printed_with_its_reason_and_is_an_open_point_until_then()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await AdoptAll(company, "issues", "documents");
        var context = await Document(company, "context-and-parties");
        Assert.Contains(context.OpenPoints, p => p.Contains("climate", StringComparison.Ordinal));
        var climate = ((IReadOnlyList<IssueView>)await company.Do("issues.list", new { })).Single(i => i.IsClimate);
        await company.Do(
            "issues.edit",
            new
            {
                @ref = climate.Ref,
                relevant = true,
                effect = "Heat waves switched off the region of our GPU cloud twice.",
            }
        );
        context = await Document(company, "context-and-parties");
        Assert.DoesNotContain(context.OpenPoints, p => p.Contains("climate", StringComparison.Ordinal));
        Assert.Contains(
            "Relevant. Heat waves switched off the region of our GPU cloud twice.",
            context.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_risk_report_shows_likelihood_impact_consequence_and_what_is_harmed()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await AdoptAll(company, "risks", "documents");
        await company.Do(
            "risks.assess",
            new
            {
                @ref = "RISK-1",
                inherentLikelihood = 4,
                inherentImpact = 5,
                currentLikelihood = 3,
                currentImpact = 5,
                residualLikelihood = 2,
                residualImpact = 4,
                rationale = "Two attempts were seen last year.",
            }
        );
        var risk = await company.Read(db => Task.FromResult(db.Set<Moat.Isms.Risks.Risk>().Single(r => r.Number == 1)));
        var row = (await Document(company, "risk-assessment-report"))
            .Text.Split('\n')
            .Single(l => l.StartsWith("| RISK-1 |", StringComparison.Ordinal));
        Assert.Contains("| 4 × 5 = 20 | 3 × 5 = 15 | 2 × 4 = 8 |", row, StringComparison.Ordinal);
        Assert.Contains(risk.Consequence.Replace("|", "\\|", StringComparison.Ordinal), row, StringComparison.Ordinal);
        Assert.All(risk.Harms, h => Assert.Contains(h, row, StringComparison.Ordinal));
        Assert.Contains(
            "not assessed",
            (await Document(company, "risk-assessment-report")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("isms-scope", "Needed as documented information (clause 4.3).")]
    [InlineData("risk-treatment-plan", "Needed as documented information (clauses 6.1.3 and 8.3).")]
    [InlineData("monitoring-and-measurement", "Says how the records come about that clause 9.1 wants.")]
    [InlineData("document-control", "Supports clauses 7.5.1, 7.5.2 and 7.5.3.")]
    [InlineData(
        "competence-and-awareness",
        "Says how the records come about that clause 7.2 wants. Supports clause 7.3."
    )]
    public async Task A_proposal_names_what_its_clauses_really_want(string template, string said)
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var why = await company.Read(db =>
            Task.FromResult(db.Set<Document>().Single(d => d.Key == template).WhyProposed)
        );
        Assert.EndsWith(said, why, StringComparison.Ordinal);
        Assert.DoesNotContain("The standard asks for it", why, StringComparison.Ordinal);
    }

    private static async Task AdoptAll(Company company, params string[] processes)
    {
        foreach (var process in processes)
        {
            var list = (DraftList)await company.Do("draft.list", new { of = process });
            await company.Do("draft.adopt", new { refs = list.Items.Select(i => i.Ref) });
        }
    }

    private static async Task<DocumentView> Document(Company company, string key)
    {
        var row = ((Page<DocumentRow>)await company.Do("documents.list", new { limit = 200 })).Items.Single(r =>
            r.Key == key
        );
        return await DocumentTests.Get(company, row.Ref);
    }
}
