using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;

namespace Moat.Isms.People;

/// <summary>Steps for people who joined, moved or left that were done (A.5.11, A.6.1, A.6.5).</summary>
public sealed class ChecklistRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "people-checklists";

    /// <inheritdoc />
    public string CountsWhen =>
        "A person's checklist of joining, moving or leaving whose steps are all done, with what was found.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var steps = await db.Set<WorkItem>()
            .Where(t =>
                t.SubjectRef.StartsWith("PER-")
                && t.CreatedAt >= since
                && t.State != WorkState.Dropped
                && t.Purpose == "action"
            )
            .Select(t => new
            {
                t.SubjectRef,
                t.CreatedAt,
                t.ClosedAt,
                t.State,
                t.Outcome,
            })
            .ToListAsync(ct);
        return
        [
            .. steps
                .GroupBy(t => (t.SubjectRef, t.CreatedAt))
                .Where(g => g.All(t => t.State == WorkState.Done))
                .Select(g => new OwnRecord(
                    g.Key.SubjectRef,
                    "Checklist of a person",
                    g.Max(t => t.ClosedAt)!.Value,
                    Lacking: g.Any(t => Substance.Says(t.Outcome, 2)) ? null : "does not say what was done"
                )),
        ];
    }
}
