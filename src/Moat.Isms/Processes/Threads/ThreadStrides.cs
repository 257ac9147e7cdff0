using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Processes.Threads;

/// <summary>
/// Reads the steps before or after a set of records, in a number of statements that does not depend on how many they
/// are.
/// </summary>
public sealed class ThreadStrides(MoatDb db)
{
    /// <summary>How many links of one round are looked at; more are left out.</summary>
    public const int MostOfARound = 2000;

    private static readonly List<string> FromLater = [.. LinkWords.Of(LinkTurn.FromLater)];
    private static readonly List<string> FromEarlier = [.. LinkWords.Of(LinkTurn.FromEarlier)];
    private static readonly List<string> Touches = [.. LinkWords.Of(LinkTurn.Touches)];

    /// <summary>What these records came from.</summary>
    public async Task<List<ThreadStride>> Before(
        IReadOnlyCollection<(string Kind, Guid Id)> records,
        CancellationToken ct
    )
    {
        var ids = records.Select(r => r.Id).ToList();
        var links = await Read(
            db.Links.Where(l =>
                (ids.Contains(l.FromId) && FromLater.Contains(l.Type))
                || (ids.Contains(l.ToId) && FromEarlier.Contains(l.Type))
            ),
            ct
        );
        var strides = links.Select(Stride).ToList();
        foreach (var relation in ThreadRelation.All)
            if (Among(records, relation.IsLater) is { Count: > 0 } later)
                strides.AddRange(await relation.Before(db, later, ct));
        return strides;
    }

    /// <summary>What came of these records.</summary>
    public async Task<List<ThreadStride>> After(
        IReadOnlyCollection<(string Kind, Guid Id)> records,
        CancellationToken ct
    )
    {
        var ids = records.Select(r => r.Id).ToList();
        var links = await Read(
            db.Links.Where(l =>
                (ids.Contains(l.ToId) && FromLater.Contains(l.Type))
                || (ids.Contains(l.FromId) && FromEarlier.Contains(l.Type))
            ),
            ct
        );
        var strides = links.Select(Stride).ToList();
        foreach (var relation in ThreadRelation.All)
            if (Among(records, relation.IsEarlier) is { Count: > 0 } earlier)
                strides.AddRange(await relation.After(db, earlier, MostOfARound, ct));
        return strides;
    }

    /// <summary>
    /// What touches the record where a walk begins: a risk that threatens an asset came of the asset.
    /// </summary>
    public async Task<List<ThreadStride>> Touching(Guid record, bool outgoing, CancellationToken ct)
    {
        var links = await Read(
            db.Links.Where(l => Touches.Contains(l.Type) && (outgoing ? l.FromId == record : l.ToId == record)),
            ct
        );
        return
        [
            .. links.Select(l => new ThreadStride(
                (l.ToKind, l.ToId),
                (l.FromKind, l.FromId),
                LinkWords.Says(l.Type, outgoing: true),
                l.CreatedAt,
                l.ChangedBy
            )),
        ];
    }

    private static Task<List<Link>> Read(IQueryable<Link> links, CancellationToken ct) =>
        links.OrderBy(l => l.CreatedAt).ThenBy(l => l.Id).Take(MostOfARound).ToListAsync(ct);

    private static List<Guid> Among(IReadOnlyCollection<(string Kind, Guid Id)> records, Func<string, bool> isOne) =>
        [.. records.Where(r => isOne(r.Kind)).Select(r => r.Id)];

    private static ThreadStride Stride(Link link) =>
        LinkWords.Turn(link.Type) == LinkTurn.FromEarlier
            ? new ThreadStride(
                (link.FromKind, link.FromId),
                (link.ToKind, link.ToId),
                LinkWords.Says(link.Type, outgoing: false),
                link.CreatedAt,
                link.ChangedBy,
                ToldAfterwards: true,
                Link: link.Id
            )
            : new ThreadStride(
                (link.ToKind, link.ToId),
                (link.FromKind, link.FromId),
                LinkWords.Says(link.Type, outgoing: true),
                link.CreatedAt,
                link.ChangedBy,
                Link: link.Id
            );
}
