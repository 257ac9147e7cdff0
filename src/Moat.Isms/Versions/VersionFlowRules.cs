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
                let since = VersionBreaks
                    .Served(db, day)
                    .Where(s => s.VersionId == version.Id)
                    .Min(s => (DateTime?)s.Since)
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
                        && !VersionBreaks.Served(db, day).Any(s => s.EndpointId == a.Id)
                    )
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Name,
                        At = a.CreatedAt,
                    })
        ),
    ];

    private static async Task<Breakage> FromWithdrawn(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var touched = await VersionBreaks.Touched(db, day, ct);
        if (touched.Count == 0)
            return FlowRule.Of([]);
        var served = await VersionBreaks.Served(db, day).AsNoTracking().ToListAsync(ct);
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var version in served.ToLookup(s => s.VersionId, s => s.Since))
            if (touched.TryGetValue(version.Key, out var taint))
                broken[version.Key] = VersionBreaks.Later(taint.At, version.Min());
        return await VersionBreaks.Named(db, broken, ct);
    }
}
