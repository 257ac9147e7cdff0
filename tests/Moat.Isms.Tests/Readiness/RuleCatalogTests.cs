using System.Globalization;
using System.Text;
using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Clauses name rules that exist, rules look at operations that exist, and the document says what the rules say.
/// </summary>
public sealed class RuleCatalogTests
{
    private const string Begin = "<!-- rules of clauses: written by the test of this table -->";
    private const string End = "<!-- end of the rules of clauses -->";

    [Fact]
    public void Every_rule_that_a_clause_names_is_kept_by_a_process_and_every_rule_is_named_by_a_clause()
    {
        var named = KnowledgeBase
            .Shipped.Clauses.SelectMany(c => c.Documented.Concat(c.Operating).Concat(c.Improving))
            .Select(r => r.Rule)
            .ToHashSet();
        Assert.DoesNotContain(named, rule => !RuleCatalog.Knows(rule));
        Assert.Empty(RuleCatalog.Texts.Keys.Except(named));
        Assert.False(RuleCatalog.Knows("a-rule-that-nobody-keeps"));
    }

    [Fact]
    public async Task Every_operation_that_a_rule_looks_at_exists()
    {
        await using var company = await Company.Empty("sqlite");
        Assert.DoesNotContain(RuleCatalog.All.SelectMany(r => r.Acts), a => company.Catalog.Find(a) is null);
    }

    [Fact]
    public void Every_sub_clause_has_a_rule_for_each_of_the_three_questions()
    {
        var clauses = KnowledgeBase.Shipped.Clauses.Where(c => !c.Heading).ToList();
        Assert.Empty(
            clauses
                .Where(c => c.Documented.Count == 0 || c.Operating.Count == 0 || c.Improving.Count == 0)
                .Select(c => c.Id)
        );
    }

    [Fact]
    public void The_document_says_when_each_rule_holds() => WrittenTable.Check("readiness.md", Begin, End, Table());

    private static string Table()
    {
        var text = new StringBuilder("\n\n");
        foreach (var clause in KnowledgeBase.Shipped.Clauses.Where(c => !c.Heading).OrderBy(c => c.Order))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"### {clause.Id} {clause.Title}\n\n| | Rule | Holds when |\n|---|---|---|\n"
            );
            foreach (
                var (dimension, rules) in new[]
                {
                    ("Documented", clause.Documented),
                    ("Operating", clause.Operating),
                    ("Improving", clause.Improving),
                }
            )
            foreach (var rule in rules)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {dimension} | `{rule.Rule}`, {rule.MaxAgeDays} days | {RuleCatalog.Texts[rule.Rule].HoldsWhen} |\n"
                );
            text.Append('\n');
        }
        return text.ToString();
    }
}
