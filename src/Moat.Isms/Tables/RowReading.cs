using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>Reads one row of a table and collects what is wrong with it.</summary>
internal sealed class RowReading(FoundTable table, SheetRow row, List<FieldError> problems)
{
    // The days between the first day of 1900 as workbooks count it and that of 1904.
    private const int DaysTo1904 = 1462;

    private static readonly string[] DayForms =
    [
        "yyyy-MM-dd",
        "d.M.yyyy",
        "yyyy/MM/dd",
        "d MMM yyyy",
        "d MMMM yyyy",
        "d-MMM-yyyy",
        "MMM d, yyyy",
        "MMMM d, yyyy",
    ];

    private static readonly string[] Yes = ["yes", "y", "true", "x", "1", "ja", "✓", "✔"];
    private static readonly string[] No = ["no", "n", "false", "0", "-", "--", "nein", "n/a"];

    public int Number => row.Number;

    /// <summary>Why the row is not taken although it names a record; null when it is.</summary>
    public string? WhyLeft { get; private set; }

    /// <summary>Says that the row is not taken.</summary>
    public void Leave(string why) => WhyLeft = why;

    /// <summary>
    /// Where the record stands in the register that the file comes from. One that left it there is not taken here.
    /// </summary>
    public Standing? Stood()
    {
        if (Text(TableColumn.Standing.Field, 200) is not { } text)
            return null;
        if (
            Enum.GetValues<Standing>().Where(s => s.Words().Equals(text, StringComparison.OrdinalIgnoreCase)).ToList()
            is not [var stood]
        )
        {
            Problem(
                TableColumn.Standing.Field,
                $"'{text.Cut(40)}' is not understood; {string.Join(", ", Enum.GetValues<Standing>().Select(s => s.Words()))}."
            );
            return null;
        }
        if (stood is Standing.Rejected or Standing.Retired)
            Leave($"It is {stood.Words().ToLowerInvariant()} in the register that the file comes from.");
        return stood;
    }

    /// <summary>
    /// A text of at most so many characters; null when it is empty or a template's placeholder such as [Owner].
    /// </summary>
    public string? Text(string field, int most)
    {
        var value = table.Value(row, field);
        if (value.Length == 0 || IsPlaceholder(value))
            return null;
        if (value.Length <= most)
            return value;
        Problem(
            field,
            string.Create(CultureInfo.InvariantCulture, $"At most {most:N0} characters; it has {value.Length:N0}.")
        );
        return value[..most];
    }

    /// <summary>
    /// The reference of a record of that kind, such as a register of Moat's own has it; null when the cell says
    /// something else.
    /// </summary>
    public string? Ref<T>(string field)
        where T : Referenced =>
        RecordKind.Parse(table.Value(row, field)) is { } parsed && parsed.Kind.Type == typeof(T)
            ? $"{parsed.Kind.Prefix}-{parsed.Number}"
            : null;

    /// <summary>A level on a scale; null when the cell is empty, a problem when it says something else.</summary>
    public int? Level(string field, Func<string, int?> read, string expected)
    {
        if (
            Text(field, 200) is not { } text
            || text is "-" or "--" or "0"
            || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        if (read(text) is { } level)
            return level;
        Problem(field, $"'{(text.Length > 40 ? text[..40] : text)}' is not understood; {expected}.");
        return null;
    }

    /// <summary>Yes or no; null when the cell is empty, a problem when it says something else.</summary>
    public bool? Flag(string field)
    {
        if (Text(field, 200) is not { } text)
            return null;
        if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase))
            return true;
        if (!No.Contains(text, StringComparer.OrdinalIgnoreCase))
            Problem(field, $"'{text.Cut(40)}' is not understood; yes or no.");
        return false;
    }

    /// <summary>
    /// A day as YYYY-MM-DD, D.M.YYYY, 15 Mar 2025 or a workbook's number; null when the cell is empty, a problem when
    /// it says something else.
    /// </summary>
    public DateOnly? Day(string field)
    {
        if (Text(field, 40) is not { } text)
            return null;
        foreach (var said in new[] { text, text.Split('T', ' ')[0] })
            if (
                DateOnly.TryParseExact(
                    said,
                    DayForms,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AllowInnerWhite,
                    out var day
                )
            )
                return Bounded(field, day);
        if (
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial)
            && serial + (table.From1904 ? DaysTo1904 : 0) is > 20000 and < 80000 and var days
        )
            return DateOnly.FromDateTime(DateTime.FromOADate(days));
        Problem(field, $"'{text.Cut(40)}' is not understood; write the day as 2027-03-31.");
        return null;
    }

    private DateOnly? Bounded(string field, DateOnly day)
    {
        if (!InputDates.Outside(day))
            return day;
        Problem(field, InputDates.Bound);
        return null;
    }

    public void Problem(string field, string message) =>
        problems.Add(
            new FieldError(string.Create(CultureInfo.InvariantCulture, $"rows[{row.Number}].{field}"), message)
        );

    private static bool IsPlaceholder(string value) => value[0] == '[' && value[^1] == ']';
}
