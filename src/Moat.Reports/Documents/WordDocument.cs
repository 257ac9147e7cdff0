using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Moat.Reports.Documents;

/// <summary>Writes DOCX documents: a title, paragraphs and tables on landscape pages with page numbers.</summary>
public sealed class WordDocument
{
    /// <summary>The media type of a document.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Grey = "667085";
    private readonly Body _body = new();

    /// <summary>Begins a document with its title.</summary>
    public WordDocument(string title) => _body.Append(Styled(title, size: 36, bold: true));

    /// <summary>A heading.</summary>
    public WordDocument Heading(string text)
    {
        _body.Append(Styled(text, size: 26, bold: true));
        return this;
    }

    /// <summary>A paragraph.</summary>
    public WordDocument Paragraph(string text)
    {
        _body.Append(Styled(text, size: 20, bold: false));
        return this;
    }

    /// <summary>A table whose header row is repeated on every page; widths are shares of the page.</summary>
    public WordDocument Table(
        IReadOnlyList<string> headers,
        IReadOnlyList<int> widths,
        IEnumerable<IReadOnlyList<string>> rows
    )
    {
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(
                    new TopBorder
                    {
                        Val = BorderValues.Single,
                        Size = 4,
                        Color = "D0D5DD",
                    },
                    new LeftBorder { Val = BorderValues.None },
                    new BottomBorder
                    {
                        Val = BorderValues.Single,
                        Size = 4,
                        Color = "D0D5DD",
                    },
                    new RightBorder { Val = BorderValues.None },
                    new InsideHorizontalBorder
                    {
                        Val = BorderValues.Single,
                        Size = 4,
                        Color = "E4E7EC",
                    },
                    new InsideVerticalBorder { Val = BorderValues.None }
                ),
                new TableLayout { Type = TableLayoutValues.Fixed }
            ),
            new TableGrid(
                widths.Select(w => new GridColumn
                {
                    Width = (w * 140).ToString(System.Globalization.CultureInfo.InvariantCulture),
                })
            )
        );
        table.Append(Row(headers, widths, isHeader: true));
        foreach (var row in rows)
            table.Append(Row(row, widths, isHeader: false));
        _body.Append(table, new Paragraph());
        return this;
    }

    /// <summary>The finished document.</summary>
    public byte[] Write(string footer)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var foot = main.AddNewPart<FooterPart>();
            foot.Footer = new Footer(
                new Paragraph(
                    Words($"{footer} · page ", 16, bold: false, Grey),
                    new Run(Small(), new FieldChar { FieldCharType = FieldCharValues.Begin }),
                    new Run(Small(), new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
                    new Run(Small(), new FieldChar { FieldCharType = FieldCharValues.End })
                )
            );
            var body = (Body)_body.CloneNode(deep: true);
            body.Append(
                new SectionProperties(
                    new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
                    new PageSize
                    {
                        Width = 16838,
                        Height = 11906,
                        Orient = PageOrientationValues.Landscape,
                    },
                    new PageMargin
                    {
                        Top = 1000,
                        Bottom = 1000,
                        Left = 1200,
                        Right = 1200,
                        Header = 500,
                        Footer = 500,
                        Gutter = 0,
                    }
                )
            );
            main.Document = new Document(body);
        }
        return stream.ToArray();
    }

    private static TableRow Row(IReadOnlyList<string> cells, IReadOnlyList<int> widths, bool isHeader)
    {
        var row = new TableRow(
            isHeader
                ? new TableRowProperties(new CantSplit(), new TableHeader())
                : new TableRowProperties(new CantSplit())
        );
        for (var column = 0; column < widths.Count; column++)
            row.Append(
                new TableCell(
                    new TableCellProperties(
                        new TableCellWidth
                        {
                            Type = TableWidthUnitValues.Dxa,
                            Width = (widths[column] * 140).ToString(System.Globalization.CultureInfo.InvariantCulture),
                        }
                    ),
                    Styled(column < cells.Count ? cells[column] : "", size: 17, bold: isHeader)
                )
            );
        return row;
    }

    private static Paragraph Styled(string text, int size, bool bold) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "40", After = size > 20 ? "120" : "40" }),
            Words(text, size, bold, null)
        );

    private static Run Words(string text, int size, bool bold, string? color)
    {
        var properties = new RunProperties(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri" });
        if (bold)
            properties.Append(new Bold());
        if (color is not null)
            properties.Append(new Color { Val = color });
        properties.Append(new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        var run = new Run(properties);
        var lines = Workbook.Clean(text).Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            if (line > 0)
                run.Append(new Break());
            run.Append(new Text(lines[line]) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    private static RunProperties Small() => new(new Color { Val = Grey }, new FontSize { Val = "16" });
}
