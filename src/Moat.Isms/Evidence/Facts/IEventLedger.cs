using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Facts;

/// <summary>
/// What happens for every event, changed or not, and so is done for a whole batch in one statement. Runs inside an
/// operation.
/// </summary>
public interface IEventLedger
{
    /// <summary>Remembers events and answers those that were not known before.</summary>
    Task<IReadOnlySet<Guid>> Remember(
        MoatDb db,
        Guid organizationId,
        IReadOnlyCollection<Guid> keys,
        DateTime at,
        CancellationToken ct
    );

    /// <summary>
    /// Moves when resources were last told of, and until when what stands of each was observed to be so.
    /// </summary>
    Task Saw(
        MoatDb db,
        Guid organizationId,
        IReadOnlyDictionary<Guid, DateTime> confirmed,
        DateTime at,
        CancellationToken ct
    );

    /// <summary>Forgets events that arrived before a moment; their senders no longer repeat them.</summary>
    Task Forget(MoatDb db, Guid organizationId, DateTime before, CancellationToken ct);
}
