using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Moat.Isms.Kernel;

namespace Moat.Storage.Sqlite;

/// <summary>SQLite has one writer per file, so its own write lock gives an organisation its turn.</summary>
public sealed class SqliteDatabase : ITransactions
{
    // Result codes of SQLite.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private readonly WriterQueue _writers = new();

    /// <summary>How the file is opened: write-ahead log, commits that survive a power cut, foreign keys on.</summary>
    public static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = 30,
            Pooling = true,
        }.ToString();

    /// <inheritdoc />
    public Task<IWriteTransaction> BeginWrite(MoatDb db, Guid organizationId, CancellationToken ct) =>
        // Microsoft.Data.Sqlite begins with BEGIN IMMEDIATE: the lock is taken now, not at the first write. Who does
        // not get it polls for it, so writers of this process queue: for the file, not for their organisation.
        _writers.Begin(Guid.Empty, () => db.Database.BeginTransactionAsync(ct), ct);

    /// <summary>
    /// All statements of a reading see one state of the file, whoever writes meanwhile: the write-ahead log keeps it
    /// for them.
    /// </summary>
    public async Task<IAsyncDisposable> BeginRead(MoatDb db, Guid organizationId, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var snapshot = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
            return new Reading(db, snapshot, (await db.Database.UseTransactionAsync(snapshot, ct))!);
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<IAsyncDisposable> BeginAccountRead(MoatDb db, Guid accountId, CancellationToken ct) =>
        BeginRead(db, Guid.Empty, ct);

    /// <inheritdoc />
    public Task<IAsyncDisposable> BeginReadOfAll(MoatDb db, CancellationToken ct) => BeginRead(db, Guid.Empty, ct);

    /// <inheritdoc />
    public bool IsDiskFull(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Full }
        || (failure.InnerException is { } inner && IsDiskFull(inner));

    /// <inheritdoc />
    public bool IsReadOnly(Exception failure) => false;

    /// <inheritdoc />
    public bool IsOutage(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Busy or Locked or InputOutput or Full or CannotOpen }
        || (failure.InnerException is { } inner && IsOutage(inner));

    private sealed class Reading(MoatDb db, SqliteTransaction snapshot, IDbContextTransaction used) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await used.DisposeAsync();
            await snapshot.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}

internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;";

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, object> Known = [];

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Set(connection);
        return Task.CompletedTask;
    }

    // A pooled connection keeps its settings, so each handle is set once.
    private static void Set(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || !Known.TryAdd(handle, handle))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
