using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel;

/// <summary>Texts as people read them and as fields hold them.</summary>
public static partial class Wording
{
    /// <summary>An enumeration value in words.</summary>
    public static string Words(this Enum value) =>
        value.ToString().Spaced().Replace("Isms", "ISMS", StringComparison.Ordinal);

    /// <summary>A name in Pascal case as words.</summary>
    public static string Spaced(this string name) => WordStart().Replace(name, m => " " + m.Value.ToLowerInvariant());

    /// <summary>A text cut to what a field holds.</summary>
    public static string Cut(this string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
