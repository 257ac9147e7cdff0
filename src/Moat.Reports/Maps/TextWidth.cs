namespace Moat.Reports.Maps;

/// <summary>
/// How wide a text is at most in the sans-serif typefaces that systems bring, so that a label fits its box without
/// asking a browser. Wider than the true width, never narrower.
/// </summary>
internal static class TextWidth
{
    private const string Narrow = "iljtfrI.,:;'|!()[] ",
        Wide = "mwMWGOQ@%&",
        Ellipsis = "…";

    /// <summary>The width of a text at a size in pixels.</summary>
    public static double Of(string text, double size, bool bold = false) =>
        text.Sum(c => Share(c)) * size * (bold ? 1.06 : 1);

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    public static string Fit(string text, double width, double size, bool bold = false)
    {
        if (Of(text, size, bold) <= width)
            return text;
        var length = text.Length;
        while (length > 0 && Of(text[..length] + Ellipsis, size, bold) > width)
            length--;
        return text[..length].TrimEnd() + Ellipsis;
    }

    /// <summary>The text on at most two lines.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, bool bold = false)
    {
        if (Of(text, size, bold) <= width)
            return [text];
        var words = text.Split(' ');
        var taken = words.Length;
        while (taken > 1 && Of(string.Join(' ', words[..taken]), size, bold) > width)
            taken--;
        return taken == words.Length
            ? [Fit(text, width, size, bold)]
            :
            [
                Fit(string.Join(' ', words[..taken]), width, size, bold),
                Fit(string.Join(' ', words[taken..]), width, size, bold),
            ];
    }

    private static double Share(char c) =>
        c > 0x2e80 ? 1.05
        : Narrow.Contains(c, StringComparison.Ordinal) ? 0.4
        : Wide.Contains(c, StringComparison.Ordinal) ? 0.98
        : char.IsUpper(c) ? 0.76
        : 0.64;
}
