using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Storage;
using Moat.Isms.Kernel;

namespace Moat.Storage;

/// <summary>
/// Writers of this process wait here, in the order in which they came and without a thread or a connection, before they
/// ask the database for its lock. The lock still decides between processes.
/// </summary>
internal sealed class WriterQueue
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _turns = new();

    /// <summary>Waits for the turn of a line of writers and begins the transaction in it.</summary>
    public async Task<IWriteTransaction> Begin(Guid line, Func<Task<IDbContextTransaction>> begin, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(line, _ => new SemaphoreSlim(1));
        WorkTelemetry.Waits(begins: true);
        try
        {
            await turn.WaitAsync(ct);
        }
        finally
        {
            WorkTelemetry.Waits(begins: false);
        }
        try
        {
            return new Turn(await begin(), turn);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    private sealed class Turn(IDbContextTransaction transaction, SemaphoreSlim turn) : IWriteTransaction
    {
        public Task Commit(CancellationToken ct) => transaction.CommitAsync(ct);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.DisposeAsync();
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
