using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>
/// How much of a file is read at most. A small archive unpacks to millions of cells, so everything is counted while it
/// is read and the file is refused at the limit, before it takes memory or time.
/// </summary>
internal sealed class TableBudget
{
    /// <summary>Cells of all sheets, empty and merged ones included.</summary>
    public const int MostCells = 1_000_000;

    /// <summary>Merged ranges of all sheets.</summary>
    public const int MostMerges = 2_000;

    /// <summary>XML elements of all parts.</summary>
    public const int MostElements = 8_000_000;

    private const string EmptyOnes = "Delete the empty rows and columns around the table, or split it.";

    private int _cells;
    private int _merges;
    private int _elements;

    /// <summary>Counts cells. Throws <see cref="InputInvalid"/> above the limit.</summary>
    public void TakeCells(int cells)
    {
        if ((_cells += cells) > MostCells)
            throw Refused($"A file has at most {MostCells:N0} cells here, empty and merged ones included. {EmptyOnes}");
    }

    /// <summary>Counts a merged range. Throws <see cref="InputInvalid"/> above the limit.</summary>
    public void TakeMerge()
    {
        if (++_merges > MostMerges)
            throw Refused(
                $"A workbook has at most {MostMerges:N0} merged ranges here. Unmerge its cells, or save the sheet as CSV."
            );
    }

    /// <summary>Counts an XML element. Throws <see cref="InputInvalid"/> above the limit.</summary>
    public void TakeElement()
    {
        if (++_elements > MostElements)
            throw Refused($"A workbook has at most {MostElements:N0} XML elements here. Save the sheet as CSV.");
    }

    /// <summary>A refusal of the file.</summary>
    public static InputInvalid Refused(FormattableString why) =>
        new("file", why.ToString(CultureInfo.InvariantCulture));
}
