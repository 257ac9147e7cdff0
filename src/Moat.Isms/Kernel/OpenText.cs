using Moat.Knowledge.Documents;

namespace Moat.Isms.Kernel;

/// <summary>
/// Open points inside a text: what only the company can say stays visible as a question and keeps the text from being
/// approved, exactly as in documents.
/// </summary>
public static class OpenText
{
    private const char End = '⟧';

    /// <summary>A question within a text.</summary>
    public static string Ask(string question) => $"{DocumentEngine.OpenDecision}{question}{End}";

    /// <summary>The questions that stand in texts.</summary>
    public static IReadOnlyList<string> In(params IEnumerable<string?> texts) =>
        [
            .. texts
                .OfType<string>()
                .SelectMany(DocumentEngine.OpenPoints)
                .Select(mark => mark[(mark.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .Distinct(),
        ];

    /// <summary>A text as people read it: each question in brackets.</summary>
    public static string Read(string text) =>
        text.Replace(DocumentEngine.OpenDecision, "[To decide: ", StringComparison.Ordinal)
            .Replace(DocumentEngine.OpenField, "[To fill in: ", StringComparison.Ordinal)
            .Replace(End, ']');

    /// <summary>Throws <see cref="RuleBroken"/> while a question stands in one of the texts.</summary>
    public static void MustBeClosed(string rule, string what, params IEnumerable<string?> texts)
    {
        var open = In(texts);
        if (open.Count > 0)
            throw new RuleBroken(
                rule,
                $"{what} cannot be approved while something in it is open: {string.Join(" ", open)}",
                [.. open.Select(o => new FieldError("open", o))]
            );
    }
}
