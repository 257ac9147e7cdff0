using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// What a bill of materials names and a person retired. A file MUST NOT undo that decision: the asset and its relations
/// stay as they are, and the answer says so.
/// </summary>
internal sealed class RetiredOfBill
{
    private readonly HashSet<string> _keys = [];
    private readonly List<string> _remarks = [];

    /// <summary>A sentence for each of them.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Whether the bill's key is that of a retired asset.</summary>
    public bool Is(string key) => _keys.Contains(key);

    /// <summary>
    /// Looks for those that nothing in the register fits: by external id, else by kind and name where they have none.
    /// </summary>
    public static async Task<RetiredOfBill> Find(MoatDb db, IReadOnlyList<BomAsset> named, CancellationToken ct)
    {
        var found = new RetiredOfBill();
        if (named.Count == 0)
            return found;
        var retired = await db.Set<Asset>()
            .AsNoTracking()
            .Of(Standing.Retired)
            .OrderByDescending(a => a.Number)
            .ToListAsync(ct);
        if (retired.Count == 0)
            return found;
        var byKey = retired.Where(a => a.ExternalId is not null).ToLookup(a => a.ExternalId!);
        var byName = retired.Where(a => a.ExternalId is null).ToLookup(a => (a.Kind, SearchText.Fold(a.Name)));
        var marks = await db.RetirementMarks(retired, ct);
        foreach (var one in named)
            if (byKey[one.Key].Concat(byName[(one.Kind, SearchText.Fold(one.Name))]).FirstOrDefault() is { } asset)
            {
                found._keys.Add(one.Key);
                found._remarks.Add(Told(asset, marks[asset.Id]));
            }
        return found;
    }

    private static string Told(Asset asset, string mark) =>
        $"{asset.Ref} {asset.Name.Cut(80)} is {char.ToLowerInvariant(mark[0])}{mark[1..]} and was left as it is. "
        + "Reopen it to take over what the bill says.";
}
