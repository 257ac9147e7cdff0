using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Moat.Isms.Kernel.Registers;

namespace Moat.Reports.Documents;

/// <summary>Writes XLSX workbooks. Text is always text: a cell that begins with = is no formula.</summary>
public static partial class Workbook
{
    /// <summary>The media type of a workbook.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestCell = 32_000;

    /// <summary>A workbook with these sheets.</summary>
    public static byte[] Write(IReadOnlyList<TableSheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var list = workbook.Workbook.AppendChild(new Sheets());
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var sheet in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                WriteSheet(part, sheet);
                list.AppendChild(
                    new DocumentFormat.OpenXml.Spreadsheet.Sheet
                    {
                        Id = workbook.GetIdOfPart(part),
                        SheetId = (uint)names.Count + 1,
                        Name = SheetName(sheet.Name, names),
                    }
                );
            }
        }
        return stream.ToArray();
    }

    private static void WriteSheet(WorksheetPart part, TableSheet sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(
            new SheetViews(
                new SheetView(
                    new Pane
                    {
                        VerticalSplit = 1,
                        TopLeftCell = "A2",
                        ActivePane = PaneValues.BottomLeft,
                        State = PaneStateValues.Frozen,
                    }
                )
                {
                    WorkbookViewId = 0,
                }
            )
        );
        writer.WriteElement(
            new Columns(
                sheet.Headers.Select(
                    (h, i) =>
                        new Column
                        {
                            Min = (uint)i + 1,
                            Max = (uint)i + 1,
                            CustomWidth = true,
                            Width = WidthOf(sheet, i),
                        }
                )
            )
        );
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, sheet.Headers, style: 1);
        foreach (var row in sheet.Rows)
            WriteRow(writer, row, style: 2);
        writer.WriteEndElement();
        if (sheet.Headers.Count > 0)
            writer.WriteElement(
                new AutoFilter
                {
                    Reference = string.Create(
                        CultureInfo.InvariantCulture,
                        $"A1:{ColumnName(sheet.Headers.Count)}{sheet.Rows.Count + 1}"
                    ),
                }
            );
        writer.WriteElement(new PageSetup { Orientation = OrientationValues.Landscape, FitToHeight = 0 });
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, IReadOnlyList<object?> values, uint style)
    {
        writer.WriteStartElement(new Row());
        foreach (var value in values)
            writer.WriteElement(CellOf(value, style));
        writer.WriteEndElement();
    }

    private static Cell CellOf(object? value, uint style) =>
        value switch
        {
            null => new Cell { StyleIndex = style },
            int or long or decimal or double => new Cell(
                new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture))
            )
            {
                DataType = CellValues.Number,
                StyleIndex = style,
            },
            _ => new Cell(new InlineString(new Text(Clean(Said(value))) { Space = SpaceProcessingModeValues.Preserve }))
            {
                DataType = CellValues.InlineString,
                StyleIndex = style,
            },
        };

    private static string Said(object value) =>
        value switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            bool yes => yes ? "yes" : "no",
            _ => value.ToString() ?? "",
        };

    /// <summary>Text without what XML cannot carry, cut to what a cell holds.</summary>
    internal static string Clean(string text)
    {
        var clean = new string([
            .. text.Where(c => c is '\n' or '\t' or >= ' ' and not ('\uFFFE' or '\uFFFF') && !char.IsSurrogate(c)),
        ]);
        if (clean.Length > LongestCell)
            clean = clean[..LongestCell] + " …";
        // A text that looks like an escape of the format is escaped itself (ECMA-376, 22.9.2.19).
        return Escape().Replace(clean, m => $"_x005F{m.Value}");
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private static double WidthOf(TableSheet sheet, int column)
    {
        var longest = sheet
            .Rows.Take(200)
            .Select(r => column < r.Count && r[column] is { } value ? Said(value).Length : 0)
            .Append(sheet.Headers[column].Length)
            .Max();
        return Math.Clamp(longest * 1.1 + 2, 8, 60);
    }

    private static string SheetName(string wanted, HashSet<string> taken)
    {
        var name = new string([
            .. wanted.Select(c => "[]:*?/\\".Contains(c, StringComparison.Ordinal) ? ' ' : c).Take(28),
        ]);
        for (var number = 2; !taken.Add(name); number++)
            name = $"{(name.Length > 25 ? name[..25] : name)} {number}";
        return name;
    }

    private static string ColumnName(int number)
    {
        var name = "";
        for (; number > 0; number = (number - 1) / 26)
            name = (char)('A' + (number - 1) % 26) + name;
        return name;
    }

    private static Stylesheet Styles() =>
        new(
            new Fonts(
                new Font(new FontSize { Val = 10 }, new FontName { Val = "Calibri" }),
                new Font(new Bold(), new FontSize { Val = 10 }, new FontName { Val = "Calibri" })
            ),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(
                    new PatternFill(new ForegroundColor { Rgb = "FFE7ECF7" }) { PatternType = PatternValues.Solid }
                )
            ),
            new Borders(
                new Border(
                    new LeftBorder(),
                    new RightBorder(),
                    new TopBorder(),
                    new BottomBorder(),
                    new DiagonalBorder()
                )
            ),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Center, WrapText = true })
                {
                    FontId = 1,
                    FillId = 2,
                    ApplyFont = true,
                    ApplyFill = true,
                    ApplyAlignment = true,
                },
                new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = true })
                {
                    ApplyAlignment = true,
                }
            )
        );
}
