using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel;

/// <summary>Whether a text says anything at all. It cannot tell what is true; it tells what is empty.</summary>
public static partial class Substance
{
    /// <summary>Whether the text has at least so many different words of three letters or more that are not one letter repeated.</summary>
    public static bool Says(string? text, int words) => text is not null
        && Word().Matches(text).Select(m => m.Value.ToUpperInvariant()).Where(w => w.Distinct().Count() > 1).Distinct().Take(words).Count() >= words;

    /// <summary>Texts that stand more than so many times in a register: they say nothing of any one record.</summary>
    public static IReadOnlySet<string> Repeated(IEnumerable<string?> texts, int times) =>
        texts.OfType<string>().Where(t => t.Length > 0).CountBy(t => t.Trim()).Where(t => t.Value > times).Select(t => t.Key).ToHashSet();

    [GeneratedRegex(@"\p{L}{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
