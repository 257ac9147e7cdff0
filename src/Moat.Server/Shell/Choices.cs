using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Server.Shell;

/// <summary>Values with their words, for selections.</summary>
internal static class Choices
{
    /// <summary>All values of an enumeration as inputs spell them.</summary>
    public static IEnumerable<(string Value, string Label)> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => (Value(v), v.Words()));

    /// <summary>A value as inputs spell it.</summary>
    public static string Value(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Kinds of assets.</summary>
    public static IEnumerable<(string Value, string Label)> Kinds => AssetKinds.All.Select(k => (k.Key, k.Value));

    /// <summary>Relations between assets.</summary>
    public static IEnumerable<(string Value, string Label)> Relations =>
        LinkTypes.BetweenAssets.Select(t => (t, t.Replace('-', ' ')));

    /// <summary>The levels of classification.</summary>
    public static IEnumerable<(string Value, string Label)> Levels =>
        [
            ("1", "1 · nobody minds"),
            ("2", "2 · a nuisance"),
            ("3", "3 · serious harm"),
            ("4", "4 · the company is at stake"),
        ];

    /// <summary>A scale of the risk method, lowest first.</summary>
    public static IEnumerable<(string Value, string Label)> Scale(IReadOnlyList<string> words) =>
        words.Select((w, i) => ($"{i + 1}", $"{i + 1} · {(w.Length > 90 ? w[..90] + "…" : w)}"));

    /// <summary>Yes and no.</summary>
    public static IEnumerable<(string Value, string Label)> YesNo => [("true", "Yes"), ("false", "No")];
}
