using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownRow = Markdig.Extensions.Tables.TableRow;
using MarkdownTable = Markdig.Extensions.Tables.Table;
using Table = DocumentFormat.OpenXml.Wordprocessing.Table;
using TableCell = DocumentFormat.OpenXml.Wordprocessing.TableCell;
using TableRow = DocumentFormat.OpenXml.Wordprocessing.TableRow;

namespace Moat.Reports.Documents;

/// <summary>Writes Markdown as paragraphs, lists and tables of a DOCX document.</summary>
internal static class MarkdownWriter
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .DisableHtml()
        .Build();

    /// <summary>The blocks of a text.</summary>
    public static IEnumerable<OpenXmlElement> Write(string markdown) =>
        Markdig.Markdown.Parse(markdown, Pipeline).SelectMany(b => Block(b, null));

    /// <summary>A table of plain cells; without a header its first row is left out.</summary>
    public static Table Table(IReadOnlyList<IReadOnlyList<string>> rows, bool hasHeader)
    {
        var table = NewTable();
        foreach (var row in hasHeader ? rows : rows.Skip(1))
            table.Append(Row(row.Select(c => (IEnumerable<OpenXmlElement>)[Text(c, false, false, false)]), false));
        return table;
    }

    private static IEnumerable<OpenXmlElement> Block(Block block, int? list) =>
        block switch
        {
            HeadingBlock heading =>
            [
                Paragraph($"Heading{Math.Clamp(heading.Level - 1, 1, 3)}", null, Inlines(heading.Inline, false, false)),
            ],
            ParagraphBlock paragraph => [Paragraph(null, list, Inlines(paragraph.Inline, false, false))],
            ListBlock items => items
                .Cast<ListItemBlock>()
                .SelectMany(i =>
                    i.SelectMany(b => Block(b, items.IsOrdered ? WordStyles.Numbers : WordStyles.Bullets))
                ),
            QuoteBlock quote => quote.SelectMany(b =>
                b is ParagraphBlock p ? [Paragraph("Quote", null, Inlines(p.Inline, false, false))] : Block(b, list)
            ),
            MarkdownTable table => [Table(table), new Paragraph()],
            CodeBlock code => [Paragraph(null, null, [Text(code.Lines.ToString(), false, false, true)])],
            _ => [],
        };

    private static Table Table(MarkdownTable source)
    {
        var table = NewTable();
        foreach (var row in source.OfType<MarkdownRow>())
            table.Append(
                Row(
                    row.OfType<Markdig.Extensions.Tables.TableCell>()
                        .Select(c =>
                            c.OfType<ParagraphBlock>().SelectMany(p => Inlines(p.Inline, row.IsHeader, false))
                        ),
                    row.IsHeader
                )
            );
        return table;
    }

    private static Table NewTable() =>
        new(
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
                )
            ),
            new TableGrid()
        );

    private static TableRow Row(IEnumerable<IEnumerable<OpenXmlElement>> cells, bool isHeader)
    {
        var row = new TableRow(
            isHeader
                ? new TableRowProperties(new CantSplit(), new TableHeader())
                : new TableRowProperties(new CantSplit())
        );
        foreach (var cell in cells)
            row.Append(
                new TableCell(
                    new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Auto, Width = "0" }),
                    Paragraph(null, null, cell, tight: true)
                )
            );
        return row;
    }

    private static Paragraph Paragraph(
        string? style,
        int? list,
        IEnumerable<OpenXmlElement> content,
        bool tight = false
    )
    {
        var properties = new ParagraphProperties();
        if (style is not null)
            properties.Append(new ParagraphStyleId { Val = style });
        if (list is { } id)
            properties.Append(
                new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = id })
            );
        if (tight || list is not null)
            properties.Append(new SpacingBetweenLines { Before = "20", After = "40" });
        var paragraph = new Paragraph(properties);
        foreach (var element in content)
            paragraph.Append(element);
        return paragraph;
    }

    private static IEnumerable<OpenXmlElement> Inlines(ContainerInline? inlines, bool bold, bool italic)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            switch (inline)
            {
                case LiteralInline literal:
                    yield return Text(literal.Content.ToString(), bold, italic, false);
                    break;
                case CodeInline code:
                    yield return Text(code.Content, bold, italic, true);
                    break;
                case LineBreakInline { IsHard: true }:
                    yield return new Run(new Break());
                    break;
                case LineBreakInline:
                    yield return Text(" ", bold, italic, false);
                    break;
                case EmphasisInline emphasis:
                    foreach (
                        var run in Inlines(
                            emphasis,
                            bold || emphasis.DelimiterCount == 2,
                            italic || emphasis.DelimiterCount == 1
                        )
                    )
                        yield return run;
                    break;
                case ContainerInline container:
                    foreach (var run in Inlines(container, bold, italic))
                        yield return run;
                    break;
            }
    }

    private static Run Text(string text, bool bold, bool italic, bool code)
    {
        var properties = new RunProperties();
        if (code)
            properties.Append(new RunFonts { Ascii = "Consolas", HighAnsi = "Consolas" });
        if (bold)
            properties.Append(new Bold());
        if (italic)
            properties.Append(new Italic());
        return new Run(properties, new Text(Workbook.Clean(text)) { Space = SpaceProcessingModeValues.Preserve });
    }
}
