using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Reports;

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
