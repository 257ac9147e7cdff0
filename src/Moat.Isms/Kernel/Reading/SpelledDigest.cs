using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel.Reading;

/// <summary>
/// What looks like a digest within a text, however it is spelled. One that looks like a digest and is none that is
/// known MUST NOT be taken for a name: whoever wrote it meant exact bytes.
/// </summary>
/// <param name="Before">What stands before it, such as the name of an asset.</param>
/// <param name="Digest">The digest; null where it is none that is known.</param>
/// <param name="Why">Why it is none.</param>
/// <param name="HasAlgorithm">Whether it names an algorithm; a value alone may be a commit or a run as well.</param>
public sealed partial record SpelledDigest(string Before, GivenDigest? Digest, string? Why, bool HasAlgorithm)
{
    private const int FirstWide = 0xFF01;
    private const int LastWide = 0xFF5E;
    private static readonly char[] Between = ['/', '@', ':', '=', ' '];

    /// <summary>The digest that a text holds; null for a text that holds nothing that looks like one.</summary>
    public static SpelledDigest? In(string text)
    {
        var plain = Plain(text);
        if (Digests().Matches(plain) is not { Count: > 0 } found)
            return null;
        var first = found[0];
        var before = plain[..first.Index].Trim().TrimEnd(Between).Trim();
        var (named, hex) = (first.Groups["algorithm"], first.Groups["hex"].Value);
        if (found.Count > 1)
            return new SpelledDigest(before, null, $"'{plain.Cut(100)}' holds several digests.", named.Success);
        if ((named.Success ? named.Value : GivenDigest.ByLength(hex.Length)) is not { } algorithm)
            return new SpelledDigest(
                before,
                null,
                $"'{plain.Cut(100)}' looks like a digest and does not say of which algorithm.",
                false
            );
        var digest = GivenDigest.Whole(algorithm, hex, out var why);
        return new SpelledDigest(before, digest, why is null ? null : $"'{plain.Cut(100)}': {why}", named.Success);
    }

    /// <summary>
    /// A text as a person reads it: wide letters are letters, and characters that nobody sees are left out.
    /// </summary>
    public static string Plain(string text)
    {
        var seen = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                seen.Append(rune.Value is >= FirstWide and <= LastWide ? new Rune(rune.Value - FirstWide + '!') : rune);
        return seen.ToString().Trim();
    }

    // The name of an algorithm and what is to be its value, or something too long for anything but a value.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?:"
            + @"(?<algorithm>(?:sha|md|blake|ripemd|crc|xxh|sm)[-_]?[0-9][A-Za-z0-9_-]*?)"
            + @"(?:\s*[:=]+\s*|-(?=[A-Za-z0-9+/]{43}))(?<hex>[^\s,;]*)"
            + @"|(?<hex>[A-Za-z0-9]*[0-9A-Fa-f]{32,}[A-Za-z0-9]*|(?:[0-9A-Fa-f]{2}:){15,}[0-9A-Fa-f]{2}"
            + @"|[A-Za-z0-9+/]{43,}={1,2}))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Digests();
}
