using System.Globalization;
using System.Text.RegularExpressions;

namespace Moat.Isms.Tables;

/// <summary>
/// Reads a level of a scale out of a number or of words that other registers use. Only a whole phrase is understood,
/// because part of one may say the opposite: "not likely", "no critical harm", "2-3".
/// </summary>
internal sealed partial class ScaleWords
{
    private readonly int _most;
    private readonly HashSet<string> _about;
    private readonly Dictionary<string, int> _levels;

    /// <summary>A scale.</summary>
    /// <param name="most">The highest number that is read.</param>
    /// <param name="about">Words that say what is rated and change nothing, such as <c>risk</c>.</param>
    /// <param name="levels">The phrases of each level, from 1 on, in lower case.</param>
    public ScaleWords(int most, string[] about, params string[][] levels)
    {
        (_most, _about) = (most, [.. about]);
        _levels = levels
            .SelectMany((phrases, at) => phrases.Select(p => (Phrase: p, Level: at + 1)))
            .ToDictionary(p => p.Phrase, p => p.Level);
    }

    /// <summary>The level that a text names; null when it is not understood.</summary>
    public int? Of(string text)
    {
        var said = text.Trim().ToLowerInvariant();
        if (NumberFirst().Match(said) is { Success: true } first)
        {
            var (number, rest) = (Within(first.Groups["number"].Value), first.Groups["rest"].Value);
            // "4 - Probable" gives its own number; "5 days" is something else.
            return rest.Length == 0 || first.Groups["mark"].Length > 0 || Phrase(rest) is not null ? number : null;
        }
        return NumberLast().Match(said) is { Success: true } last ? Within(last.Groups["number"].Value) : Phrase(said);
    }

    private int? Within(string number) =>
        int.Parse(number, CultureInfo.InvariantCulture) is >= 1 and var level && level <= _most ? level : null;

    private int? Phrase(string text) =>
        _levels.TryGetValue(
            string.Join(' ', Word().Matches(text).Select(m => m.Value).Where(w => !_about.Contains(w))),
            out var level
        )
            ? level
            : null;

    [GeneratedRegex(
        @"^(?<number>[0-9])(?:[.,]0+)?(?:(?<mark>\s*[(:=.]\s*|\s+[-–—]\s+|[-–—](?=[a-z]))|\s+|$)(?<rest>\D*)$"
    )]
    private static partial Regex NumberFirst();

    [GeneratedRegex(@"^[^\d<>≤≥~]*(?:[:=]|\s[-–—]|\()\s*(?<number>[0-9])\s*\)?$")]
    private static partial Regex NumberLast();

    [GeneratedRegex(@"[\p{L}\p{N}/&+<>,;]+")]
    private static partial Regex Word();
}
