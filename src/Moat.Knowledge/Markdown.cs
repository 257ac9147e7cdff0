using Markdig;

namespace Moat.Knowledge;

/// <summary>Markdown as HTML, with tables; raw HTML in the source is shown as text.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>The HTML of a Markdown text.</summary>
    public static string ToHtml(string markdown) => Markdig.Markdown.ToHtml(markdown, Pipeline);
}
