using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Reads what names versions: validations, tests, scans, attestations and facts of access.</summary>
public sealed class ResultReading(MoatDb db)
{
    /// <summary>What names a version, by its digests or by itself, the latest first.</summary>
    internal async Task<IReadOnlyList<VersionResultView>> Of(Guid version, CancellationToken ct)
    {
        var digests = await db.Set<VersionDigest>().AsNoTracking().Where(d => d.VersionId == version).ToListAsync(ct);
        var files = VersionFiles.Of(digests);
        var place = await db.Set<AssetVersion>().Where(v => v.Id == version).Select(v => v.Location).FirstAsync(ct);
        var results = await Views(
            db.Set<VersionResult>()
                .Where(r =>
                    r.VersionId == version
                    || (r.VersionId == null && r.Kind == VersionResultKind.Access && r.Given == place)
                    || db.Set<VersionDigest>().Any(d => d.VersionId == version && d.Value == r.Digest)
                ),
            ct
        );
        return [.. results.Select(r => (r.Given == place ? Bound(r) : r) with { Covers = Covers(r, files) })];
    }

    // It was told before the version was entered.
    private static VersionResultView Bound(VersionResultView access) =>
        access with
        {
            Says = $"Who may change it stands in the facts of {access.SourceRef}",
        };

    /// <summary>What names nothing that is known, the latest first.</summary>
    internal async Task<IReadOnlyList<VersionResultView>> Unbound(CancellationToken ct) =>
        await Views(
            db.Set<VersionResult>()
                .Where(r => r.VersionId == null && !db.Set<VersionDigest>().Any(d => d.Value == r.Digest))
                .Where(r =>
                    r.Kind != VersionResultKind.Access || !db.Set<AssetVersion>().Any(v => v.Location == r.Given)
                ),
            ct
        );

    private static string? Covers(VersionResultView result, VersionFiles files) =>
        files.Count > 1
        && result.Digest is { } digest
        && files.Files.FirstOrDefault(f => f.Digests.Contains(digest)) is { } file
            ? $"names {file.Name ?? "one file"} only, which is 1 of {files.Count} files"
            : null;

    private async Task<IReadOnlyList<VersionResultView>> Views(IQueryable<VersionResult> results, CancellationToken ct)
    {
        var found = await results
            .AsNoTracking()
            .OrderByDescending(r => r.At)
            .ThenByDescending(r => r.Id)
            .Take(VersionLines.Most)
            .ToListAsync(ct);
        var moments = await ResultMoments.Of(db, found, ct);
        var numbers = found
            .Select(r => RecordKind.Parse(r.SourceRef))
            .Where(p => p?.Kind == RecordKind.Of(typeof(EvidenceItem)))
            .Select(p => p!.Value.Number)
            .Distinct()
            .ToList();
        var withdrawn = (
            await db.Set<EvidenceItem>()
                .Where(e => numbers.Contains(e.Number) && e.WithdrawnAt != null)
                .Select(e => e.Number)
                .ToListAsync(ct)
        )
            .Select(n => $"EVD-{n}")
            .ToHashSet();
        return
        [
            .. found.Select(r => new VersionResultView(r.Kind, r.SourceRef, r.Given, r.Passed, r.Says, r.At)
            {
                Digest = r.Digest,
                Void = withdrawn.Contains(r.SourceRef) ? "its evidence was withdrawn" : moments.Impossible(r),
            }),
        ];
    }
}
