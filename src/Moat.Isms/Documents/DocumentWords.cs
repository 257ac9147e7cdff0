using System.Globalization;

namespace Moat.Isms.Documents;

/// <summary>Values as documents say them.</summary>
internal static class DocumentWords
{
    /// <summary>"a, b and c".</summary>
    public static string Join(IEnumerable<string> words)
    {
        var list = words.ToList();
        return list.Count switch
        {
            0 => "",
            1 => list[0],
            _ => $"{string.Join(", ", list.SkipLast(1))} and {list[^1]}",
        };
    }

    /// <summary>A label within a sentence: it begins small unless it is an abbreviation.</summary>
    public static string Spoken(string label) =>
        label.Length > 1 && (char.IsLower(label[1]) || label[1] == ' ')
            ? char.ToLowerInvariant(label[0]) + label[1..]
            : label;

    /// <summary>Lines as a Markdown list.</summary>
    public static string? Bullets(string? lines) =>
        lines is null
            ? null
            : string.Join(
                '\n',
                lines
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(l => $"- {l}")
            );

    /// <summary>Who approved something when, or that nobody did.</summary>
    public static string Approval(string? by, DateTime? at) =>
        at is { } when
            ? string.Create(CultureInfo.InvariantCulture, $"approved by {by} on {when:d MMMM yyyy}")
            : "not approved yet";

    /// <summary>A day.</summary>
    public static string Day(DateOnly? day, string none) =>
        day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? none;

    /// <summary>A number.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Likelihood times impact as both were judged (clause 6.1.2 d).</summary>
    public static string Rating(int likelihood, int impact) =>
        likelihood * impact == 0
            ? "not assessed"
            : $"{Number(likelihood)} × {Number(impact)} = {Number(likelihood * impact)}";

    /// <summary>The text, or another where it is empty.</summary>
    public static string Or(string text, string other) => text.Length == 0 ? other : text;
}
