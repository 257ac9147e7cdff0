using Markdig;

namespace Moat.Knowledge;

/// <summary>Markdown as HTML, with tables; raw HTML in the source is shown as text.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .DisableHtml()
        .Build();

    /// <summary>
    /// The HTML of a Markdown text; of one whose quotes, lists or emphasis stand too deep in one another, the text as
    /// it was written.
    /// </summary>
    public static string ToHtml(string markdown)
    {
        try
        {
            return Markdig.Markdown.ToHtml(markdown, Pipeline);
        }
        // Markdig refuses to follow a nesting deeper than its limit.
        catch (ArgumentException)
        {
            return $"<pre>{System.Net.WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }
}
