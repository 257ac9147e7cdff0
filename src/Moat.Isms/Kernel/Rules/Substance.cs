using System.Text;

namespace Moat.Isms.Kernel.Rules;

/// <summary>Tells a text that says something from one that only fills a field.</summary>
public static class Substance
{
    private const int LettersOfAWord = 2;
    private const int FirstCharacterThatIsAWord = 0x2E80;

    /// <summary>Whether a text has at least so many different words, each of more than one letter repeated.</summary>
    public static bool Says(string? text, int words = 4) => Words(text).Count >= words;

    /// <summary>
    /// Of texts that each belong to a record of its own, those that say something and that at most one other record
    /// says too: the same sentence on every record says nothing about any.
    /// </summary>
    public static int Saying(IEnumerable<string?> texts, int words = 4)
    {
        var folded = texts.Select(t => string.Join(' ', Words(t))).ToList();
        var often = folded.CountBy(t => t).ToDictionary(t => t.Key, t => t.Value);
        return folded.Count(t => t.Length > 0 && t.Count(c => c == ' ') + 1 >= words && often[t] <= 2);
    }

    private static HashSet<string> Words(string? text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var c in (text ?? "").ToLowerInvariant().Append(' '))
        {
            if (c >= FirstCharacterThatIsAWord && char.IsLetter(c))
                words.Add(c.ToString());
            else if (char.IsLetterOrDigit(c))
                word.Append(c);
            else
            {
                var found = word.ToString();
                word.Clear();
                if (found.Distinct().Count() >= LettersOfAWord)
                    words.Add(found);
            }
        }
        return words;
    }
}
