using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// Sees every statement and notes which kinds of records it reads, for what is computed from them. Another context than
/// <see cref="MoatDb"/> holds no records.
/// </summary>
public sealed class ReadWatch : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<IModel, StatementSources> _known = [];

    /// <inheritdoc />
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Noted(command, eventData, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Noted(command, eventData, result));

    private T Noted<T>(DbCommand command, CommandEventData eventData, T result)
    {
        if (ReadingNote.IsTaken)
            ReadingNote.Add(
                eventData.Context is MoatDb db
                    ? _known.GetValue(db.Model, m => new StatementSources(m)).Of(command.CommandText)
                    : WhatWasRead.OutsideTheJournal
            );
        return result;
    }
}
