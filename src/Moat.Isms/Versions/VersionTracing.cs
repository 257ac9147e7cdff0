using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Follows bytes backward and forward: a poisoned dataset is traced to the answers that it touched.</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class VersionTracing(MoatDb db, VersionLines lines, WithdrawnBytes bytes)
{
    /// <summary>Where a version comes from, where it went, and who served any of that.</summary>
    [Query(
        "trace",
        Permission.ReadIsms,
        "Trace a version back to all it was made from and forward to every version and endpoint it went into"
    )]
    public async Task<TraceView> Trace(OneRecord input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input.Ref, ct);
        var graph = await VersionGraph.Read(db, ct);
        var (back, on) = (graph.Follow(version.Id, forward: false), graph.Follow(version.Id, forward: true));
        var withdrawn = await bytes.Known(ct);
        var gone = back.Select(s => s.Id).Prepend(version.Id).Where(withdrawn.ContainsKey).ToList();
        var shared = await Shared(version.Id, graph, back, on, withdrawn, ct);
        HashSet<Guid> named =
        [
            version.Id,
            .. back.Take(VersionLines.Most).Concat(on.Take(VersionLines.Most)).Select(s => s.Id),
            .. gone.Take(VersionLines.Most),
            .. shared.Take(VersionLines.Most).SelectMany(s => new[] { s.Version.Id, s.With.Id, s.Withdrawn.Id }),
        ];
        var rows = await lines.Rows(named, ct);
        var served = await Served([version.Id, .. on.Select(s => s.Id)], ct);
        return new TraceView(
            rows[version.Id],
            Steps(back, rows),
            Steps(on, rows),
            served,
            [.. gone.Take(VersionLines.Most).Select(id => rows[id])],
            [
                .. shared
                    .Take(VersionLines.Most)
                    .Select(s => new SharedFilesView(
                        rows[s.Version.Id],
                        rows[s.With.Id],
                        s.Files,
                        s.Of,
                        rows[s.Withdrawn.Id],
                        s.Word is not null
                    )
                    {
                        Answer = s.Word is { } word ? $"{word.By}, {word.At:yyyy-MM-dd}: {word.Because}" : null,
                    }),
            ],
            new[] { back.Count, on.Count, gone.Count, shared.Count, served.Count }.Max() <= VersionLines.Most
        );
    }

    // Forward, what shares files with what is touched; backward, what of all that went into it does.
    private async Task<List<SharedWithWithdrawn>> Shared(
        Guid version,
        VersionGraph graph,
        IReadOnlyList<LineStep> back,
        IReadOnlyList<LineStep> on,
        Dictionary<Guid, AssetVersion> withdrawn,
        CancellationToken ct
    )
    {
        var touched = graph.Touched(WithdrawnBytes.Moments(withdrawn));
        if (!touched.ContainsKey(version))
            return await bytes.Shared(
                graph.Shared([version, .. back.Select(s => s.Id)], touched),
                touched,
                withdrawn,
                ct
            );
        HashSet<Guid> went = [version, .. on.Select(s => s.Id)];
        return await bytes.Shared(
            graph.Shared(graph.Beside(went, touched), touched).Where(s => went.Contains(s.With)),
            touched,
            withdrawn,
            ct
        );
    }

    private async Task<IReadOnlyList<ServingView>> Served(HashSet<Guid> went, CancellationToken ct)
    {
        var served = await db.Set<ServedVersion>().Select(s => s.VersionId).Distinct().ToListAsync(ct);
        return await lines.Served(served.FindAll(went.Contains), ct);
    }

    private static List<TraceStep> Steps(IReadOnlyList<LineStep> steps, IReadOnlyDictionary<Guid, VersionRow> rows) =>
        [
            .. steps
                .Take(VersionLines.Most)
                .Select(s => new TraceStep(rows[s.Id], s.Distance, rows[s.Via].Ref, s.ByBytes)),
        ];
}
