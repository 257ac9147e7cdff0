using System.Text.RegularExpressions;

namespace Moat.Knowledge.Documents;

/// <summary>
/// What a text may ask of the engine that fills it, looked at before the engine sees it: whoever may write a document must not be able
/// to stop the server or to fill its memory with one.
/// </summary>
internal static partial class TemplateBounds
{
    /// <summary>How deep blocks stand in one another.</summary>
    public const int Deepest = 16;

    /// <summary>How many fields, blocks and ends a text has.</summary>
    public const int MostFields = 5_000;

    /// <summary>How many rows all lists of a text show together.</summary>
    public const int MostRows = 50_000;

    /// <summary>The longest text, before and after it is filled, in characters.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>Throws <see cref="DocumentSyntax"/> when the text asks for more.</summary>
    public static void Check(string text)
    {
        if (text.Length > LongestText) throw new DocumentSyntax("The text is longer than a million characters.");
        int depth = 0, chained = 0, fields = 0;
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            if (++fields > MostFields) throw new DocumentSyntax($"The text has more than {MostFields:N0} fields.");
            var field = Field().Match(text, at, Math.Min(300, text.Length - at));
            if (!field.Success || field.Index != at) throw new DocumentSyntax($"In line {LineOf(text, at)} a field is not well formed: write {{{{name}}}}, with at most 200 characters and no braces or parentheses in it.");
            var first = field.Groups[1].Value;
            if (first is "#" or "^") depth++;
            else if (first is "/") (depth, chained) = (depth - 1, depth <= 1 ? 0 : chained);
            else if (ElseIf().IsMatch(field.Groups[2].ValueSpan)) chained++;
            // Each "else if" is one block more in the one before it.
            if (depth + chained > Deepest) throw new DocumentSyntax($"In line {LineOf(text, at)} more than {Deepest} blocks stand in one another.");
            at += field.Length;
        }
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex(@"\{\{~?([#^/]?)([^{}()!>&#^/][^{}()]{0,200}|)\}\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"^\s*(?:else\s+\S|\^\s*\S)")]
    private static partial Regex ElseIf();
}

/// <summary>Counts the rows that one text shows, so that lists in lists end.</summary>
internal sealed class RowBudget
{
    [ThreadStatic]
    private static RowBudget? _current;

    private int _rows;

    /// <summary>Runs with a budget of its own. A text is filled on one thread from beginning to end.</summary>
    public static T Within<T>(Func<T> fill)
    {
        var before = _current;
        _current = new RowBudget();
        try
        {
            return fill();
        }
        finally
        {
            _current = before;
        }
    }

    /// <summary>Takes one row. Throws <see cref="DocumentSyntax"/> when there were too many.</summary>
    public static void Take()
    {
        if (_current is { } budget && ++budget._rows > TemplateBounds.MostRows)
            throw new DocumentSyntax($"The lists of this text would show more than {TemplateBounds.MostRows:N0} rows. Take a list out of the list it stands in.");
    }
}

/// <summary>What a text is filled into; ends when it grows beyond <see cref="TemplateBounds.LongestText"/>.</summary>
internal sealed class BoundedWriter : StringWriter
{
    /// <inheritdoc/>
    public override void Write(char value) => base.Write(Room(1, value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => base.Write(Room(count, buffer), index, count);

    /// <inheritdoc/>
    public override void Write(string? value) => base.Write(Room(value?.Length ?? 0, value));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Room(buffer.Length, 0);
        base.Write(buffer);
    }

    private T Room<T>(int more, T value) => GetStringBuilder().Length + more <= TemplateBounds.LongestText
        ? value
        : throw new DocumentSyntax("Filled with the company's records, the text is longer than a million characters.");
}
