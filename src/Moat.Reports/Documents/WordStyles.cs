using DocumentFormat.OpenXml.Wordprocessing;

namespace Moat.Reports.Documents;

/// <summary>The styles and lists of documents.</summary>
internal static class WordStyles
{
    /// <summary>The numbering of bullet lists.</summary>
    public const int Bullets = 1;

    /// <summary>The numbering of numbered lists.</summary>
    public const int Numbers = 2;

    public static Styles Make() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri" },
                        new FontSize { Val = "21" }
                    )
                ),
                new ParagraphPropertiesDefault(
                    new ParagraphPropertiesBaseStyle(
                        new SpacingBetweenLines
                        {
                            After = "120",
                            Line = "271",
                            LineRule = LineSpacingRuleValues.Auto,
                        }
                    )
                )
            ),
            Style("Normal", "Normal", null, 21, false, isDefault: true),
            Style("Title", "Title", null, 40, true),
            Style("TocHeading", "TOC Heading", null, 24, true),
            Style("Heading1", "heading 1", 0, 28, true),
            Style("Heading2", "heading 2", 1, 24, true),
            Style("Heading3", "heading 3", 2, 22, true),
            Style("Quote", "Quote", null, 21, false),
            Style("Header", "header", null, 16, false),
            Style("Footer", "footer", null, 16, false)
        );

    public static Numbering Lists() =>
        new(
            Abstract(Bullets, NumberFormatValues.Bullet, "•"),
            Abstract(Numbers, NumberFormatValues.Decimal, "%1."),
            new NumberingInstance(new AbstractNumId { Val = Bullets }) { NumberID = Bullets },
            new NumberingInstance(new AbstractNumId { Val = Numbers }) { NumberID = Numbers }
        );

    private static AbstractNum Abstract(int id, NumberFormatValues format, string text) =>
        new(
            new Level(
                new StartNumberingValue { Val = 1 },
                new NumberingFormat { Val = format },
                new LevelText { Val = text },
                new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Left = "560", Hanging = "280" })
            )
            {
                LevelIndex = 0,
            }
        )
        {
            AbstractNumberId = id,
        };

    private static Style Style(string id, string name, int? outline, int size, bool bold, bool isDefault = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (outline is not null)
            paragraph.Append(new KeepNext());
        paragraph.Append(new SpacingBetweenLines { Before = outline is null ? "0" : "260", After = "100" });
        if (outline is { } level)
            paragraph.Append(new OutlineLevel { Val = level });
        var run = new StyleRunProperties();
        if (bold)
            run.Append(new Bold());
        run.Append(
            new Color { Val = id is "Header" or "Footer" or "Quote" ? "667085" : "182433" },
            new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        );
        return new Style(new StyleName { Val = name }, paragraph, run)
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            Default = isDefault ? true : null,
        };
    }
}
