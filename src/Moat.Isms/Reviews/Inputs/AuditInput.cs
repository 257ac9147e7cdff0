using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews.Inputs;

/// <summary>Results of audits (9.3.2 d 3).</summary>
public sealed class AuditInput(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Audits;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var since = window.Since;
        var audits = await Audits(since, ct);
        var ids = audits.Select(a => a.Id).ToList();
        var findings = await db.Set<Finding>()
            .Where(f => ids.Contains(f.AuditId) && f.State != FindingState.Withdrawn)
            .OrderBy(f => f.Number)
            .ToListAsync(ct);
        var (reported, contested) = (
            audits.Count(a => a.ReportedAt >= since),
            findings.Count(f => f.State == FindingState.Contested)
        );
        int In(FindingGrade grade) => findings.Count(f => f.Grade == grade);
        return InputSection.Of(
            Topic,
            audits.Count == 0
                ? "No audit was held and none is planned. What nobody independent looked at, nobody knows."
                : $"{Count(reported, "audit was", "audits were")} reported since {window.From:yyyy-MM-dd}, with {Count(In(FindingGrade.Major), "major finding", "major findings")}, {Count(In(FindingGrade.Minor), "minor finding", "minor findings")} and {findings.Count(f => !f.IsNonconformity)} further ones; {Count(contested, "finding is", "findings are")} contested.",
            [
                Figure("Reported", reported),
                Figure("Planned or under way", audits.Count(a => a.State is AuditState.Planned or AuditState.Running)),
                Figure("Major findings", In(FindingGrade.Major)),
                Figure("Minor findings", In(FindingGrade.Minor)),
                Figure("Contested", contested),
            ],
            [.. findings.OrderBy(f => f.Grade).ThenBy(f => f.Number).Select(Found), .. audits.Select(Concluded)]
        );
    }

    private Task<List<Audit>> Audits(DateTime since, CancellationToken ct) =>
        db.Set<Audit>()
            .Where(a =>
                a.State != AuditState.Dropped
                && (
                    a.ReportedAt >= since
                    || a.State == AuditState.Running
                    || a.State == AuditState.Planned
                    || a.State == AuditState.Reported
                )
            )
            .OrderBy(a => a.StartsOn)
            .ThenBy(a => a.Number)
            .ToListAsync(ct);

    private static InputRow Found(Finding f) =>
        Row(
            f,
            $"{f.Grade.Words().ToLowerInvariant()}, {f.State.Words().ToLowerInvariant()}, {f.Requirement}: {f.Statement}"
        );

    private static InputRow Concluded(Audit a) =>
        Row(
            a,
            a.Conclusion
                ?? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{a.State.Words().ToLowerInvariant()}, {a.StartsOn:d MMM yyyy} to {a.EndsOn:d MMM yyyy}"
                )
        );
}
