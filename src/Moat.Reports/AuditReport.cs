using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>The report of which audit in which form.</summary>
public sealed record ChooseAuditReport
{
    /// <summary>Such as AUD-2.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>docx, pdf, html or md.</summary>
    public FileForm Format { get; init; } = FileForm.Docx;
}

/// <summary>Reports of audits as files.</summary>
[Process("audits", "Internal and certification audits: the programme, who looks at what, and what came of it (9.2).")]
public sealed class AuditReport(MoatDb db, CurrentCaller caller, AuditReportText text, AuditTeam teams)
{
    /// <summary>The report with findings, samples and everything that was looked at.</summary>
    [Query("report", Permission.ReadIsms, "The report of an audit as DOCX, PDF, HTML or Markdown")]
    public async Task<MadeFile> Report(ChooseAuditReport input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Ref, ct);
        var organization = await db
            .Organizations.Where(o => o.Id == caller.OrganizationId)
            .Select(o => o.Name)
            .FirstAsync(ct);
        var markdown = await text.Markdown(audit, null, ct);
        var title = $"Audit report: {audit.Title}";
        var header =
            $"{organization} · {audit.Ref} · {(audit.ReportedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"reported {at:d MMMM yyyy}") : "not reported yet")} · confidential";
        var facts = await Facts(audit, ct);
        return await new PrintedText(organization, title, facts, header, markdown).As(
            input.Format,
            $"{audit.Ref}-report",
            ct
        );
    }

    private async Task<List<(string Name, string Value)>> Facts(Audit audit, CancellationToken ct)
    {
        var lead = (await teams.Of(audit, ct)).FirstOrDefault(p => p.Id == audit.LeadId);
        return
        [
            ("Audit", $"{audit.Ref}, {audit.Kind.Words().ToLowerInvariant()}"),
            (
                "Held",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{audit.StartsOn:d MMMM yyyy} to {audit.EndsOn:d MMMM yyyy}"
                )
            ),
            ("Lead", lead?.Name ?? "nobody yet"),
            ("State", audit.State.Words()),
            ("Reported by", audit.ReportedBy ?? "nobody yet"),
            ("Kept as", audit.EvidenceRef ?? "not kept yet"),
        ];
    }
}
