using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>A version that a line of versions leads to.</summary>
/// <param name="Id">The version.</param>
/// <param name="Distance">How many steps away.</param>
/// <param name="Via">The one before it on the way.</param>
/// <param name="ByBytes">Whether the two have bytes in common; otherwise one was made from the other.</param>
internal sealed record LineStep(Guid Id, int Distance, Guid Via, bool ByBytes);

/// <summary>From which withdrawn version the bytes of a version come.</summary>
/// <param name="Withdrawn">The one that was withdrawn first.</param>
/// <param name="At">When.</param>
/// <param name="IsSameBytes">Whether it has the bytes themselves; otherwise it was made from them.</param>
internal sealed record Taint(Guid Withdrawn, DateTime At, bool IsSameBytes);

/// <summary>Some files of a version are files of one whose bytes come from a withdrawn version.</summary>
/// <param name="Id">The version.</param>
/// <param name="With">The one with which it shares them.</param>
/// <param name="Files">How many files.</param>
/// <param name="Of">How many files the other one has.</param>
/// <param name="Tells">Whether one of them is more than a licence or the like, as both call it.</param>
internal sealed record SharedFiles(Guid Id, Guid With, int Files, int Of, bool Tells);

/// <summary>
/// Which bytes went into which: what versions were made from, and which of them have the same files, however they are
/// called. It is read at once, because a line of versions may be long and every map asks for it.
/// </summary>
internal sealed class VersionGraph
{
    private const int Portion = 500;
    private static readonly VersionFiles None = VersionFiles.Of([]);
    private ILookup<Guid, Guid> _origins = Array.Empty<(Guid, Guid)>().ToLookup(l => l.Item1, l => l.Item2);
    private ILookup<Guid, Guid> _made = Array.Empty<(Guid, Guid)>().ToLookup(l => l.Item1, l => l.Item2);
    private Dictionary<Guid, VersionFiles> _files = [];
    private ILookup<string, Guid> _having = Array.Empty<(string, Guid)>().ToLookup(l => l.Item1, l => l.Item2);

    /// <summary>Reads all lines, and the files of versions that share one.</summary>
    public static Task<VersionGraph> Read(MoatDb db, CancellationToken ct) =>
        db.Unchanged(nameof(VersionGraph), () => ReadWhole(db, ct), ct);

    /// <summary>What each version was made from.</summary>
    public static async Task<ILookup<Guid, Guid>> Origins(MoatDb db, CancellationToken ct) =>
        (
            await db
                .Links.AsNoTracking()
                .Where(l => l.Type == LinkTypes.MadeFrom)
                .Select(l => new { l.FromId, l.ToId })
                .ToListAsync(ct)
        ).ToLookup(l => l.FromId, l => l.ToId);

    private static async Task<VersionGraph> ReadWhole(MoatDb db, CancellationToken ct)
    {
        var origins = await Origins(db, ct);
        var files = await SharingFiles(db.Set<VersionDigest>().AsNoTracking(), ct);
        return new VersionGraph
        {
            _origins = origins,
            _made = origins.SelectMany(o => o, (o, origin) => (origin, o.Key)).ToLookup(l => l.origin, l => l.Key),
            _files = files,
            _having = files
                .SelectMany(f => f.Value.Digests.Select(d => (Digest: d, f.Key)))
                .ToLookup(p => p.Digest, p => p.Key),
        };
    }

    // In portions by the index, because a database that guesses how few rows a nested question has may take minutes.
    private static async Task<Dictionary<Guid, VersionFiles>> SharingFiles(
        IQueryable<VersionDigest> digests,
        CancellationToken ct
    )
    {
        var shared = await digests
            .GroupBy(d => d.Value)
            .Where(g => g.Select(d => d.VersionId).Distinct().Count() > 1)
            .Select(g => g.Key)
            .ToListAsync(ct);
        var (versions, files) = (new HashSet<Guid>(), new Dictionary<Guid, VersionFiles>());
        foreach (var values in shared.Where(v => !new GivenDigest(v, null).IsForgeable).Chunk(Portion))
            versions.UnionWith(
                await digests.Where(d => values.Contains(d.Value)).Select(d => d.VersionId).ToListAsync(ct)
            );
        foreach (var ids in versions.Chunk(Portion))
        foreach (
            var of in (await digests.Where(d => ids.Contains(d.VersionId)).ToListAsync(ct)).GroupBy(d => d.VersionId)
        )
            files[of.Key] = VersionFiles.Of(of);
        return files;
    }

