using System.Net;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Reports.Documents;

/// <summary>A text with its title and facts, in any form that people print or send.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Facts">What stands below the title.</param>
/// <param name="Header">What stands on top of each page.</param>
/// <param name="Markdown">The text.</param>
internal sealed record PrintedText(
    string Organization,
    string Title,
    IReadOnlyList<(string Name, string Value)> Facts,
    string Header,
    string Markdown
)
{
    /// <summary>As a file of that name, without its ending.</summary>
    public async Task<MadeFile> As(FileForm form, string name, CancellationToken ct)
    {
        var full = $"{name}.{form.ToString().ToLowerInvariant()}";
        return form switch
        {
            FileForm.Docx => new MadeFile(
                full,
                WordDocument.ContentType,
                new TextDocument(Organization, Title, Facts, Header, Markdown).ToDocx()
            ),
            FileForm.Html => new MadeFile(full, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html())),
            FileForm.Pdf => new MadeFile(full, "application/pdf", await PdfPrinter.Print(Html(), ct)),
            _ => new MadeFile(
                full,
                "text/markdown; charset=utf-8",
                Encoding.UTF8.GetBytes(
                    $"# {Title}\n\n{string.Join("  \n", Facts.Select(f => $"**{f.Name}**: {f.Value}"))}\n\n{Markdown}"
                )
            ),
        };
    }

    private string Html() =>
        $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{WebUtility.HtmlEncode(
                Title
            )}}</title><style>
            @page { size: A4; margin: 20mm 18mm } body { font: 15px/1.5 "Inter", "Segoe UI", sans-serif; color: #182433; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
            @media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt } h2, h3 { break-after: avoid } tr { break-inside: avoid } }
            .head { color: #667085; font-size: .8rem; border-bottom: 1px solid #d0d5dd; padding-bottom: .4rem } dl { display: grid; grid-template-columns: 10rem 1fr; gap: .2rem 1rem; font-size: .9rem } dt { color: #667085 } dd { margin: 0; overflow-wrap: anywhere }
            table { border-collapse: collapse; width: 100%; font-size: .92rem } th, td { border-bottom: 1px solid #d0d5dd; padding: .35rem .5rem; text-align: left; vertical-align: top } mark { background: #fff3cd }
            </style></head><body><div class="head">{{WebUtility.HtmlEncode(Header)}}</div><h1>{{WebUtility.HtmlEncode(
                Title
            )}}</h1><dl>{{string.Concat(
                Facts.Select(f => $"<dt>{WebUtility.HtmlEncode(f.Name)}</dt><dd>{WebUtility.HtmlEncode(f.Value)}</dd>")
            )}}</dl>
            {{DocumentHtml.Of(Markdown)}}</body></html>
            """;
}
