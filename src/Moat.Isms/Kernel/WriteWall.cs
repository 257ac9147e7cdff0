using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Moat.Isms.Kernel;

/// <summary>
/// The second wall behind <see cref="SaveGate"/>: bulk updates and raw SQL do not pass the change tracker, so each
/// command that changes data is refused unless an operation is running.
/// </summary>
public sealed class WriteWall : DbCommandInterceptor
{
    private static readonly string[] Writing =
    [
        "INSERT",
        "UPDATE",
        "DELETE",
        "MERGE",
        "REPLACE",
        "TRUNCATE",
        "DROP",
        "ALTER",
    ];

    /// <inheritdoc />
    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    ) => Guard(command, eventData, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Guard(command, eventData, result));

    /// <inheritdoc />
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Guard(command, eventData, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Guard(command, eventData, result));

    private static T Guard<T>(DbCommand command, CommandEventData eventData, T result)
    {
        if (eventData.Context is not MoatDb { GateOpen: false })
            return result;
        foreach (var line in command.CommandText.Split('\n', StringSplitOptions.TrimEntries))
            if (Writing.Any(w => line.StartsWith(w, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidOperationException("Data can only be changed by an operation: use IsmsSession.Run.");
        return result;
    }
}
