using System.Text.RegularExpressions;

namespace Moat.Server.Shell;

/// <summary>A piece of guidance: a paragraph of words and code, or a command that somebody types.</summary>
/// <param name="Command">The command, with its line breaks; null for a paragraph.</param>
/// <param name="Words">What a paragraph says, in order.</param>
public sealed record GuidancePiece(string? Command, IReadOnlyList<GuidanceWords> Words);

/// <summary>Some words of a paragraph, or a name to be written as code.</summary>
public sealed record GuidanceWords(string Text, bool IsCode);

/// <summary>
/// Prose with code in backticks, as playbooks write it. Whoever reads it works against the clock, so what is to be
/// typed stands in a block of its own that can be copied whole; names of files and fields stay in the sentence.
/// </summary>
public static partial class GuidanceText
{
    private const int TokensOfACommand = 3;

    /// <summary>The pieces in order.</summary>
    public static IReadOnlyList<GuidancePiece> Pieces(string? text)
    {
        var pieces = new List<GuidancePiece>();
        var parts = Fence().Split((text ?? "").ReplaceLineEndings("\n"));
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
                pieces.Add(new GuidancePiece(parts[i].Trim('\n'), []));
            else
                foreach (
                    var paragraph in parts[i]
                        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
                    Paragraph(paragraph, pieces);
        }
        return pieces;
    }

    /// <summary>All of it as words of one paragraph, where there is no room for blocks.</summary>
    public static IReadOnlyList<GuidanceWords> Inline(string? text) =>
        [.. (text ?? "").Split('`').Select((t, i) => new GuidanceWords(t, i % 2 == 1)).Where(w => w.Text.Length > 0)];

    /// <summary>All of it without marks, for labels.</summary>
    public static string Plain(string? text) => (text ?? "").Replace("`", "", StringComparison.Ordinal);

    private static void Paragraph(string paragraph, List<GuidancePiece> pieces)
    {
        var (first, open, words) = (pieces.Count, 0, new List<GuidanceWords>());
        foreach (var word in Inline(paragraph))
        {
            if (word.IsCode && open <= 0 && IsCommand(word.Text))
            {
                // Commands with nothing but a comma between them are typed one after the other.
                if (words.All(w => !w.IsCode && w.Text.Trim(',', ';', ' ', '\n').Length == 0) && pieces.Count > first)
                    pieces[^1] = new GuidancePiece($"{pieces[^1].Command}\n{word.Text}", []);
                else
                {
                    Flush(words, pieces);
                    pieces.Add(new GuidancePiece(word.Text.Trim('\n'), []));
                }
                words = [];
                continue;
            }
            if (!word.IsCode)
                open += word.Text.Count(c => c == '(') - word.Text.Count(c => c == ')');
            words.Add(
                words.Count == 0 && pieces.Count > first && !word.IsCode
                    ? word with
                    {
                        Text = AfterACommand().Replace(word.Text, ""),
                    }
                    : word
            );
        }
        Flush(words, pieces);
    }

    private static void Flush(List<GuidanceWords> words, List<GuidancePiece> pieces)
    {
        if (words.Any(w => w.Text.Trim().Length > 0))
            pieces.Add(new GuidancePiece(null, words));
    }

    private static bool IsCommand(string code) =>
        code.Contains('\n')
        || (
            Program().IsMatch(code)
            && (
                code.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= TokensOfACommand
                || code.Contains(" -", StringComparison.Ordinal)
            )
        );

    [GeneratedRegex("^```[a-z]*\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(?:\./)?[a-z][\w.-]* ")]
    private static partial Regex Program();

    [GeneratedRegex(@"^[.,;:]?\s+|^[.,;:]$")]
    private static partial Regex AfterACommand();
}
