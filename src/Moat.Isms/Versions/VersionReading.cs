using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>Reads versions: which bytes are known, where they come from and what serves.</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class VersionReading(MoatDb db, VersionLines lines, ResultReading results, WithdrawnBytes bytes)
{
    private const int MostServing = 500;
    private const int MostRuns = 100;
    private static readonly Pager<AssetVersion> Pages = new();

    /// <summary>A page of the versions, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "List versions of models and data, entered, released or withdrawn")]
    public async Task<Page<VersionRow>> List(ListVersions input, CancellationToken ct)
    {
        var query = db.Set<AssetVersion>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(v => v.State == state);
        if (input.Asset is { } reference)
        {
            var asset = (await db.One<Asset>(reference, ct)).Id;
            query = query.Where(v => v.AssetId == asset);
        }
        var assets = db.Set<Asset>();
        return await Pages.Page(
            db,
            query,
            input with
            {
                Sort = input.Sort ?? "-number",
            },
            v => new VersionRow(
                "AVER-" + v.Number,
                v.Version,
                v.Name,
                "AST-" + assets.Where(a => a.Id == v.AssetId).Select(a => a.Number).FirstOrDefault(),
                assets.Where(a => a.Id == v.AssetId).Select(a => a.Name).FirstOrDefault() ?? v.AssetName,
                assets.Where(a => a.Id == v.AssetId).Select(a => a.Kind).FirstOrDefault() ?? "",
                v.State,
                v.CreatedAt,
                v.ReleasedAt,
                v.WithdrawnAt
            ),
            ct
        );
    }

    /// <summary>One version with its digests and who let it through.</summary>
    [Query(
        "get",
        Permission.ReadIsms,
        "Read one version: its bytes, who made it, who let it through and what serves it"
    )]
    public async Task<AssetVersionView> Get(OneRecord input, CancellationToken ct)
    {
        var v = await db.One<AssetVersion>(input.Ref, ct);
        var asset = await db.Set<Asset>().AsNoTracking().SingleAsync(a => a.Id == v.AssetId, ct);
        var digests = await db.Set<VersionDigest>()
            .Where(d => d.VersionId == v.Id)
            .AsNoTracking()
            .OrderBy(d => d.File)
            .ThenBy(d => d.Value)
            .ToListAsync(ct);
        var files = VersionFiles.Of(digests);
        return new AssetVersionView(
            VersionLines.Row(v, asset),
            [.. digests.Select(d => new DigestView(d.Value, d.File))],
            v.Bytes,
            v.Format,
            v.Run,
            v.Commit,
            v.Location,
            v.EnteredBy,
            v.Checked,
            v.ReleaseNote,
            v.ReleasedBy,
            v.WithdrawnBecause,
            v.WithdrawnBy,
            await lines.Served([v.Id], ct)
        )
        {
            ToldBy = v.ToldBy,
            IsExact = files.IsExact,
            Weak = files.Weak,
            Results = await results.Of(v.Id, ct),
            Otherwise = await Otherwise(v.Id, ct),
            MadeAgain = await db.Set<MadeAgain>()
                .Where(a => a.VersionId == v.Id)
                .OrderByDescending(a => a.CreatedAt)
                .ThenByDescending(a => a.Id)
                .Take(MostRuns)
                .Select(a => new MadeAgainView(a.Run, a.Commit, a.ToldBy, a.CreatedAt))
                .ToListAsync(ct),
            ReinstatedBecause = v.ReinstatedBecause,
            ReinstatedBy = v.ReinstatedBy,
            ReinstatedAt = v.ReinstatedAt,
        };
    }

    /// <summary>What each endpoint serves now.</summary>
    [Query("serving", Permission.ReadIsms, "List which version each endpoint serves now, and since when")]
    public async Task<IReadOnlyList<ServingView>> Serving(Nothing input, CancellationToken ct) =>
        await lines.Views(
            db.Set<ServedVersion>()
                .AsNoTracking()
                .Where(s => s.Until == null)
                .OrderBy(s => s.EndpointId)
                .ThenByDescending(s => s.Since)
                .Take(MostServing),
            ct
        );

    /// <summary>Results that name no version that is known.</summary>
    [Query(
        "unbound",
        Permission.ReadIsms,
        "List validations, tests, scans and attestations that name no known version and so show nothing for any"
    )]
    public Task<IReadOnlyList<VersionResultView>> Unbound(Nothing input, CancellationToken ct) => results.Unbound(ct);

    /// <summary>Which version has exactly these bytes, and whether it was let through.</summary>
    [Query(
        "find",
        Permission.ReadIsms,
        "Find the versions that have exactly these bytes, and whether they are released, withdrawn or unknown"
    )]
    public async Task<FoundVersion> Find(FindVersion input, CancellationToken ct)
    {
        var digest = GivenDigest.Read(input.Digest, "digest");
        if (digest.IsForgeable)
            throw new InputInvalid(
                "digest",
                "Other bytes with the same MD5 or SHA-1 can be made on purpose. Look for a SHA-256."
            );
        var having = db.Set<VersionDigest>().Where(d => d.Value == digest.Value);
        if (input.Within is { } within)
        {
            var only = (await db.One<AssetVersion>(within, ct)).Id;
            having = having.Where(d => d.VersionId == only);
        }
        var ids = await having.Select(d => d.VersionId).Distinct().ToListAsync(ct);
        var byId = await lines.Rows(ids, ct);
        var rows = byId.Values.OrderBy(r => r.EnteredAt).ThenBy(r => r.Ref).ToList();
        // What was made from withdrawn bytes after a person let it through is not good any more either.
        var touched = (await bytes.Touched(ids, ct)).ToDictionary(t => byId[t.Key].Ref, t => t.Value);
        // Bytes that were withdrawn anywhere are not good anywhere else; who knows better names the version that they
        // are to be part of.
        var are =
            rows.Count == 0 ? BytesAre.Unknown
            : rows.Exists(r => r.State == AssetVersionState.Withdrawn) ? BytesAre.Withdrawn
            : rows.Exists(r => r.State == AssetVersionState.Released && !touched.ContainsKey(r.Ref)) ? BytesAre.Released
            : touched.Count > 0 ? BytesAre.Withdrawn
            : BytesAre.Entered;
        return new FoundVersion(digest.Value, are, Says(are, rows, touched, input.Within), rows);
    }

    private async Task<IReadOnlyList<OtherwiseView>> Otherwise(Guid version, CancellationToken ct) =>
        await db.Set<ToldOtherwise>()
            .AsNoTracking()
            .Where(o => o.VersionId == version)
            .OrderBy(o => o.Until != null)
            .ThenByDescending(o => o.Since)
            .Take(VersionLines.Most)
            .Select(o => new OtherwiseView(o.Id, o.ToldBy, o.Told, o.Since, o.Until, o.EndedBecause, o.SettledBy))
            .ToListAsync(ct);

    private static string Says(
        BytesAre are,
        List<VersionRow> rows,
        Dictionary<string, AssetVersion> touched,
        string? within
    )
    {
        string Names(AssetVersionState state) =>
            string.Join(", ", rows.Where(r => r.State == state).Take(5).Select(r => $"{r.Ref} ({r.Asset} {r.Name})"));
        return are switch
        {
            BytesAre.Unknown => within is null
                ? "No version has these bytes."
                : $"These bytes are not part of {within}.",
            BytesAre.Withdrawn when !rows.Exists(r => r.State == AssetVersionState.Withdrawn) =>
                $"These bytes come from what was withdrawn: {string.Join(", ", touched.Take(5).Select(t => $"{t.Key} from {t.Value.Ref}"))}.",
            BytesAre.Withdrawn => $"These bytes were withdrawn with {Names(AssetVersionState.Withdrawn)}.",
            BytesAre.Released => $"These bytes were released with {Names(AssetVersionState.Released)}.",
            _ => $"Nobody released these bytes yet: {Names(AssetVersionState.Entered)}.",
        };
    }
}
