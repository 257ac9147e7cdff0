using System.Globalization;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.StatementOfApplicability;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>A Statement of Applicability as an auditor reads it, as a workbook and as a document.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Title">Which version, and who approved it when.</param>
/// <param name="Rows">Its rows.</param>
public sealed record SoaReport(string Organization, string Title, IReadOnlyList<SoaRow> Rows)
{
    /// <summary>The report of a published version.</summary>
    public static SoaReport Of(string organization, Soa soa) =>
        new(
            organization,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Version {soa.Number}, approved by {soa.ApprovedBy} on {soa.CreatedAt:yyyy-MM-dd}"
            ),
            SoaRow.Read(soa.Rows)
        );

    /// <summary>The report of rows that nobody has approved.</summary>
    public static SoaReport OfDraft(string organization, DateOnly day, IReadOnlyList<SoaRow> rows) =>
        new(
            organization,
            string.Create(CultureInfo.InvariantCulture, $"Draft of {day:yyyy-MM-dd}, not approved"),
            rows
        );

    private static readonly string[] Headers =
    [
        "Control",
        "Title",
        "Applicable",
        "Called for by",
        "Justification",
        "Risks",
        "Obligations",
        "Implementation",
        "How it is done here",
        "Owner",
    ];

    /// <summary>As XLSX.</summary>
    public byte[] ToWorkbook() =>
        Workbook.Write([
            new TableSheet("SoA", Headers, [.. Rows.Select(r => (IReadOnlyList<object?>)[.. Cells(r)])]),
            new TableSheet(
                "About",
                ["Field", "Value"],
                [
                    ["Organisation", Organization],
                    ["Version", Title],
                    ["Controls", Rows.Count],
                    ["Applicable", Rows.Count(r => r.Applicability == Applicability.Applicable)],
                ]
            ),
        ]);

    /// <summary>As DOCX.</summary>
    public byte[] ToDocument() =>
        new WordDocument("Statement of Applicability")
            .Paragraph($"{Organization}. {Title}.")
            .Paragraph(
                $"{Rows.Count(r => r.Applicability == Applicability.Applicable)} of {Rows.Count} controls apply; "
                    + $"{Rows.Count(r => r.Applicability == Applicability.Applicable && r.Implementation == Implementation.Implemented)} of them are implemented."
            )
            .Table(
                ["Control", "Applies", "Why", "In place", "How it is done here", "Owner"],
                [16, 8, 30, 10, 26, 10],
                Rows.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            $"{r.Code} {r.Title}",
                            r.Applicability.Words(),
                            Why(r),
                            r.Applicability == Applicability.Applicable ? r.Implementation.Words() : "–",
                            r.HowDone ?? "",
                            r.Owner ?? "–",
                        ]
                )
            )
            .Write($"{Organization} · Statement of Applicability · {Title}");

    private static IEnumerable<object?> Cells(SoaRow row) =>
        [
            row.Code,
            row.Title,
            row.Applicability.Words(),
            string.Join(", ", row.ReasonKinds),
            row.Justification,
            string.Join(", ", row.Risks),
            string.Join(", ", row.Obligations),
            row.Implementation.Words(),
            row.HowDone,
            row.Owner,
        ];

    private static string Why(SoaRow row)
    {
        var because = row.Risks.Concat(row.Obligations).ToList();
        return because.Count == 0 ? row.Justification ?? "" : $"{row.Justification} ({string.Join(", ", because)})";
    }
}
