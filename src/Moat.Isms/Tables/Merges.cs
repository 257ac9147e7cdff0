using System.Globalization;

namespace Moat.Isms.Tables;

/// <summary>The merged ranges of a sheet: what one cell shows belongs to every cell that it covers.</summary>
internal sealed class Merges(TableBudget budget)
{
    private readonly List<(int Top, int Bottom, int Left, int Right)> _ranges = [];

    /// <summary>Notes a range such as A1:C2.</summary>
    public void Add(string reference)
    {
        budget.TakeMerge();
        var ends = reference.Split(':');
        if (ends.Length != 2)
            return;
        _ranges.Add(
            (
                RowOf(ends[0]),
                RowOf(ends[1]),
                CellReference.ColumnOf(ends[0]),
                Math.Min(CellReference.ColumnOf(ends[1]), TableReader.MostColumns - 1)
            )
        );
    }

    /// <summary>
    /// The rows that are not empty, with merged cells filled; a row that is nothing but one merged cell is a band.
    /// </summary>
    public List<SheetRow> Fill(List<(int Number, List<string> Cells)> rows)
    {
        rows.Sort((a, b) => a.Number.CompareTo(b.Number));
        for (var at = 1; at < rows.Count; at++)
            if (rows[at].Number == rows[at - 1].Number)
                throw TableBudget.Refused(
                    $"Row {rows[at].Number} stands twice in a sheet of this workbook. Open it and save it again as XLSX, or as CSV."
                );
        var numbers = rows.Select(r => r.Number).ToArray();
        var tops = _ranges
            .Select(r => (Range: r, First: Array.BinarySearch(numbers, r.Top)))
            .Where(t => t.First >= 0 && Value(rows[t.First].Cells, t.Range.Left).Length > 0)
            .ToList();
        var bands = tops.Where(t => t.Range.Right > t.Range.Left && rows[t.First].Cells.Count(c => c.Length > 0) == 1)
            .Select(t => t.First)
            .ToHashSet();
        foreach (var (range, first) in tops)
        {
            var value = Value(rows[first].Cells, range.Left);
            for (var at = first; at < rows.Count && rows[at].Number <= range.Bottom; at++)
            {
                budget.TakeCells(Math.Max(1, range.Right - range.Left + 1));
                if (!bands.Contains(at))
                    FillRow(rows[at].Cells, range.Left, range.Right, value);
            }
        }
        return
        [
            .. rows.Select((row, at) => new SheetRow(row.Number, row.Cells, bands.Contains(at)))
                .Where(r => r.Cells.Any(c => c.Length > 0)),
        ];
    }

    private static void FillRow(List<string> cells, int left, int right, string value)
    {
        while (cells.Count <= right)
            cells.Add("");
        for (var column = left; column <= right; column++)
            if (cells[column].Length == 0)
                cells[column] = value;
    }

    private static string Value(List<string> cells, int column) => column < cells.Count ? cells[column] : "";

    private static int RowOf(string reference) =>
        int.TryParse(
            reference.AsSpan(reference.TakeWhile(char.IsAsciiLetter).Count()),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var row
        )
            ? row
            : 0;
}

/// <summary>References such as AB12.</summary>
internal static class CellReference
{
    /// <summary>The column, from 0; the largest number for one that no sheet has.</summary>
    public static int ColumnOf(string reference)
    {
        var (letters, column) = (0, 0);
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter))
        {
            if (++letters > 3)
                return int.MaxValue;
            column = column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1);
        }
        return letters == 0 ? int.MaxValue : column - 1;
    }
}
