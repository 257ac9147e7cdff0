using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Versions;

/// <summary>What should be true of what endpoints serve (A.8.31, A.8.32).</summary>
internal sealed class VersionFlowRules : IFlowRules
{
    private const int DaysToTell = 14;
    private const int SeriousHarm = 3;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "served-unreleased",
            "change-planning",
            "asset-management",
            "AVER",
            "What an endpoint serves was released by a person",
            "Look at it and release it",
            (db, day) =>
                from version in db.Set<AssetVersion>()
                let since = Served(db, day).Where(s => s.VersionId == version.Id).Min(s => (DateTime?)s.Since)
                where since != null && (version.ReleasedAt == null || version.ReleasedAt >= day.End)
                select new Broken
                {
                    Number = version.Number,
                    Title = version.AssetName + " " + version.Name,
                    At = since,
                }
        ),
        new(
            "served-from-withdrawn",
            "asset-management",
            "risk-assessment",
            "AVER",
            "What an endpoint serves is not withdrawn, has no withdrawn bytes and was not made from any",
            "Serve another version",
            FromWithdrawn
        ),
        new(
            "endpoint-of-unknown-bytes",
            "change-planning",
            "asset-management",
            "AST",
            "It is known which version an endpoint that matters serves",
            "Say which version it serves",
            (db, day) =>
                db.Set<Asset>()
                    .Where(a =>
                        a.Standing == Standing.Adopted
                        && a.InScope
                        && a.Kind == ServingProcess.EndpointKind
                        && a.CreatedAt < day.Ago(DaysToTell)
                        && (a.CrownJewel || a.NeedsIntegrity >= SeriousHarm)
                        && !Served(db, day).Any(s => s.EndpointId == a.Id)
                    )
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Name,
                        At = a.CreatedAt,
                    })
        ),
    ];

    private static IQueryable<ServedVersion> Served(MoatDb db, FlowDay day) =>
        db.Set<ServedVersion>().Where(s => s.Since < day.End && (s.Until == null || s.Until >= day.End));

    private static async Task<Breakage> FromWithdrawn(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var withdrawn = await Withdrawn(db, day, ct);
        if (withdrawn.Count == 0)
            return FlowRule.Of([]);
        var touched = (await VersionGraph.Read(db, ct)).Touched(withdrawn);
        var served = (await Served(db, day).AsNoTracking().ToListAsync(ct)).ToLookup(s => s.VersionId, s => s.Since);
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var version in served)
            if (touched.TryGetValue(version.Key, out var taint))
                broken[version.Key] = Later(taint.At, version.Min());
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

    /// <summary>When which versions were withdrawn.</summary>
    internal static Task<Dictionary<Guid, DateTime>> Withdrawn(MoatDb db, FlowDay day, CancellationToken ct) =>
        db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => v.WithdrawnAt != null && v.WithdrawnAt < day.End)
            .ToDictionaryAsync(v => v.Id, v => v.WithdrawnAt!.Value, ct);

    /// <summary>What each version was made from.</summary>
    internal static async Task<ILookup<Guid, Guid>> Made(MoatDb db, CancellationToken ct) =>
        (
            await db
                .Links.AsNoTracking()
                .Where(l => l.Type == LinkTypes.MadeFrom)
                .Select(l => new { l.FromId, l.ToId })
                .ToListAsync(ct)
        ).ToLookup(l => l.FromId, l => l.ToId);

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
