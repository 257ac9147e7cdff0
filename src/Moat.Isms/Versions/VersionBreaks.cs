using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Versions;

/// <summary>What the rules about versions ask of a day, and how they name what is broken.</summary>
internal static class VersionBreaks
{
    /// <summary>What endpoints serve at the end of the day.</summary>
    public static IQueryable<ServedVersion> Served(MoatDb db, FlowDay day) =>
        db.Set<ServedVersion>().Where(s => s.Since < day.End && (s.Until == null || s.Until >= day.End));

    /// <summary>The versions whose bytes come from one that was withdrawn by then; none where none was.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Taint>> Touched(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var withdrawn = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => v.WithdrawnAt != null && v.WithdrawnAt < day.End)
            .ToDictionaryAsync(v => v.Id, v => v.WithdrawnAt!.Value, ct);
        return withdrawn.Count == 0
            ? new Dictionary<Guid, Taint>()
            : (await VersionGraph.Read(db, ct)).Touched(withdrawn);
    }

    /// <summary>The versions that are broken, each since when.</summary>
    public static async Task<Breakage> Named(MoatDb db, Dictionary<Guid, DateTime> broken, CancellationToken ct)
    {
        var versions = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => broken.Keys.Contains(v.Id))
            .ToListAsync(ct);
        return FlowRule.Of([
            .. versions.Select(v => new Broken
            {
                Number = v.Number,
                Title = v.Caption,
                At = broken[v.Id],
            }),
        ]);
    }

    /// <summary>The later of two moments.</summary>
    public static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
