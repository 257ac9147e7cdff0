using System.Net;
using System.Text.RegularExpressions;
using Ganss.Xss;

namespace Moat.Knowledge.Documents;

/// <summary>A document's text as HTML that is safe to show whoever wrote it, with its open points to be seen.</summary>
public static partial class DocumentHtml
{
    private static readonly HtmlSanitizer Sanitizer = Make();

    /// <summary>The HTML.</summary>
    public static string Of(string text) =>
        Mark()
            .Replace(
                Sanitizer.Sanitize(Markdown.ToHtml(text)),
                m =>
                    $"<mark class=\"m-open\">{(m.Groups[1].Value == "decide" ? "To decide" : "To fill in")}: {WebUtility.HtmlEncode(m.Groups[2].Value.Replace('-', ' ').Replace('.', ' '))}</mark>"
            );

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedSchemes.Clear();
        foreach (var scheme in new[] { "https", "http", "mailto" })
            sanitizer.AllowedSchemes.Add(scheme);
        foreach (
            var tag in new[] { "form", "input", "button", "textarea", "select", "option", "img", "style", "iframe" }
        )
            sanitizer.AllowedTags.Remove(tag);
        sanitizer.AllowedAttributes.Remove("style");
        return sanitizer;
    }

    [GeneratedRegex("⟦(decide|field):([^⟧]+)⟧")]
    private static partial Regex Mark();
}
