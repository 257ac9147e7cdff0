namespace Moat.Isms.Kernel;

/// <summary>What SQLite and PostgreSQL do differently.</summary>
public interface ITransactions
{
    /// <summary>
    /// Begins a transaction that MUST be the only writing one of the organisation until it ends, so that the journal
    /// has no gaps and references no duplicates. Waits for its turn.
    /// </summary>
    Task<IWriteTransaction> BeginWrite(MoatDb db, Guid organizationId, CancellationToken ct);

    /// <summary>Prepares the connection for reading what belongs to the organisation, until disposed.</summary>
    Task<IAsyncDisposable> BeginRead(MoatDb db, Guid organizationId, CancellationToken ct);

    /// <summary>
    /// Prepares the connection for reading to which organisations an account belongs, before one is chosen, until
    /// disposed. Nothing else of any organisation can be seen.
    /// </summary>
    Task<IAsyncDisposable> BeginAccountRead(MoatDb db, Guid accountId, CancellationToken ct);

    /// <summary>
    /// Prepares the connection for looking into all organisations at once, until disposed. For the installation itself
    /// only, and to find where there is work, never to hand out what is read.
    /// </summary>
    Task<IAsyncDisposable> BeginReadOfAll(MoatDb db, CancellationToken ct);

    /// <summary>
    /// Whether the database failed because its disk is full. Nothing of the transaction is stored then.
    /// </summary>
    bool IsDiskFull(Exception failure);

    /// <summary>
    /// Whether the database could not be reached, or stopped while it was asked. The same may work a moment later.
    /// </summary>
    bool IsOutage(Exception failure);

    /// <summary>
    /// Whether the database refused a change because only a server that follows another is there: it can be read.
    /// </summary>
    bool IsReadOnly(Exception failure);
}

/// <summary>A writing transaction. Disposed without a commit, nothing of it is stored.</summary>
public interface IWriteTransaction : IAsyncDisposable
{
    /// <summary>Makes everything durable.</summary>
    Task Commit(CancellationToken ct);
}
