using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel.Journal;

/// <summary>A stored record that cannot be read, because it holds a value that no operation writes.</summary>
/// <param name="Id">Its id; null where that is the value.</param>
/// <param name="Finding">The record and the field, in a sentence.</param>
internal sealed record UnreadRecord(Guid? Id, string Finding);

/// <summary>Reads the records of a register so that one that cannot be read hides no other.</summary>
internal sealed class StoredRecords(MoatDb db)
{
    private const int AtOnce = 200;

    /// <summary>
    /// Whether a failure comes from a value that no operation writes: text in the column of a number, for one.
    /// </summary>
    public static bool IsOfValue(Exception e) =>
        e
            is InvalidCastException
                or FormatException
                or InvalidOperationException
                or ArgumentException
                or OverflowException
                or KeyNotFoundException
                or NullReferenceException
                or System.Text.Json.JsonException;

    /// <summary>Shows every record that can be read, and answers the others.</summary>
    /// <param name="type">The kind of record.</param>
    /// <param name="told">The ids that the journal tells of, for a table whose own cannot be read.</param>
    /// <param name="see">Looks at a record.</param>
    /// <param name="ct">Ends the reading early.</param>
    public Task<IReadOnlyList<UnreadRecord>> Read(
        IEntityType type,
        IEnumerable<Guid> told,
        Action<Record> see,
        CancellationToken ct
    ) =>
        (Task<IReadOnlyList<UnreadRecord>>)
            GetType()
                .GetMethod(nameof(ReadOf), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(type.ClrType)
                .Invoke(this, [type, told, see, ct])!;

    private async Task<IReadOnlyList<UnreadRecord>> ReadOf<T>(
        IEntityType type,
        IEnumerable<Guid> told,
        Action<Record> see,
        CancellationToken ct
    )
        where T : Record
    {
        var seen = new HashSet<Guid>();
        try
        {
            await foreach (var record in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
            {
                see(record);
                seen.Add(record.Id);
            }
            return [];
        }
        catch (Exception e) when (IsOfValue(e))
        {
            return await OneByOne<T>(type, seen, [.. told], see, ct);
        }
    }

    private async Task<IReadOnlyList<UnreadRecord>> OneByOne<T>(
        IEntityType type,
        HashSet<Guid> seen,
        List<Guid> told,
        Action<Record> see,
        CancellationToken ct
    )
        where T : Record
    {
        var unread = new List<UnreadRecord>();
        var ids = told;
        try
        {
            ids = await db.Set<T>().Select(r => r.Id).ToListAsync(ct);
        }
        catch (Exception e) when (IsOfValue(e))
        {
            unread.Add(new UnreadRecord(null, $"{type.ClrType.Name}: a row has an id that no operation writes."));
        }
        foreach (var some in ids.Where(id => !seen.Contains(id)).Chunk(AtOnce))
            if (!await Sees<T>(some, see, ct))
                foreach (var id in some)
                    if (!await Sees<T>([id], see, ct))
                        unread.Add(new UnreadRecord(id, $"{await Name<T>(id, ct)}: {await Words<T>(type, id, ct)}"));
        return unread;
    }

    /// <summary>Whether all of these could be read; where not, none was shown, unless it is one.</summary>
    private async Task<bool> Sees<T>(Guid[] ids, Action<Record> see, CancellationToken ct)
        where T : Record
    {
        try
        {
            var read = await db.Set<T>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
            foreach (var record in read)
                see(record);
            return true;
        }
        catch (Exception e) when (IsOfValue(e))
        {
            return false;
        }
    }

    private async Task<string> Name<T>(Guid id, CancellationToken ct)
        where T : Record
    {
        if (
            typeof(T).IsSubclassOf(typeof(Referenced))
            && typeof(T).GetProperty(nameof(Referenced.Number)) is { } number
            && await Value<T>(number, id, ct) is (true, int found)
        )
            return $"{RecordKind.Of(typeof(T)).Prefix}-{found}";
        return $"{typeof(T).Name} {id}";
    }

    private async Task<string> Words<T>(IEntityType type, Guid id, CancellationToken ct)
        where T : Record
    {
        foreach (var property in type.GetProperties().Select(p => p.PropertyInfo).OfType<PropertyInfo>())
            if (!(await Value<T>(property, id, ct)).IsRead)
                return $"the field {property.Name} holds a value that no operation writes.";
        return "it holds a value that no operation writes.";
    }

    private async Task<(bool IsRead, object? Value)> Value<T>(PropertyInfo property, Guid id, CancellationToken ct)
        where T : Record
    {
        var record = Expression.Parameter(typeof(T), "r");
        var value = Expression.Convert(Expression.Property(record, property), typeof(object));
        try
        {
            return (
                true,
                await db.Set<T>()
                    .Where(r => r.Id == id)
                    .Select(Expression.Lambda<Func<T, object?>>(value, record))
                    .FirstOrDefaultAsync(ct)
            );
        }
        catch (Exception e) when (IsOfValue(e))
        {
            return (false, null);
        }
    }
}
