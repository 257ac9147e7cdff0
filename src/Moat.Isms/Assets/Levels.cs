using System.Globalization;

namespace Moat.Isms.Assets;

/// <summary>Reads a level from 1 to 4 out of the words that other registers use.</summary>
internal static class Levels
{
    private static readonly (string Word, int Level)[] Words =
    [
        ("highly confidential", 4), ("strictly confidential", 4), ("top secret", 4), ("very high", 4), ("restricted", 4), ("secret", 4), ("critical", 4),
        ("pii", 4), ("sensitive", 3), ("confidential", 3), ("high", 3), ("internal", 2), ("medium", 2), ("moderate", 2), ("low", 1), ("public", 1), ("open", 1),
    ];

    /// <summary>The level that a text names, or none.</summary>
    public static int? Of(string text)
    {
        var words = text.Trim().ToLowerInvariant();
        if (int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is >= 1 and <= 5 ? Math.Min(number, 4) : null;
        foreach (var (word, level) in Words)
            if (words.Contains(word, StringComparison.Ordinal)) return level;
        return null;
    }
}
