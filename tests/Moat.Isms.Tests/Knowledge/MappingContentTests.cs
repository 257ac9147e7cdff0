using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Other frameworks: laws say when they were read, no requirement stands twice, and what an AI company is asked for is
/// there.
/// </summary>
public sealed class MappingContentTests
{
    [Fact]
    public void The_frameworks_that_AI_companies_are_asked_for_are_there()
    {
        Assert.Equal(
            [
                "cra",
                "dora",
                "eu-ai-act",
                "gdpr",
                "hipaa-security",
                "iso42001",
                "nis2",
                "nist-ai-rmf",
                "nist-csf-2",
                "soc2",
            ],
            KnowledgeBase.Shipped.Mappings.Select(m => m.Id).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["cra", "dora", "eu-ai-act", "gdpr", "hipaa-security", "nis2"],
            KnowledgeBase.Shipped.Mappings.Where(m => m.IsLaw).Select(m => m.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("eu-ai-act", "Art. 5")]
    [InlineData("eu-ai-act", "Art. 43")]
    [InlineData("eu-ai-act", "Art. 47")]
    [InlineData("eu-ai-act", "Art. 48")]
    [InlineData("eu-ai-act", "Art. 49")]
    [InlineData("eu-ai-act", "Art. 55(1)(d)", "A.8.4", "A.8.12", "A.8.24")]
    [InlineData("eu-ai-act", "Art. 15(5)", "A.5.21", "A.8.3", "A.8.4")]
    [InlineData("iso42001", "6.1.4", "6.1.2")]
    [InlineData("iso42001", "10.2", "10.2")]
    [InlineData("iso42001", "A.5.5", "4.2")]
    [InlineData("nist-ai-rmf", "MEASURE 2.7", "A.8.29")]
    [InlineData("dora", "Art. 30", "A.5.20")]
    [InlineData("cra", "Annex I, II(1)", "A.5.21")]
    [InlineData("gdpr", "Art. 32(1)(d)", "A.8.29")]
    [InlineData("hipaa-security", "164.312(b)", "A.8.15")]
    public void A_requirement_names_what_answers_it(string framework, string requirement, params string[] among)
    {
        var row = KnowledgeBase
            .Shipped.Mappings.Single(m => m.Id == framework)
            .Requirements.Single(r => r.Id == requirement);
        Assert.NotEmpty(row.Answers);
        Assert.Empty(among.Except(row.Answers));
    }

    [Fact]
    public void The_AI_risk_management_framework_has_all_72_subcategories_and_leaves_open_what_security_does_not_answer()
    {
        var rows = KnowledgeBase.Shipped.Mappings.Single(m => m.Id == "nist-ai-rmf").Requirements;
        Assert.Equal(72, rows.Count);
        Assert.Equal(
            ["GOVERN 3.1", "MAP 3.1", "MEASURE 2.9", "MEASURE 2.11", "MEASURE 2.12"],
            rows.Where(r => r.Answers.Count == 0).Select(r => r.Id)
        );
    }

    [Theory]
    [InlineData("as_of: 2026-11-28\n", "", "A law needs as_of: the day on which somebody last went through it.")]
    [InlineData("id: \"Art. 20\"", "id: \"Art. 23\"", "'Art. 23' stands there twice.")]
    [InlineData("\"5.1\"", "\"5.99\"", "There is no clause or control '5.99'.")]
    public void A_mapping_with_a_mistake_is_refused(string right, string wrong, string message)
    {
        var error = Assert.Throws<ContentError>(() =>
            new KnowledgeBase(PlaybookContentTests.With("mappings/nis2.yaml", right, wrong))
        );
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
