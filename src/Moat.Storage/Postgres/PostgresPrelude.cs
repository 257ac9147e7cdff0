using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Moat.Storage.Postgres;

/// <summary>
/// Says with the first statement of a reading for whom it reads, instead of with one before it: a way to the database
/// and back is most of what a short question costs. Until it is said, row-level security shows nothing. It MUST be the
/// last of the interceptors, because it changes the statement that they see.
/// </summary>
public sealed class PostgresPrelude : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbTransaction, string> _unsaid = [];

    /// <summary>Has it said in this transaction. The value is a text of our own, never one from outside.</summary>
    public void Say(DbTransaction transaction, string setting, string value) =>
        _unsaid.AddOrUpdate(transaction, $"SET LOCAL {setting} = '{value}'; ");

    /// <inheritdoc />
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Said(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Said(command, result));

    private T Said<T>(DbCommand command, T result)
    {
        if (command.Transaction is { } transaction && _unsaid.TryGetValue(transaction, out var prelude))
        {
            _unsaid.Remove(transaction);
            command.CommandText = prelude + command.CommandText;
        }
        return result;
    }
}
