using Moat.Isms.Controls;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>A Statement of Applicability as an auditor reads it, as a workbook and as a document.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Title">Which version, and who approved it when.</param>
/// <param name="Rows">Its rows.</param>
public sealed record SoaReport(string Organization, string Title, IReadOnlyList<SoaRow> Rows)
{
    private static readonly string[] Headers =
        ["Control", "Title", "Applicable", "Called for by", "Justification", "Risks", "Obligations", "Implementation", "How it is done here", "Owner"];

    /// <summary>As XLSX.</summary>
    public byte[] ToWorkbook() => Workbook.Write(
    [
        new TableSheet("SoA", Headers, [.. Rows.Select(r => (IReadOnlyList<object?>)[.. Cells(r)])]),
        new TableSheet("About", ["Field", "Value"], [["Organisation", Organization], ["Version", Title], ["Controls", Rows.Count], ["Applicable", Rows.Count(r => r.Applicability == Applicability.Applicable)]]),
    ]);

    /// <summary>As DOCX.</summary>
    public byte[] ToDocument() => new WordDocument("Statement of Applicability")
        .Paragraph($"{Organization}. {Title}.")
        .Paragraph($"{Rows.Count(r => r.Applicability == Applicability.Applicable)} of {Rows.Count} controls apply; "
            + $"{Rows.Count(r => r.Applicability == Applicability.Applicable && r.Implementation == Implementation.Implemented)} of them are implemented.")
        .Table(
            ["Control", "Applies", "Why", "In place", "How it is done here", "Owner"], [16, 8, 30, 10, 26, 10],
            Rows.Select(r => (IReadOnlyList<string>)[
                $"{r.Code} {r.Title}", Words(r.Applicability), Why(r), r.Applicability == Applicability.Applicable ? Words(r.Implementation) : "–", r.HowDone ?? "", r.Owner ?? "–"]))
        .Write($"{Organization} · Statement of Applicability · {Title}");

    private static IEnumerable<object?> Cells(SoaRow row) =>
    [
        row.Code, row.Title, Words(row.Applicability), string.Join(", ", row.ReasonKinds), row.Justification, string.Join(", ", row.Risks),
        string.Join(", ", row.Obligations), Words(row.Implementation), row.HowDone, row.Owner,
    ];

    private static string Why(SoaRow row)
    {
        var because = row.Risks.Concat(row.Obligations).ToList();
        return because.Count == 0 ? row.Justification ?? "" : $"{row.Justification} ({string.Join(", ", because)})";
    }

    private static string Words(Enum value) => RegisterTable.Words(value);
}
