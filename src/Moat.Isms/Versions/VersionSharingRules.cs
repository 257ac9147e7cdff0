using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Versions;

/// <summary>
/// What may be touched by a withdrawal although nobody can tell from digests: some files of it are those of a withdrawn
/// version (A.8.32). Shared licences and the like are no reason to look.
/// </summary>
internal sealed class VersionSharingRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "shares-files-with-withdrawn",
            "asset-management",
            "risk-assessment",
            "AVER",
            "What is released, served or went into that shares no files with what was withdrawn, or a person said why "
                + "these are sound",
            "Find out whether the shared files are what was withdrawn; say why not, or withdraw it too",
            Sharing
        ),
    ];

    private static async Task<Breakage> Sharing(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var touched = await VersionBreaks.Touched(db, day, ct);
        if (touched.Count == 0)
            return FlowRule.Of([]);
        var (bytes, graph) = (new WithdrawnBytes(db), await VersionGraph.Read(db, ct));
        var shared = await bytes.Shared(
            graph.Shared(graph.Beside(touched.Keys, touched), touched),
            touched,
            await bytes.Known(ct),
            ct
        );
        var used = await Used(db, day, ct);
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var ofVersion in shared.Where(s => s.Tells && !(s.Word?.At < day.End)).GroupBy(s => s.Version.Id))
            if (Since(ofVersion.Key, graph, used) is { } since)
                broken[ofVersion.Key] = VersionBreaks.Later(since, ofVersion.Min(s => s.Withdrawn.WithdrawnAt!.Value));
        return await VersionBreaks.Named(db, broken, ct);
    }

    private static DateTime? Since(Guid version, VersionGraph graph, Dictionary<Guid, DateTime> used) =>
        graph
            .Follow(version, forward: true)
            .Select(s => s.Id)
            .Prepend(version)
            .Where(used.ContainsKey)
            .Select(id => (DateTime?)used[id])
            .Min();

    /// <summary>What is released or served at the end of the day, each since when.</summary>
    private static async Task<Dictionary<Guid, DateTime>> Used(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var released = await db.Set<AssetVersion>()
            .Where(v => v.ReleasedAt < day.End && (v.WithdrawnAt == null || v.WithdrawnAt >= day.End))
            .Select(v => new { v.Id, At = v.ReleasedAt!.Value })
            .ToListAsync(ct);
        var served = await VersionBreaks
            .Served(db, day)
            .Select(s => new { Id = s.VersionId, At = s.Since })
            .ToListAsync(ct);
        return released.Concat(served).GroupBy(u => u.Id).ToDictionary(g => g.Key, g => g.Min(u => u.At));
    }
}
