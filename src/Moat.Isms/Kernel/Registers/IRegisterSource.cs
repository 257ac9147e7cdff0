using System.Reflection;

namespace Moat.Isms.Kernel.Registers;

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
