using System.Globalization;

namespace Moat.Isms.Kernel.Tables;

/// <summary>Reads one row of a table and collects what is wrong with it.</summary>
internal sealed class RowReading(FoundTable table, SheetRow row, List<FieldError> problems)
{
    public int Number => row.Number;

    /// <summary>A text of at most so many characters; null when it is empty or a template's placeholder such as [Owner].</summary>
    public string? Text(string field, int most)
    {
        var value = table.Value(row, field);
        if (value.Length == 0 || IsPlaceholder(value)) return null;
        if (value.Length > most) Problem(field, string.Create(CultureInfo.InvariantCulture, $"At most {most:N0} characters; it has {value.Length:N0}."));
        return value;
    }

    /// <summary>A level on a scale; null when the cell is empty, a problem when it says something else.</summary>
    public int? Level(string field, Func<string, int?> read, string expected)
    {
        if (Text(field, 200) is not { } text || text is "-" or "--" or "0" || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)) return null;
        if (read(text) is { } level) return level;
        Problem(field, $"'{(text.Length > 40 ? text[..40] : text)}' is not understood; {expected}.");
        return null;
    }

    public void Problem(string field, string message) =>
        problems.Add(new FieldError(string.Create(CultureInfo.InvariantCulture, $"rows[{row.Number}].{field}"), message));

    private static bool IsPlaceholder(string value) => value[0] == '[' && value[^1] == ']';
}
