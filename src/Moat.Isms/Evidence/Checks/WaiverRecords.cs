using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Deviations that somebody answers for until a day (A.5.36, A.8.9).</summary>
public sealed class WaiverRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "check-exceptions";

    /// <inheritdoc />
    public string CountsWhen => "A failing check that a named person answers for, with a reason and a last day.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<CheckException>()
                    .Where(e => e.CreatedAt >= since)
                    .Select(e => new
                    {
                        e.Number,
                        e.Reason,
                        e.CreatedAt,
                    })
                    .ToListAsync(ct)
            ).Select(e => new OwnRecord(
                $"EXC-{e.Number}",
                "Exception of a check",
                e.CreatedAt,
                Lacking: Substance.Says(e.Reason, 4) ? null : "has no reason that says anything"
            )),
        ];
}
