using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Retirements;

/// <summary>Which retirements to list.</summary>
public sealed record ListRetirements
{
    /// <summary>Of one record, such as RISK-3; of all when left out.</summary>
    [MaxLength(40)]
    public string? Of { get; init; }
}

/// <summary>That a record was taken out of its register.</summary>
public sealed record RetirementView(
    string Ref,
    string Title,
    string Because,
    string By,
    DateOnly On,
    string? MergedInto,
    DateOnly? ReopenedOn,
    string? ReopenedBy,
    string? ReopenedBecause
);

internal static class RetiredRecords
{
    /// <summary>How a record left its register; nothing for one that is in it.</summary>
    public static async Task<RetirementView?> RetirementOf(this MoatDb db, Proposable record, CancellationToken ct) =>
        record.Standing != Standing.Retired
            ? null
            : await db.Set<Retirement>()
                .Where(r => r.SubjectId == record.Id && r.ReopenedOn == null)
                .OrderByDescending(r => r.CreatedAt)
                .Select(r => new RetirementView(
                    r.SubjectRef,
                    r.Title,
                    r.Because,
                    r.By,
                    r.On,
                    r.MergedInto,
                    null,
                    null,
                    null
                ))
                .FirstOrDefaultAsync(ct);

    /// <summary>
    /// What to do about each record that left its register, by its id, when somebody enters it again.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> WhyLeft(this MoatDb db, CancellationToken ct) =>
        (await db.Set<Retirement>().AsNoTracking().Where(r => r.ReopenedOn == null).ToListAsync(ct))
            .DistinctBy(r => r.SubjectId)
            .ToDictionary(
                r => r.SubjectId,
                r =>
                    string.Create(CultureInfo.InvariantCulture, $"{r.SubjectRef} was retired on {r.On:yyyy-MM-dd}")
                    + $"{(r.MergedInto is { } into ? $" (merged into {into})" : "")}. Reopen it, or leave the row out."
            );

    /// <summary>
    /// What marks those of the records that left their register, such as "Retired" or "Merged into RISK-2", by id.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> RetirementMarks(
        this MoatDb db,
        IReadOnlyCollection<Proposable> records,
        CancellationToken ct
    )
    {
        var gone = records.Where(r => r.Standing == Standing.Retired).Select(r => r.Id).ToList();
        if (gone.Count == 0)
            return new Dictionary<Guid, string>();
        var merged = await db.Set<Retirement>()
            .Where(r => gone.Contains(r.SubjectId) && r.ReopenedOn == null && r.MergedInto != null)
            .Select(r => new { r.SubjectId, r.MergedInto })
            .ToListAsync(ct);
        var into = merged.ToLookup(m => m.SubjectId, m => m.MergedInto);
        return gone.ToDictionary(
            id => id,
            id => into[id].LastOrDefault() is { } other ? $"Merged into {other}" : "Retired"
        );
    }
}

/// <summary>What left the registers. It is a list of its own so that nothing leaves them unseen.</summary>
[Process(
    "retirements",
    "What was taken out of the registers of assets and risks, by whom and why, and what came back."
)]
public sealed class RetirementProcess(MoatDb db)
{
    private const int Most = 500;

    /// <summary>The latest first.</summary>
    [Query("list", Permission.ReadIsms, "What was retired or merged, by whom and why, and what was reopened")]
    public async Task<IReadOnlyList<RetirementView>> List(ListRetirements input, CancellationToken ct) =>
        await db.Set<Retirement>()
            .Where(r => input.Of == null || r.SubjectRef == input.Of)
            .OrderByDescending(r => r.CreatedAt)
            .Take(Most)
            .Select(r => new RetirementView(
                r.SubjectRef,
                r.Title,
                r.Because,
                r.By,
                r.On,
                r.MergedInto,
                r.ReopenedOn,
                r.ReopenedBy,
                r.ReopenedBecause
            ))
            .ToListAsync(ct);
}
