using System.Text.RegularExpressions;

namespace Moat.Knowledge.Documents;

/// <summary>
/// What a text may ask of the engine that fills it, looked at before the engine sees it: whoever may write a document
/// must not be able to stop the server or to fill its memory with one.
/// </summary>
internal static partial class TemplateBounds
{
    /// <summary>How deep blocks stand in one another.</summary>
    public const int Deepest = 16;

    /// <summary>How many fields, blocks and ends a text has.</summary>
    public const int MostFields = 5_000;

    /// <summary>How many rows all lists of a text show together.</summary>
    public const int MostRows = 50_000;

    /// <summary>The longest text, before and after it is filled, in characters.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>Throws <see cref="DocumentSyntax"/> when the text asks for more.</summary>
    public static void Check(string text)
    {
        if (text.Length > LongestText)
            throw new DocumentSyntax("The text is longer than a million characters.");
        int depth = 0,
            chained = 0,
            fields = 0;
        for (
            var at = text.IndexOf("{{", StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf("{{", at, StringComparison.Ordinal)
        )
        {
            if (++fields > MostFields)
                throw new DocumentSyntax($"The text has more than {MostFields:N0} fields.");
            var field = Field().Match(text, at, Math.Min(300, text.Length - at));
            if (!field.Success || field.Index != at)
                throw new DocumentSyntax(
                    $"In line {LineOf(text, at)} a field is not well formed: write {{{{name}}}}, with at most 200 characters "
                        + "and no braces or parentheses in it."
                );
            var first = field.Groups[1].Value;
            if (first is "#" or "^")
                depth++;
            else if (first is "/")
                (depth, chained) = (depth - 1, depth <= 1 ? 0 : chained);
            else if (ElseIf().IsMatch(field.Groups[2].ValueSpan))
                chained++;
            // Each "else if" is one block more in the one before it.
            if (depth + chained > Deepest)
                throw new DocumentSyntax(
                    $"In line {LineOf(text, at)} more than {Deepest} blocks stand in one another."
                );
            at += field.Length;
        }
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex(@"\{\{~?([#^/]?)([^{}()!>&#^/][^{}()]{0,200}|)\}\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"^\s*(?:else\s+\S|\^\s*\S)")]
    private static partial Regex ElseIf();
}
