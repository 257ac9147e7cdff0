using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Tests;

/// <summary>
/// Whoever may write a document cannot stop the server with it: what a text asks for is bounded before and while it is
/// filled.
/// </summary>
public sealed class TemplateBoundsTests
{
    [Theory]
    [InlineData("{{a (a (a))}}")]
    [InlineData("{{#if (a b)}}x{{/if}}")]
    [InlineData("{{> partial}}")]
    [InlineData("{{{raw}}}")]
    [InlineData("{{! {{/if}} }}")]
    [InlineData("{{!-- {{/if}} --}}")]
    [InlineData("{{names")]
    [InlineData("{{\"}}\"")]
    public void What_the_language_of_documents_does_not_have_is_refused(string source) =>
        Assert.Throws<DocumentSyntax>(() => DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(1)));

    [Theory]
    [InlineData("{{a (", ")}}", 10_000)]
    [InlineData("{{#if company.name}}", "{{/if}}", 5_000)]
    [InlineData("{{#if company.name}}", "{{/if}}", 17)]
    [InlineData("{{^company}}", "{{/company}}", 1_000)]
    [InlineData("{{~#if company.name}}", "{{/if}}", 17)]
    [InlineData("{{names assets}}", "", 5_001)]
    public void A_text_that_nests_or_repeats_too_much_is_refused(string open, string close, int times)
    {
        var source =
            string.Concat(Enumerable.Repeat(open, times)) + "x" + string.Concat(Enumerable.Repeat(close, times));
        Assert.Throws<DocumentSyntax>(() => DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(1)));
    }

    [Fact]
    public void A_chain_of_conditions_counts_as_blocks_in_one_another()
    {
        var source =
            "{{#if company.name}}a"
            + string.Concat(Enumerable.Repeat("{{else if company.name}}b", 5_000 - 2))
            + "{{/if}}";
        Assert.Throws<DocumentSyntax>(() => DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("row ")]
    public void Lists_in_lists_end(string row)
    {
        const string each = "{{#each @root.assets}}";
        var source = string.Concat(Enumerable.Repeat(each, 4)) + row + string.Concat(Enumerable.Repeat("{{/each}}", 4));
        Assert.Contains(
            "rows",
            Assert
                .Throws<DocumentSyntax>(() =>
                    DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(100))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_text_that_grows_beyond_a_million_characters_when_it_is_filled_is_refused()
    {
        var source = "{{#each assets}}" + new string('x', 50_000) + "{{/each}}";
        Assert.Contains(
            "million",
            Assert
                .Throws<DocumentSyntax>(() =>
                    DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(100))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lists_show_their_rows_and_what_stands_for_an_empty_one()
    {
        const string source =
            "{{#each assets}}- {{name}} of {{company.name}}{{#if owner}} ({{owner}}){{else}}, nobody's{{/if}}\n{{else}}None.\n{{/each}}";
        Assert.Equal(
            "- a1 of Acme, nobody's\n- a2 of Acme, nobody's\n",
            DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(2))
        );
        Assert.Equal("None.\n", DocumentEngine.Fill(source, new Dictionary<string, string>(), Fields(0)));
    }

    [Fact]
    public void Markdown_that_stands_too_deep_is_shown_as_it_was_written()
    {
        var deep = new string('>', 20_000) + " <b>x";
        Assert.Contains("&lt;b&gt;x", Markdown.ToHtml(deep), StringComparison.Ordinal);
    }

    private static DocumentFields Fields(int assets)
    {
        var fields = new DocumentFields(new HashSet<string>(), 10, role => role, _ => true);
        fields.Set("company", "name", "Acme");
        fields.Set(
            "assets",
            Enumerable.Range(1, assets).Select(i => (IReadOnlyList<string>)[$"a{i}", "model", "", ""])
        );
        return fields;
    }
}
