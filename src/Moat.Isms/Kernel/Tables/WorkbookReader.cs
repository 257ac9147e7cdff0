using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Moat.Isms.Kernel.Tables;

/// <summary>Reads XLSX workbooks. Macros, links and formulas are never followed; only stored values are read.</summary>
internal static class WorkbookReader
{
    private const long LargestUnpacked = 100 * 1024 * 1024;
    private const int MostEntries = 2000;
    private const int MostSheets = 50;

    public static IReadOnlyList<Sheet> Read(byte[] content)
    {
        try
        {
            RefuseBomb(content);
            using var stream = new MemoryStream(content, writable: false);
            using var document = SpreadsheetDocument.Open(stream, isEditable: false);
            var workbook = document.WorkbookPart ?? throw new InputInvalid("file", "This Office file has no workbook in it.");
            return [.. Sheets(workbook).Take(MostSheets)];
        }
        catch (Exception e) when (e is OpenXmlPackageException or InvalidDataException or FileFormatException or XmlException
            or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or IOException or NotSupportedException)
        {
            throw new InputInvalid("file", "This is not a readable XLSX workbook. Open it and save it again as XLSX, or as CSV.");
        }
    }

    /// <summary>Unpacks everything once and counts, because the sizes that an archive declares may be lies.</summary>
    private static void RefuseBomb(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > MostEntries) throw new InputInvalid("file", "This archive has too many parts to be a workbook.");
        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            for (int read; (read = part.Read(buffer)) > 0;)
                if ((total += read) > LargestUnpacked) throw new InputInvalid("file", "Unpacked, this workbook is larger than 100 MiB.");
        }
    }

    private static IEnumerable<Sheet> Sheets(WorkbookPart workbook)
    {
        var shared = workbook.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(s => s.InnerText).ToList() ?? [];
        var percents = PercentStyles(workbook);
        foreach (var sheet in workbook.Workbook?.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>() ?? [])
        {
            if (sheet.Id?.Value is not { } id || workbook.GetPartById(id) is not WorksheetPart part) continue;
            yield return new Sheet(sheet.Name?.Value ?? "", Rows(part, shared, percents));
        }
    }

    private static List<SheetRow> Rows(WorksheetPart part, List<string> shared, HashSet<uint> percents)
    {
        var merges = Merges.Read(part.Worksheet!);
        var rows = new List<SheetRow>();
        var number = 0;
        foreach (var row in part.Worksheet!.Descendants<Row>())
        {
            number = (int?)row.RowIndex?.Value ?? number + 1;
            if (rows.Count >= TableReader.MostRows) throw TableReader.TooLarge();
            var cells = new List<string>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
                if (column >= TableReader.MostColumns) continue;
                while (cells.Count <= column) cells.Add("");
                cells[column] = TextOf(cell, shared, percents).Trim();
            }
            var isBand = merges.Fill(number, cells);
            if (cells.Any(c => c.Length > 0)) rows.Add(new SheetRow(number, cells, isBand));
        }
        return rows;
    }

    private static string TextOf(Cell cell, List<string> shared, HashSet<uint> percents)
    {
        var value = cell.CellValue?.InnerText ?? "";
        if (cell.DataType?.Value == CellValues.SharedString)
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : "";
        if (cell.DataType?.Value == CellValues.InlineString) return cell.InlineString?.InnerText ?? "";
        if (cell.DataType?.Value == CellValues.Boolean) return value == "1" ? "yes" : "no";
        if (cell.DataType is not null && cell.DataType.Value != CellValues.Number) return value;
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var amount)) return value;
        return cell.StyleIndex?.Value is { } style && percents.Contains(style)
            ? (amount * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
            : amount.ToString("0.##########", CultureInfo.InvariantCulture);
    }

    private static HashSet<uint> PercentStyles(WorkbookPart workbook)
    {
        var sheet = workbook.WorkbookStylesPart?.Stylesheet;
        var custom = sheet?.NumberingFormats?.Elements<NumberingFormat>()
            .Where(f => f.FormatCode?.Value?.Contains('%', StringComparison.Ordinal) == true).Select(f => f.NumberFormatId?.Value ?? 0).ToHashSet() ?? [];
        return sheet?.CellFormats?.Elements<CellFormat>()
            .Select((format, index) => (Id: format.NumberFormatId?.Value ?? 0, Index: (uint)index))
            .Where(f => f.Id is 9 or 10 || custom.Contains(f.Id)).Select(f => f.Index).ToHashSet() ?? [];
    }

    /// <summary>The column of a reference such as AB12, from 0.</summary>
    internal static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter)) column = column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1);
        return column - 1;
    }

    /// <summary>The merged ranges of a sheet: what one cell shows belongs to every cell that it covers.</summary>
    private sealed class Merges
    {
        private readonly List<(int Top, int Bottom, int Left, int Right)> _ranges = [];
        private readonly Dictionary<(int Row, int Column), string> _values = [];

        public static Merges Read(Worksheet worksheet)
        {
            var merges = new Merges();
            foreach (var merge in worksheet.Descendants<MergeCell>().Take(5000))
            {
                var ends = (merge.Reference?.Value ?? "").Split(':');
                if (ends.Length != 2) continue;
                var (left, right) = (ColumnOf(ends[0]), Math.Min(ColumnOf(ends[1]), TableReader.MostColumns - 1));
                merges._ranges.Add((RowOf(ends[0]), Math.Min(RowOf(ends[1]), RowOf(ends[0]) + TableReader.MostRows), left, right));
            }
            return merges;
        }

        /// <summary>Fills the row's merged cells; true when one merged cell is all it has.</summary>
        public bool Fill(int row, List<string> cells)
        {
            var written = cells.Count(c => c.Length > 0);
            var isBand = false;
            foreach (var range in _ranges.Where(r => r.Top <= row && row <= r.Bottom))
            {
                var top = (range.Top, range.Left);
                if (row == range.Top) _values[top] = range.Left < cells.Count ? cells[range.Left] : "";
                var value = _values.GetValueOrDefault(top, "");
                isBand |= row == range.Top && range.Right > range.Left && written == 1 && value.Length > 0;
                for (var column = range.Left; column <= range.Right && value.Length > 0 && !isBand; column++)
                {
                    while (cells.Count <= column) cells.Add("");
                    if (cells[column].Length == 0) cells[column] = value;
                }
            }
            return isBand;
        }

        private static int RowOf(string reference) =>
            int.TryParse(reference.AsSpan(reference.TakeWhile(char.IsAsciiLetter).Count()), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;
    }
}
