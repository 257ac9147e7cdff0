using System.Text.RegularExpressions;

namespace Moat.Isms.Risks;

/// <summary>
/// The words by which registers call what is done about a risk, as ISO 27001, ISO 27005 and ISO 31000 and other tools
/// have them. Only a whole phrase is understood, because "not accepted" is no acceptance.
/// </summary>
internal static partial class TreatmentWords
{
    /// <summary>What is expected, for people.</summary>
    public const string Expected = "undecided, modify, retain, avoid or share";

    private const int MostWordsOfAnOption = 3;

    private static readonly HashSet<string> About =
    [
        "risk",
        "the",
        "it",
        "treatment",
        "option",
        "response",
        "strategy",
    ];

    private static readonly Dictionary<string, TreatmentOption> Options = new()
    {
        ["undecided"] = TreatmentOption.Undecided,
        ["not decided"] = TreatmentOption.Undecided,
        ["not decided yet"] = TreatmentOption.Undecided,
        ["to be decided"] = TreatmentOption.Undecided,
        ["tbd"] = TreatmentOption.Undecided,
        ["open"] = TreatmentOption.Undecided,
        ["pending"] = TreatmentOption.Undecided,
        ["modify"] = TreatmentOption.Modify,
        ["modification"] = TreatmentOption.Modify,
        ["mitigate"] = TreatmentOption.Modify,
        ["mitigation"] = TreatmentOption.Modify,
        ["reduce"] = TreatmentOption.Modify,
        ["reduction"] = TreatmentOption.Modify,
        ["lower"] = TreatmentOption.Modify,
        ["treat"] = TreatmentOption.Modify,
        ["control"] = TreatmentOption.Modify,
        ["retain"] = TreatmentOption.Retain,
        ["retention"] = TreatmentOption.Retain,
        ["accept"] = TreatmentOption.Retain,
        ["accepted"] = TreatmentOption.Retain,
        ["acceptance"] = TreatmentOption.Retain,
        ["tolerate"] = TreatmentOption.Retain,
        ["keep"] = TreatmentOption.Retain,
        ["avoid"] = TreatmentOption.Avoid,
        ["avoidance"] = TreatmentOption.Avoid,
        ["terminate"] = TreatmentOption.Avoid,
        ["eliminate"] = TreatmentOption.Avoid,
        ["share"] = TreatmentOption.Share,
        ["sharing"] = TreatmentOption.Share,
        ["transfer"] = TreatmentOption.Share,
        ["transference"] = TreatmentOption.Share,
        ["insure"] = TreatmentOption.Share,
    };

    /// <summary>The option that a text names; null when it names none.</summary>
    public static TreatmentOption? Of(string text)
    {
        // "Mitigate / reduce" and "Accept (retain)" name one option in two words.
        var named = text.Split(['/', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !string.IsNullOrWhiteSpace(p))
            .Select(One)
            .Distinct()
            .ToList();
        return named.Count == 1 ? named[0] : null;
    }

    /// <summary>Whether a text is so long that it describes measures and names no option.</summary>
    public static bool AreMeasures(string text) => Word().Count(text) > MostWordsOfAnOption;

    private static TreatmentOption? One(string phrase)
    {
        var words = Word().Matches(phrase.ToLowerInvariant()).Select(m => m.Value).Where(w => !About.Contains(w));
        return Options.TryGetValue(string.Join(' ', words), out var option) ? option : null;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
