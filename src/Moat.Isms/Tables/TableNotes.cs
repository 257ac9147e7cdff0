using System.Text.RegularExpressions;

namespace Moat.Isms.Tables;

/// <summary>Tells totals and notes, which people write below a register, from its records.</summary>
internal static partial class TableNotes
{
    /// <summary>Why the row is no record; null when it may be one.</summary>
    public static string? WhyNoRecord(FoundTable table, SheetRow row, string one)
    {
        if (row.IsBand)
            return "It is a heading across the table.";
        if (table.RepeatsHeader(row))
            return "It repeats the header.";
        if (table.Columns.Count < 2)
            return null;
        var filled = row.Cells.Select(c => c.Trim()).Where(c => c.Length > 0).ToList();
        if (filled.Count == 0)
            return null;
        var isNote = filled.Count == 1 && Note().IsMatch(filled[0]);
        var isTotal = Total().IsMatch(filled[0]) && filled.Skip(1).All(c => Number().IsMatch(c) || ErrorCells.Is(c));
        return isNote || isTotal
            ? $"It looks like a {(isTotal ? "total" : "note")}. If it is {one}, fill in more of its cells."
            : null;
    }

    // As people write them: 1,234.50, 1.234,50, € 12, 40 %.
    [GeneratedRegex(@"^[-+]?\p{Sc}?\s?[0-9][0-9.,'’\s]*(\s?[\p{Sc}%])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^((legend|key|notes?|n\.?b\.?|sources?|remarks?|hints?|instructions?|disclaimer|scale)\s*(:.*|\.)?|\*.*)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Note();

    // Alone, with a colon, or with its number in the same cell.
    [GeneratedRegex(
        @"^((grand |sub[- ]?)?totals?|sums?|(zwischen|gesamt)?summe|gesamt|insgesamt|anzahl|average|mean|count)"
            + @"( of .{1,40})?\s*([:=]\s*([-+]?\p{Sc}?\s?[0-9][0-9.,'’\s]*[\p{Sc}%]?)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Total();
}
