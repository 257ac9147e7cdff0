namespace Moat.Isms.Tables;

/// <summary>A sheet of a workbook, or a CSV file, as text.</summary>
/// <param name="Name">The sheet's name; the file's for CSV.</param>
/// <param name="Rows">Its rows with their numbers as people see them, from 1; empty rows are left out.</param>
public sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>Whether its workbook counts days from 1904 instead of 1900.</summary>
    public bool From1904 { get; init; }

    /// <summary>Whether people who open the workbook do not see it.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>A row as text, merged cells filled with what they show.</summary>
/// <param name="Number">The row's number in the file, from 1.</param>
/// <param name="Cells">Its cells; empty text where there is none.</param>
/// <param name="IsBand">Whether one merged cell spans it, as headings between groups of rows do.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells, bool IsBand)
{
    /// <summary>The text of a column, trimmed.</summary>
    public string At(int column) => column < Cells.Count ? Cells[column] : "";
}
