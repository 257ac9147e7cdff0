using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Facts;

/// <summary>What became of a batch of facts.</summary>
/// <param name="Discovered">Resources that were not known.</param>
/// <param name="Changed">Facts that differ from what stood.</param>
/// <param name="Unchanged">Facts that say what stood already.</param>
/// <param name="Late">Facts older than what stands; they are kept in their place in the past.</param>
public sealed record IntakeResult(int Discovered, int Changed, int Unchanged, int Late);

/// <summary>
/// Takes facts in. A fact is stored when it differs from the one that stands; an unchanged one only moves when its
/// resource was last told of. A fact stamped in the future counts from its arrival; one that arrives late takes its
/// place in the past.
/// </summary>
public sealed class FactIntake(
    MoatDb db,
    CurrentCaller caller,
    IEventLedger ledger,
    CheckEvaluation checks,
    DiscoveredAssets assets,
    IEnumerable<IFactFollower> followers
)
{
    private readonly FactHistory _history = new(db);
    private readonly List<StandingFact> _evaluate = [];
    private readonly List<Resource> _discovered = [];
    private readonly Dictionary<Guid, DateTime> _confirmed = [];
    private int _changed,
        _unchanged,
        _late;

    /// <summary>Takes a batch in, in the order in which things were observed.</summary>
    public async Task<IntakeResult> Take(IReadOnlyList<ObservedFact> facts, CancellationToken ct)
    {
        _evaluate.Clear();
        _discovered.Clear();
        _confirmed.Clear();
        (_changed, _unchanged, _late) = (0, 0, 0);
        var now = db.Now;
        var keys = facts.Select(f => f.Key).Distinct().ToList();
        // The large part of every batch says nothing new, so records are tracked only where something changes.
        var known = await db.Set<Resource>()
            .AsNoTracking()
            .Where(r => keys.Contains(r.Key))
            .ToDictionaryAsync(r => r.Key, ct);
        var changing = facts
            .Where(f => !Says(known.GetValueOrDefault(f.Key), f, now))
            .Select(f => f.Key)
            .Distinct()
            .ToList();
        if (changing.Count > 0)
            foreach (var tracked in await db.Set<Resource>().Where(r => changing.Contains(r.Key)).ToListAsync(ct))
                known[tracked.Key] = tracked;
        await _history.Begin(Late(facts, known), ct);
        foreach (var fact in facts.OrderBy(f => f.ObservedAt))
        {
            var resource = known.GetValueOrDefault(fact.Key);
            if (resource is null)
                known[fact.Key] = await Discover(fact, now, ct);
            else if (Says(resource, fact, now))
                Confirm(resource, fact, now);
            else if (fact.ObservedAt < ConfirmedAt(resource))
                await Insert(resource, fact, ct);
            else
                await Change(resource, fact, now, ct);
        }
        if (_confirmed.Count > 0)
            await ledger.Saw(db, caller.OrganizationId, _confirmed, now, ct);
        await assets.Join(_discovered, ct);
        await checks.Evaluate(_evaluate, ct);
        foreach (var follower in followers)
            await follower.Follow([.. _evaluate.Where(f => f.To is null)], ct);
        return new IntakeResult(_discovered.Count, _changed, _unchanged, _late);
    }

    /// <summary>A source told of everything it has: what it did not name is gone.</summary>
    public async Task<int> MarkGone(
        string toldBy,
        IReadOnlyCollection<string> kinds,
        DateTime notSeenSince,
        CancellationToken ct
    )
    {
        var gone = await db.Set<Resource>()
            .Where(r => r.ToldBy == toldBy && kinds.Contains(r.Kind) && r.GoneAt == null && r.LastSeenAt < notSeenSince)
            .ToListAsync(ct);
        foreach (var resource in gone)
        {
            await End(resource, ct);
            await assets.Gone(resource, ct);
        }
        return gone.Count;
    }

    /// <summary>The source itself says that a resource is no more; nobody has to be asked.</summary>
    public Task End(Resource resource, CancellationToken ct)
    {
        resource.GoneAt = db.Now;
        return checks.Ended(resource, db.Now, ct);
    }

    private static bool Says(Resource? known, ObservedFact fact, DateTime now) =>
        known is { GoneAt: null }
        && known.Sha256 == fact.Sha256
        && known.Name == fact.Name
        && fact.ObservedAt >= known.ObservedAt
        && !IsStale(known, now);

    // What a batch tells itself is in order, so that only what was known before can be newer.
    private static HashSet<Guid> Late(IReadOnlyList<ObservedFact> facts, Dictionary<Guid, Resource> known) =>
        [
            .. facts
                .Select(f => (Fact: f, Resource: known.GetValueOrDefault(f.Key)))
                .Where(f => f.Fact.ObservedAt < f.Resource?.ConfirmedAt)
                .Select(f => f.Resource!.Id),
        ];

    private DateTime ConfirmedAt(Resource resource) =>
        _confirmed.TryGetValue(resource.Id, out var at) && at > resource.ConfirmedAt ? at : resource.ConfirmedAt;

    private void Confirm(Resource resource, ObservedFact fact, DateTime now)
    {
        _confirmed[resource.Id] = Earlier(fact.ObservedAt, now);
        _unchanged++;
    }

    private static bool IsStale(Resource known, DateTime now) => now > known.StaleAt;

    private async Task<Resource> Discover(ObservedFact fact, DateTime now, CancellationToken ct)
    {
        var at = Earlier(fact.ObservedAt, now);
        var resource = await db.Enter(
            new Resource
            {
                Kind = fact.Kind,
                ToldBy = fact.ToldBy,
                ExternalId = fact.ExternalId,
                Key = fact.Key,
                Name = fact.Name,
                Sha256 = fact.Sha256,
                ObservedAt = at,
                ConfirmedAt = at,
                LastSeenAt = now,
            },
            ct
        );
        _discovered.Add(resource);
        await Keep(resource, fact, at, ct);
        return resource;
    }

    private async Task Change(Resource resource, ObservedFact fact, DateTime now, CancellationToken ct)
    {
        var at = Earlier(fact.ObservedAt, now);
        if (resource.GoneAt is not null)
            await assets.Back(resource, ct);
        else if (IsStale(resource, now))
            await checks.WentSilent(resource, resource.StaleAt, ct);
        var before = resource.Name;
        (resource.GoneAt, resource.LastSeenAt, resource.ConfirmedAt, resource.Name) = (null, now, at, fact.Name);
        _confirmed[resource.Id] = at;
        if (before != fact.Name)
            await assets.Renamed(resource, before, ct);
        if (resource.Sha256 == fact.Sha256)
        {
            _evaluate.Add(new StandingFact(resource, new FactContent(fact.Content), at));
        }
        else
        {
            await Keep(resource, fact, at, ct);
            (resource.Sha256, resource.ObservedAt) = (fact.Sha256, at);
        }
        _changed++;
    }

    private async Task Insert(Resource resource, ObservedFact fact, CancellationToken ct)
    {
        var around = _history.Of(resource);
        var stood = around.Where(f => f.ObservedAt <= fact.ObservedAt).MaxBy(f => f.ObservedAt);
        _late++;
        if (stood is not null && (stood.Sha256 == fact.Sha256 || stood.ObservedAt == fact.ObservedAt))
            return;
        // What stands was observed again after that, so it was back by then.
        if (fact.ObservedAt > resource.ObservedAt)
            await Resume(resource, ct);
        var next = around
            .Where(f => f.ObservedAt > fact.ObservedAt)
            .Select(f => f.ObservedAt)
            .DefaultIfEmpty(resource.ObservedAt)
            .Min();
        await _history.Add(resource, fact.Sha256, fact.Content, fact.ObservedAt, ct);
        _evaluate.Add(new StandingFact(resource, new FactContent(fact.Content), fact.ObservedAt, next));
    }

    private async Task Resume(Resource resource, CancellationToken ct)
    {
        var content = await _history.Standing(resource, ct);
        resource.ObservedAt = ConfirmedAt(resource);
        await _history.Add(resource, resource.Sha256, content, resource.ObservedAt, ct);
    }

    private async Task Keep(Resource resource, ObservedFact fact, DateTime at, CancellationToken ct)
    {
        await _history.Add(resource, fact.Sha256, fact.Content, at, ct);
        _evaluate.Add(new StandingFact(resource, new FactContent(fact.Content), at));
    }

    private static DateTime Earlier(DateTime observed, DateTime now) => observed > now ? now : observed;
}
