using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;

namespace Moat.Isms.Versions;

/// <summary>Versions whose asset was merged into another one before they followed it by themselves.</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class MergeFollowing(MoatDb db)
{
    /// <summary>Brings them to the asset that stays. Done by the server itself.</summary>
    [
        Daily(DailyTurn.Facts),
        Operation(
            "keep-current",
            Permission.EditAssets,
            "Bring versions of assets that were merged, and what their endpoints served, to the asset that stays"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var into = (
            await db.Set<Retirement>()
                .Where(r => r.MergedInto != null && r.ReopenedOn == null)
                .Where(r =>
                    db.Set<AssetVersion>().Any(v => v.AssetId == r.SubjectId)
                    || db.Set<ServedVersion>().Any(s => s.EndpointId == r.SubjectId)
                )
                .OrderBy(r => r.CreatedAt)
                .ToListAsync(ct)
        )
            .GroupBy(r => r.SubjectId)
            .Select(g => (Gone: g.Key, Kept: g.Last().MergedInto!));
        var (merged, moved) = (new MergedAssets(db), 0);
        foreach (var (gone, kept) in into)
            moved += await merged.Move(
                await db.Set<Asset>().SingleAsync(a => a.Id == gone, ct),
                await Staying(kept, ct),
                ct
            );
        return new Tally(moved, []);
    }

    // What was merged may have been merged into what was merged later; nothing is merged in a circle.
    private async Task<Asset> Staying(string reference, CancellationToken ct)
    {
        var asset = await db.One<Asset>(reference, ct);
        var further = await db.Set<Retirement>()
            .Where(r => r.SubjectId == asset.Id && r.MergedInto != null && r.ReopenedOn == null)
            .OrderByDescending(r => r.CreatedAt)
            .Select(r => r.MergedInto)
            .FirstOrDefaultAsync(ct);
        return further is null ? asset : await Staying(further, ct);
    }
}
