using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Moat.Reports.Documents;

/// <summary>
/// A document of the ISMS as DOCX: styles, a header with version and classification, a table of contents, tables.
/// </summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Facts">What stands below the title: version, owner, approval.</param>
/// <param name="Header">What stands on top of each page.</param>
/// <param name="Markdown">Its filled text.</param>
public sealed record TextDocument(
    string Organization,
    string Title,
    IReadOnlyList<(string Name, string Value)> Facts,
    string Header,
    string Markdown
)
{
    /// <summary>As DOCX.</summary>
    public byte[] ToDocx()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = Title;
            document.PackageProperties.Creator = Organization;
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = WordStyles.Make();
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = WordStyles.Lists();
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new UpdateFieldsOnOpen { Val = true });
            var (head, foot) = (main.AddNewPart<HeaderPart>(), main.AddNewPart<FooterPart>());
            head.Header = new Header(Styled("Header", Header));
            foot.Footer = new Footer(
                new Paragraph(
                    Style("Footer"),
                    new Run(
                        new Text($"{Organization} · {Title} · page ") { Space = SpaceProcessingModeValues.Preserve }
                    ),
                    new SimpleField { Instruction = "PAGE" },
                    new Run(new Text(" of ") { Space = SpaceProcessingModeValues.Preserve }),
                    new SimpleField { Instruction = "NUMPAGES" }
                )
            );
            main.Document = new Document(Body(main, head, foot));
        }
        return stream.ToArray();
    }

    private Body Body(MainDocumentPart main, HeaderPart head, FooterPart foot)
    {
        var body = new Body(Styled("Title", Title));
        body.Append(
            MarkdownWriter.Table(
                [
                    ["", ""],
                    .. Facts.Select(f => (IReadOnlyList<string>)[f.Name, f.Value]),
                ],
                hasHeader: false
            )
        );
        body.Append(Styled("TocHeading", "Contents"), Contents());
        foreach (var block in MarkdownWriter.Write(Markdown))
            body.Append(block);
        body.Append(
            new SectionProperties(
                new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(head) },
                new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin
                {
                    Top = 1300,
                    Bottom = 1200,
                    Left = 1300,
                    Right = 1300,
                    Header = 600,
                    Footer = 500,
                    Gutter = 0,
                }
            )
        );
        return body;
    }

    // The headings stand there already; a program that knows fields replaces them by its own with page numbers.
    private Paragraph Contents()
    {
        var headings = Markdown
            .Split('\n')
            .Where(l => l.StartsWith("## ", StringComparison.Ordinal))
            .Select(l => l[3..].Trim())
            .ToList();
        var shown = new Run();
        foreach (var (index, heading) in headings.Index())
        {
            if (index > 0)
                shown.Append(new Break());
            shown.Append(
                new Text(string.Create(CultureInfo.InvariantCulture, $"{index + 1}  {heading}"))
                {
                    Space = SpaceProcessingModeValues.Preserve,
                }
            );
        }
        return new Paragraph(
            new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
            new Run(new FieldCode(" TOC \\o \"1-2\" \\h \\z \\u ") { Space = SpaceProcessingModeValues.Preserve }),
            new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
            shown,
            new Run(new FieldChar { FieldCharType = FieldCharValues.End })
        );
    }

    private static Paragraph Styled(string style, string text) =>
        new(Style(style), new Run(new Text(Workbook.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));

    private static ParagraphProperties Style(string style) => new(new ParagraphStyleId { Val = style });
}
