using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Reports;

/// <summary>
/// Where registers are read from: the database, or a journal that leads to the same. What is written from one is
/// verified with the other.
/// </summary>
public interface IRegisterSource
{
    /// <summary>The moment at which the registers are written.</summary>
    DateTime Now { get; }

    /// <summary>The records of a type.</summary>
    IQueryable<T> Of<T>()
        where T : Record;

    /// <summary>What a question over <see cref="Of{T}"/> answers.</summary>
    Task<List<T>> List<T>(IQueryable<T> query, CancellationToken ct);

    /// <summary>Those records that exist, by kind and id.</summary>
    Task<IReadOnlyDictionary<Guid, Referenced>> Find(IEnumerable<(string Kind, Guid Id)> keys, CancellationToken ct);

    /// <summary>The value of a record's field as a register shows it.</summary>
    object? Value(Referenced record, PropertyInfo field);
}

/// <summary>The records of the database.</summary>
public sealed class StoredRegisters(MoatDb db, RecordFinder records) : IRegisterSource
{
    /// <inheritdoc />
    /// <remarks>In whole seconds, as a pack tells when it was made.</remarks>
    public DateTime Now { get; } = new(db.Now.Ticks - db.Now.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    /// <inheritdoc />
    public IQueryable<T> Of<T>()
        where T : Record => db.Set<T>().AsNoTracking();

    /// <inheritdoc />
    public Task<List<T>> List<T>(IQueryable<T> query, CancellationToken ct) => query.ToListAsync(ct);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<Guid, Referenced>> Find(
        IEnumerable<(string Kind, Guid Id)> keys,
        CancellationToken ct
    ) => records.ByKindAndId(keys, ct);

    /// <inheritdoc />
    public object? Value(Referenced record, PropertyInfo field) => field.GetValue(record);
}
