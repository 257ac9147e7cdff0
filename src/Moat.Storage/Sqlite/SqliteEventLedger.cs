using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Storage.Sqlite;

/// <summary>A batch of events in one statement each, over a JSON list.</summary>
internal sealed class SqliteEventLedger : IEventLedger
{
    public async Task<IReadOnlySet<Guid>> Remember(
        MoatDb db,
        Guid organizationId,
        IReadOnlyCollection<Guid> keys,
        DateTime at,
        CancellationToken ct
    )
    {
        var fresh = await db
            .Database.SqlQuery<string>(
                $"""
                INSERT INTO received_event (organization_id, key, at)
                SELECT {Text(organizationId)}, value, {Text(at)} FROM json_each({List(keys)}) WHERE true
                ON CONFLICT DO NOTHING RETURNING key AS "Value"
                """
            )
            .ToListAsync(ct);
        return fresh.Select(Guid.Parse).ToHashSet();
    }

    public Task Saw(
        MoatDb db,
        Guid organizationId,
        IReadOnlyDictionary<Guid, DateTime> confirmed,
        DateTime at,
        CancellationToken ct
    ) =>
        // Otherwise the list is read again for each resource of the organisation.
        db.Database.ExecuteSqlAsync(
            $"""
            WITH seen(key, value) AS MATERIALIZED (SELECT key, value FROM json_each({JsonSerializer.Serialize(
                confirmed.ToDictionary(c => Text(c.Key), c => Text(c.Value))
            )}))
            UPDATE resource SET last_seen_at = {Text(at)}, confirmed_at = max(confirmed_at, seen.value) FROM seen
            WHERE organization_id = {Text(organizationId)} AND resource.id = seen.key
            """,
            ct
        );

    public Task Forget(MoatDb db, Guid organizationId, DateTime before, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"DELETE FROM received_event WHERE organization_id = {Text(organizationId)} AND at < {Text(before)}",
            ct
        );

    // As the provider writes them, so that both find each other's rows.
    private static string Text(Guid id) => id.ToString("D").ToUpperInvariant();

    private static string Text(DateTime at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);

    private static string List(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(Text));
}
