using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>What of an import stays because something new was told since.</summary>
/// <param name="Ids">Every record of it.</param>
/// <param name="Changed">The resources that the import changed and that stay as they are.</param>
internal sealed record StayingFacts(HashSet<Guid> Ids, IReadOnlyList<KeptRecord> Changed);

/// <summary>
/// What an import told of a resource, such as an account, is one: the fact, what the checks made of it and the resource
/// itself leave together or stay together. A fact MUST NOT leave while an outcome that was found from it stays.
/// </summary>
public sealed class ToldUndo(MoatDb db)
{
    /// <summary>Why they stay.</summary>
    internal const string Why = "something new was told or evaluated since";

    /// <summary>The records of resources about which something was told or evaluated since.</summary>
    internal async Task<StayingFacts> Staying(
        ImportedChanges import,
        IReadOnlyDictionary<Guid, Record> stored,
        CancellationToken ct
    )
    {
        var at = import.Journal.At;
        var ofResources = import
            .All.Where(c => c.Kind is nameof(Resource) or nameof(ResourceFact) or nameof(CheckInterval))
            .ToList();
        if (ofResources.Count == 0)
            return new StayingFacts([], []);
        var moved = (
            await db.Set<CheckInterval>()
                .Where(i => i.ChangedAt > at)
                .Select(i => i.ResourceId)
                .Distinct()
                .ToListAsync(ct)
        )
            .Concat(
                await db.Set<ResourceFact>()
                    .Where(f => f.ChangedAt > at)
                    .Select(f => f.ResourceId)
                    .Distinct()
                    .ToListAsync(ct)
            )
            .Concat(
                ofResources
                    .Select(c => stored.GetValueOrDefault(c.Id))
                    .OfType<Resource>()
                    .Where(r => r.ChangedAt > at)
                    .Select(r => r.Id)
            )
            .ToHashSet();
        return new StayingFacts(
            [
                .. ofResources
                    .Where(c => stored.TryGetValue(c.Id, out var record) && moved.Contains(About(record)))
                    .Select(c => c.Id),
            ],
            [
                .. ofResources
                    .Where(c => !c.Entered && c.Ref is not null && moved.Contains(c.Id))
                    .Select(c => new KeptRecord(c.Ref!, Why)),
            ]
        );
    }

    /// <summary>
    /// Whoever told again what stood before the import is not known any more, so what is set back is as old as it was
    /// when it came.
    /// </summary>
    internal static void Forget(IReadOnlyList<(Record Record, ImportedChange Change)> back)
    {
        foreach (var (record, change) in back)
            if (record is Resource resource && change.Fields.ContainsKey(nameof(Resource.Sha256)))
                resource.ConfirmedAt = resource.LastSeenAt = resource.ObservedAt;
    }

    private static Guid About(Record record) =>
        record switch
        {
            ResourceFact fact => fact.ResourceId,
            CheckInterval interval => interval.ResourceId,
            _ => record.Id,
        };
}
