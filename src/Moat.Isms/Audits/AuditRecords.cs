using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Audits;

/// <summary>Internal audits that were reported (A.5.35, A.8.34).</summary>
public sealed class AuditRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "audits";

    /// <inheritdoc />
    public string CountsWhen => "An audit that was reported by somebody independent and examined records.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var audits = await db.Set<Audit>()
            .Where(a => a.ReportedAt >= since)
            .Select(a => new
            {
                a.Id,
                a.Number,
                a.Title,
                At = a.ReportedAt!.Value,
                a.Conclusion,
            })
            .ToListAsync(ct);
        var ids = audits.Select(a => a.Id).ToList();
        var examined = (
            await db.Set<AuditItem>()
                .Where(i => ids.Contains(i.AuditId) && i.ExaminedAt != null)
                .Select(i => new { i.AuditId, i.Examined })
                .ToListAsync(ct)
        )
            .Where(i => i.Examined.Count > 0)
            .Select(i => i.AuditId)
            .ToHashSet();
        return
        [
            .. audits.Select(a => new OwnRecord(
                $"AUD-{a.Number}",
                a.Title,
                a.At,
                Lacking: !examined.Contains(a.Id) ? "names no record that was examined"
                    : Substance.Says(a.Conclusion, 4) ? null
                    : "has no conclusion"
            )),
        ];
    }
}
