using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Facts;

/// <summary>A moment from which a fact stood.</summary>
internal sealed record PastFact(DateTime ObservedAt, string Sha256);

/// <summary>
/// Stores the facts of a batch, and knows what stood before of those resources of which the batch tells late: read once
/// for all of them, together with what the batch adds.
/// </summary>
internal sealed class FactHistory(MoatDb db)
{
    private readonly Dictionary<Guid, List<PastFact>> _past = [];
    private readonly Dictionary<(Guid Resource, string Sha256), string> _added = [];

    /// <summary>Begins a batch that tells late of these resources.</summary>
    public async Task Begin(IReadOnlyCollection<Guid> late, CancellationToken ct)
    {
        _past.Clear();
        _added.Clear();
        if (late.Count == 0)
            return;
        await db.Flush(ct);
        foreach (var resource in late)
            _past[resource] = [];
        foreach (
            var fact in await db.Set<ResourceFact>()
                .AsNoTracking()
                .Where(f => late.Contains(f.ResourceId))
                .Select(f => new { f.ResourceId, Past = new PastFact(f.ObservedAt, f.Sha256) })
                .ToListAsync(ct)
        )
            _past[fact.ResourceId].Add(fact.Past);
    }

    /// <summary>What stood of a resource of which the batch tells late.</summary>
    public IReadOnlyList<PastFact> Of(Resource resource) => _past.GetValueOrDefault(resource.Id, []);

    /// <summary>The fact that stands of a resource.</summary>
    public async Task<string> Standing(Resource resource, CancellationToken ct) =>
        _added.TryGetValue((resource.Id, resource.Sha256), out var added)
            ? added
            : await db.Set<ResourceFact>()
                .AsNoTracking()
                .Where(f => f.ResourceId == resource.Id && f.Sha256 == resource.Sha256)
                .Select(f => f.Content)
                .FirstAsync(ct);

    /// <summary>Stores a fact.</summary>
    public async Task Add(Resource resource, string sha256, string content, DateTime at, CancellationToken ct)
    {
        await db.Enter(
            new ResourceFact
            {
                ResourceId = resource.Id,
                ObservedAt = at,
                Sha256 = sha256,
                Content = content,
            },
            ct
        );
        _added[(resource.Id, sha256)] = content;
        if (_past.TryGetValue(resource.Id, out var past))
            past.Add(new PastFact(at, sha256));
    }
}