    /// <summary>
    /// The versions whose bytes went into one (or, forward, into which its bytes went), nearest first, each once.
    /// </summary>
    public IReadOnlyList<LineStep> Follow(Guid start, bool forward) =>
        [.. Walk(start, forward, [(start, false)]).DistinctBy(s => s.Id)];

    /// <summary>All versions whose bytes come from withdrawn ones, these among them.</summary>
    public Dictionary<Guid, Taint> Touched(IReadOnlyDictionary<Guid, DateTime> withdrawn)
    {
        var (touched, seen) = (new Dictionary<Guid, Taint>(), new HashSet<(Guid, bool)>());
        foreach (var (root, at) in withdrawn.OrderBy(w => w.Value).ThenBy(w => w.Key))
        {
            touched.TryAdd(root, new Taint(root, at, true));
            if (!seen.Add((root, false)))
                continue;
            foreach (var step in Walk(root, true, seen))
                touched.TryAdd(step.Id, new Taint(root, at, step is { ByBytes: true, Distance: 1 }));
        }
        return touched;
    }

    /// <summary>Where sound versions share some files, and not all, with touched ones.</summary>
    public IEnumerable<SharedFiles> Shared(IEnumerable<Guid> versions, IReadOnlyDictionary<Guid, Taint> touched) =>
        from version in versions
        where !touched.ContainsKey(version)
        from other in Sharing(version).Where(touched.ContainsKey)
        let same = _files[other].In(_files[version]).ToList()
        select new SharedFiles(
            version,
            other,
            same.Count,
            _files[other].Files.Count,
            same.Exists(f => !(f.Own.IsPaper && f.Theirs.IsPaper))
        );

    /// <summary>Sound versions that share some files with these.</summary>
    public IEnumerable<Guid> Beside(IEnumerable<Guid> versions, IReadOnlyDictionary<Guid, Taint> touched) =>
        versions.SelectMany(Sharing).Distinct().Where(v => !touched.ContainsKey(v));

    // Two steps by bytes do not follow each other: what has a file of a part of a version need not have anything of it.
    private IEnumerable<LineStep> Walk(Guid start, bool forward, HashSet<(Guid Id, bool ByBytes)> seen)
    {
        var next = new Queue<LineStep>([new LineStep(start, 0, start, false)]);
        while (next.TryDequeue(out var here))
        {
            if (here.Distance > 0)
                yield return here;
            foreach (var id in (forward ? _made : _origins)[here.Id])
                if (seen.Add((id, false)))
                    next.Enqueue(new LineStep(id, here.Distance + 1, here.Id, false));
            if (here.ByBytes)
                continue;
            foreach (var id in Sharing(here.Id).Where(o => forward ? Passes(here.Id, o) : Passes(o, here.Id)))
                if (!seen.Contains((id, false)) && seen.Add((id, true)))
                    next.Enqueue(new LineStep(id, here.Distance + 1, here.Id, true));
        }
    }

    private IEnumerable<Guid> Sharing(Guid version) =>
        _files.GetValueOrDefault(version, None).Digests.SelectMany(d => _having[d]).Distinct().Where(v => v != version);

    // The bytes of one are in another that has all its files, and in one that has no other files than it has, unless
    // that is what it was made from: a tokenizer is not touched by a model that is made with it.
    private bool Passes(Guid from, Guid to) =>
        _files[from].AllIn(_files[to]) || (_files[to].AllIn(_files[from]) && !IsOrigin(of: from, to));

    private bool IsOrigin(Guid of, Guid version)
    {
        var (seen, next) = (new HashSet<Guid> { of }, new Stack<Guid>([of]));
        while (next.TryPop(out var here))
            foreach (var origin in _origins[here].Where(seen.Add))
                if (origin == version)
                    return true;
                else
                    next.Push(origin);
        return false;
    }
}
