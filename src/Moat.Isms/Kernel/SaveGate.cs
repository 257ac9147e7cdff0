using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Moat.Isms.Kernel;

/// <summary>
/// A property whose value must never reach the journal, such as the hash of a token. Its SHA-256 does, which tells
/// whether it was changed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotJournalledAttribute : Attribute;

/// <summary>
/// A property that moves, or follows from one that does, without an entry in the journal: nothing proves it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotProvedAttribute(string because) : Attribute
{
    /// <summary>Why, in a sentence.</summary>
    public string Because { get; } = because;
}

/// <summary>
/// A property that came later than its kind of record: what the migration gave to those that were there, as it would
/// stand in the journal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddedLaterAttribute(string given) : Attribute
{
    /// <summary>The value, as JSON.</summary>
    public string Given { get; } = given;
}

/// <summary>
/// Refuses every save but those of <see cref="MoatDb.Flush"/> and of the end of an operation, which see to it that the
/// journal tells of what is saved. Registered with the context by the storage.
/// </summary>
public sealed class SaveGate : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(
        DbContextEventData eventData,
        InterceptionResult<int> result
    ) => throw new InvalidOperationException("Records are saved by operations, which are asynchronous.");

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) =>
        eventData.Context is MoatDb { GateOpen: true, Saving: true }
            ? ValueTask.FromResult(result)
            : throw new InvalidOperationException(
                "A record can only be changed by an operation: use IsmsSession.Run, and inside it MoatDb.Flush."
            );
}
