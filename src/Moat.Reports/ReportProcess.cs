using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.StatementOfApplicability;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>Which version of the Statement of Applicability.</summary>
public sealed record ChooseSoa
{
    /// <summary>Such as SOA-2; the rows of today when left out.</summary>
    [MaxLength(80)]
    public string? Version { get; init; }
}

/// <summary>Which register.</summary>
public sealed record ChooseRegister
{
    /// <summary>Such as assets, risks, controls, evidence or objectives.</summary>
    [MaxLength(40)]
    public required string Name { get; init; }
}

/// <summary>Documents made from records: the Statement of Applicability and every register.</summary>
[Process("reports", "Documents made from the records of today: the Statement of Applicability and every register.")]
public sealed class ReportProcess(MoatDb db, CurrentCaller caller, SoaSource source, RegisterSheets registers)
{
    /// <summary>The Statement of Applicability as a workbook.</summary>
    [Query(
        "soa-xlsx",
        Permission.ReadIsms,
        "The Statement of Applicability as XLSX: a published version, or the rows of today"
    )]
    public async Task<MadeFile> SoaWorkbook(ChooseSoa input, CancellationToken ct)
    {
        var (report, name) = await Soa(input.Version, ct);
        return new MadeFile($"{name}.xlsx", Workbook.ContentType, report.ToWorkbook());
    }

    /// <summary>The Statement of Applicability as a document.</summary>
    [Query(
        "soa-docx",
        Permission.ReadIsms,
        "The Statement of Applicability as DOCX: a published version, or the rows of today"
    )]
    public async Task<MadeFile> SoaDocument(ChooseSoa input, CancellationToken ct)
    {
        var (report, name) = await Soa(input.Version, ct);
        return new MadeFile($"{name}.docx", WordDocument.ContentType, report.ToDocument());
    }

    /// <summary>A register with every field of every record.</summary>
    [Query("register", Permission.ReadIsms, "A register as XLSX, with every field of every record")]
    public async Task<MadeFile> Register(ChooseRegister input, CancellationToken ct)
    {
        if (!RegisterTable.Registers.ContainsKey(input.Name))
            throw new InputInvalid(
                "name",
                $"There is no such register. One of: {string.Join(", ", RegisterTable.Registers.Keys)}."
            );
        var sheets = await registers.Of(input.Name, ct);
        foreach (var sheet in sheets)
            sheet.MustFit();
        return new MadeFile(
            $"{caller.Value.Organization}-{input.Name}-{Today}.xlsx",
            Workbook.ContentType,
            Workbook.Write(sheets)
        );
    }

    private string Today => db.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<(SoaReport Report, string Name)> Soa(string? version, CancellationToken ct)
    {
        var organization = await db
            .Organizations.Where(o => o.Id == caller.OrganizationId)
            .Select(o => o.Name)
            .FirstAsync(ct);
        if (version is null)
            return (SoaReport.OfDraft(organization, db.Today, await source.Rows(ct)), $"soa-draft-{Today}");
        var soa = await db.One<Soa>(version, ct);
        return (SoaReport.Of(organization, soa), soa.Ref.ToLowerInvariant());
    }
}
