using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;

namespace Moat.Isms.Audits;

/// <summary>
/// The report of an audit as Markdown: extent, criteria, auditors, what was looked at, samples, findings, conclusion.
/// </summary>
public sealed class AuditReportText(MoatDb db, AuditTeam teams, AuditReading reading, IReadiness readiness)
{
    /// <summary>The report; before the audit is reported, with what there is.</summary>
    public async Task<string> Markdown(Audit audit, string? conclusion, CancellationToken ct)
    {
        var titles = (await readiness.Today(ct)).ToDictionary(r => r.Id, r => r.Title);
        var team = await teams.Of(audit, ct);
        var items = await db.Set<AuditItem>()
            .Where(i => i.AuditId == audit.Id)
            .OrderBy(i => i.Position)
            .ToListAsync(ct);
        var findings = await db.Set<Finding>()
            .Where(f => f.AuditId == audit.Id && f.State != FindingState.Withdrawn)
            .OrderBy(f => f.Grade)
            .ThenBy(f => f.Number)
            .ToListAsync(ct);
        var samples = await db.Set<Sample>().Where(s => s.AuditId == audit.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var rows = (await reading.Samples(db.Set<Sample>().Where(s => s.AuditId == audit.Id), ct)).ToDictionary(r =>
            r.Ref
        );
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"## Conclusion\n\n{conclusion ?? audit.Conclusion ?? "The audit is not reported yet."}\n");
        Line($"| Findings | |\n|---|---|");
        foreach (var grade in Enum.GetValues<FindingGrade>())
            Line($"| {grade.Words()} | {findings.Count(f => f.Grade == grade)} |");
        Line($"\n## Extent and criteria\n\n{audit.Extent}\n");
        Line(
            $"The audit was held from {audit.StartsOn:d MMMM yyyy} to {audit.EndsOn:d MMMM yyyy} and looked at the time since {audit.PeriodFrom:d MMMM yyyy}. Criteria: {audit.Requirements.Count} requirements of ISO/IEC 27001:2022 ({string.Join(", ", audit.Requirements)}) and the organisation's own rules for them.\n"
        );
        Line(
            $"Auditors: {(team.Count == 0 ? "none named" : string.Join(", ", team.Select(p => p.Id == audit.LeadId ? $"{p.Name} (lead)" : p.Name)))}{(audit.Body is null ? "" : $", for {audit.Body}")}. For each requirement, whoever looked owns neither its control nor a document, risk or process behind it, and did none of the work in that time; ownership and the journal were checked when the audit was planned, when it began and at each look.\n"
        );
        Line($"## Findings\n");
        if (findings.Count == 0)
            Line($"None.\n");
        foreach (var finding in findings)
            Line(
                $"### {finding.Ref} {finding.Grade.Words()}: {finding.Title}\n\n**{finding.Requirement} {titles.GetValueOrDefault(finding.Requirement)}**\n\n{finding.Statement}\n\nSeen: {finding.Seen}\n\n{Answer(finding)}\n"
            );
        Line($"## Samples\n");
        if (samples.Count == 0)
            Line($"None was drawn.\n");
        foreach (var sample in samples)
            Line(
                $"- **{sample.Ref}** for {sample.Requirement}: {sample.Caption}, {sample.PeriodFrom:yyyy-MM-dd} to {sample.PeriodTo:yyyy-MM-dd}. Seed `{sample.Seed}`, population SHA-256 `{sample.PopulationSha256}`. {rows[sample.Ref].Deviating} deviate or could not be shown, {rows[sample.Ref].Open} were not looked at. {sample.Conclusion}"
            );
        Line(
            $"\n{(samples.Count == 0 ? "" : SampleSelection.Method)}\n\n## What was looked at\n\n| Requirement | Result | What was seen | Records |\n|---|---|---|---|"
        );
        foreach (var item in items)
            Line(
                $"| {item.Requirement} {Cell(titles.GetValueOrDefault(item.Requirement))} | {item.Result.Words()} | {Cell(item.Note)} | {string.Join(", ", item.Examined)} |"
            );
        return text.ToString();
    }

    private static string Answer(Finding finding) =>
        finding.State == FindingState.Raised
            ? "The organisation has not answered yet."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{finding.State.Words()} by {finding.AnsweredBy} on {finding.AnsweredAt:d MMMM yyyy}{(finding.Answer is null ? "." : $": {finding.Answer}")}"
            );

    private static string Cell(string? text) =>
        text?.ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal) ?? "";
}
