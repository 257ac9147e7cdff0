using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Tables;

/// <summary>What bounds tables and workbooks.</summary>
internal sealed class TableBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Table (CSV, XLSX)", "rows of a sheet", TableReader.MostRows),
        new("Table (CSV, XLSX)", "columns of a sheet", TableReader.MostColumns),
        new("Table (CSV, XLSX)", "cells, empty and merged ones included", TableBudget.MostCells),
        new("Workbook (XLSX)", "sheets", WorkbookReader.MostSheets),
        new("Workbook (XLSX)", "parts of the archive", WorkbookReader.MostEntries),
        new("Workbook (XLSX)", "bytes unpacked", WorkbookReader.LargestUnpacked),
        new("Workbook (XLSX)", "merged ranges", TableBudget.MostMerges),
        new("Workbook (XLSX)", "XML elements", TableBudget.MostElements),
        new("Workbook (XLSX)", "characters of a cell", XmlPart.LongestText),
    ];
}
