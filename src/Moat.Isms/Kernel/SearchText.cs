using System.Globalization;
using System.Text;

namespace Moat.Isms.Kernel;

/// <summary>Folds text for search the same way for every database: lower case, no accents, single spaces.</summary>
public static class SearchText
{
    /// <summary>The folded text, at most 2,000 characters.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, 2000));
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (folded.Length == 2000)
                break;
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            var lower = char.ToLowerInvariant(c);
            if (!char.IsWhiteSpace(lower))
                folded.Append(lower);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString();
    }
}
