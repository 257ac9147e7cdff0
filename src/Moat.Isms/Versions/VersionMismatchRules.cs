using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Versions;

/// <summary>Names, bytes, results and origins of versions that do not fit together (A.8.29, A.8.31, A.8.32).</summary>
internal sealed class VersionMismatchRules : IFlowRules
{
    private static readonly VersionResultKind[] Validating = [VersionResultKind.Validation, VersionResultKind.Tests];

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "version-told-otherwise",
            "asset-management",
            "risk-assessment",
            "AVER",
            "A version is the same bytes wherever it is told of",
            "Find out which bytes are right; withdraw the version, or say why they may differ",
            (db, day) =>
                from version in db.Set<AssetVersion>()
                let since = db.Set<ToldOtherwise>()
                    .Where(t => t.VersionId == version.Id && t.Since < day.End)
                    .Where(t => t.Until == null || t.Until >= day.End)
                    .Min(t => (DateTime?)t.Since)
                where since != null && (version.WithdrawnAt == null || version.WithdrawnAt >= day.End)
                select new Broken
                {
                    Number = version.Number,
                    Title = version.AssetName + " " + version.Name,
                    At = since,
                }
        ),
        new(
            "served-unvalidated",
            "change-planning",
            "asset-management",
            "AVER",
            "What an endpoint serves passed a validation or tests that name exactly these bytes",
            "Validate these bytes and push the result with the version's digest",
            Unvalidated
        ),
        new(
            "released-from-withdrawn",
            "asset-management",
            "risk-assessment",
            "AVER",
            "What is released has no withdrawn bytes and was not made from any",
            "Withdraw it, and make it again without that",
            FromWithdrawn
        ),
        new(
            "base-model-exchanged",
            "change-planning",
            "asset-management",
            "AVER",
            "A new version is made from the same base model as the one that was released before",
            "Find out who exchanged the base model; release the version or withdraw it",
            BaseExchanged
        ),
    ];

    // The last word counts: what passed once and failed since did not pass.
    private static async Task<Breakage> Unvalidated(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var served = (
            await VersionBreaks.Served(db, day).Select(s => new { s.VersionId, s.Since }).ToListAsync(ct)
        ).ToLookup(s => s.VersionId, s => s.Since);
        var ids = served.Select(s => s.Key).ToList();
        var files = (await db.Set<VersionDigest>().AsNoTracking().Where(d => ids.Contains(d.VersionId)).ToListAsync(ct))
            .GroupBy(d => d.VersionId)
            .ToDictionary(g => g.Key, VersionFiles.Of);
        var gone = (
            await db.Set<EvidenceItem>()
                .Where(e => e.WithdrawnAt != null && e.WithdrawnAt < day.End)
                .Select(e => e.Number)
                .ToListAsync(ct)
        )
            .Select(n => $"EVD-{n}")
            .ToHashSet();
        var results = (
            await db.Set<VersionResult>()
                .AsNoTracking()
                .Where(r => Validating.Contains(r.Kind) && r.Passed != null && r.At < day.End)
                .Where(r =>
                    (r.VersionId != null && ids.Contains(r.VersionId.Value))
                    || db.Set<VersionDigest>().Any(d => ids.Contains(d.VersionId) && d.Value == r.Digest)
                )
                .ToListAsync(ct)
        ).FindAll(r => !gone.Contains(r.SourceRef));
        var moments = await ResultMoments.Of(db, results, ct);
        results.RemoveAll(r => moments.Impossible(r) is not null);
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var version in served)
        {
            var since = version.Min();
            if (LastWords(version.Key, files.GetValueOrDefault(version.Key), results) is not { } last)
                broken[version.Key] = since;
            else if (last.Find(r => r.Passed == false) is { } failed)
                broken[version.Key] = VersionBreaks.Later(failed.At, since);
        }
        return await VersionBreaks.Named(db, broken, ct);
    }

    // What names a file of a version says nothing of its other files, so each needs a word: a test of a licence is no
    // test of a model. What names the version itself is about all of them. Null when a file has none.
    private static List<VersionResult>? LastWords(Guid version, VersionFiles? files, List<VersionResult> results)
    {
        var whole = results.FindAll(r => r.VersionId == version);
        if (files is null || files.Files.Count == 0 || (files.Weak.Count > 0 && whole.Count == 0))
            return whole.Count > 0 ? Last(whole) : null;
        var words = files
            .Files.Select(f => Last([.. whole, .. results.Where(r => r.Digest is { } d && f.Digests.Contains(d))]))
            .ToList();
        return words.Exists(w => w.Count == 0) ? null : [.. words.SelectMany(w => w)];
    }

    private static List<VersionResult> Last(List<VersionResult> results) =>
        [.. results.GroupBy(r => r.Kind).SelectMany(g => g.Where(r => r.At == g.Max(o => o.At)))];

    private static async Task<Breakage> FromWithdrawn(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var touched = await VersionBreaks.Touched(db, day, ct);
        if (touched.Count == 0)
            return FlowRule.Of([]);
        var released = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => v.ReleasedAt != null && v.ReleasedAt < day.End)
            .Where(v => v.WithdrawnAt == null || v.WithdrawnAt >= day.End)
            .Select(v => new { v.Id, ReleasedAt = v.ReleasedAt!.Value })
            .ToListAsync(ct);
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var version in released)
            if (touched.TryGetValue(version.Id, out var taint))
                broken[version.Id] = VersionBreaks.Later(taint.At, version.ReleasedAt);
        return await VersionBreaks.Named(db, broken, ct);
    }

    private static async Task<Breakage> BaseExchanged(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var models = db.Set<Asset>().Where(a => a.Kind == "model").Select(a => a.Id);
        var versions = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => models.Contains(v.AssetId) && v.CreatedAt < day.End)
            .Where(v => v.WithdrawnAt == null || v.WithdrawnAt >= day.End)
            .ToListAsync(ct);
        if (versions.Count == 0)
            return FlowRule.Of([]);
        var made = await VersionGraph.Origins(db, ct);
        var all = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => models.Contains(v.AssetId))
            .ToDictionaryAsync(v => v.Id, v => v.AssetId, ct);
        HashSet<Guid> Bases(AssetVersion version) =>
            [
                .. made[version.Id]
                    .Where(all.ContainsKey)
                    .Select(origin => all[origin])
                    .Where(asset => asset != version.AssetId),
            ];
        var broken = new Dictionary<Guid, DateTime>();
        foreach (var ofModel in versions.GroupBy(v => v.AssetId))
        {
            var last = ofModel.Where(v => v.ReleasedAt < day.End).MaxBy(v => v.ReleasedAt);
            if (last is null || Bases(last) is not { Count: > 0 } before)
                continue;
            foreach (var next in ofModel.Where(v => v.Number > last.Number && !(v.ReleasedAt < day.End)))
                if (Bases(next) is { Count: > 0 } now && !now.SetEquals(before))
                    broken[next.Id] = next.CreatedAt;
        }
        return await VersionBreaks.Named(db, broken, ct);
    }
}
