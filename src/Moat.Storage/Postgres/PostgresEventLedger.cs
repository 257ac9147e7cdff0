using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Storage.Postgres;

/// <summary>A batch of events in one statement each, over an array.</summary>
internal sealed class PostgresEventLedger : IEventLedger
{
    public async Task<IReadOnlySet<Guid>> Remember(
        MoatDb db,
        Guid organizationId,
        IReadOnlyCollection<Guid> keys,
        DateTime at,
        CancellationToken ct
    )
    {
        var array = keys.ToArray();
        var fresh = await db
            .Database.SqlQuery<Guid>(
                $"""
                INSERT INTO received_event (organization_id, key, at)
                SELECT {organizationId}, k, {at} FROM unnest({array}) AS k
                ON CONFLICT DO NOTHING RETURNING key AS "Value"
                """
            )
            .ToListAsync(ct);
        return fresh.ToHashSet();
    }

    public Task Saw(
        MoatDb db,
        Guid organizationId,
        IReadOnlyDictionary<Guid, DateTime> confirmed,
        DateTime at,
        CancellationToken ct
    )
    {
        var (ids, moments) = (confirmed.Keys.ToArray(), confirmed.Values.ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE resource SET last_seen_at = {at}, confirmed_at = greatest(confirmed_at, seen.moment)
            FROM unnest({ids}, {moments}) AS seen (id, moment)
            WHERE resource.organization_id = {organizationId} AND resource.id = seen.id
            """,
            ct
        );
    }

    public Task Forget(MoatDb db, Guid organizationId, DateTime before, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"DELETE FROM received_event WHERE organization_id = {organizationId} AND at < {before}",
            ct
        );
}
