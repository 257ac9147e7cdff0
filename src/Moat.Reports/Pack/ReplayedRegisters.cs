using System.Reflection;
using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Registers;

namespace Moat.Reports.Pack;

/// <summary>The records that a pack's journal leads to, as registers are written from them.</summary>
internal sealed class ReplayedRegisters(JournalReplay replay, DateTime now) : IRegisterSource
{
    private static readonly MethodInfo Make = typeof(ReplayedRegisters).GetMethod(
        nameof(All),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;

    private readonly Dictionary<Type, object> _made = [];
    private readonly Dictionary<Type, Dictionary<Guid, Referenced>> _byId = [];

    public DateTime Now => now;

    public IQueryable<T> Of<T>()
        where T : Record => All<T>().AsQueryable();

    public Task<List<T>> List<T>(IQueryable<T> query, CancellationToken ct) => Task.FromResult(query.ToList());

    public Task<IReadOnlyDictionary<Guid, Referenced>> Find(
        IEnumerable<(string Kind, Guid Id)> keys,
        CancellationToken ct
    )
    {
        var found = new Dictionary<Guid, Referenced>();
        foreach (var (kind, id) in keys)
            if (RecordKind.All.TryGetValue(kind, out var known) && ById(known.Type).TryGetValue(id, out var record))
                found[id] = record;
        return Task.FromResult<IReadOnlyDictionary<Guid, Referenced>>(found);
    }

    public object? Value(Referenced record, PropertyInfo field)
    {
        if (field.IsDefined(typeof(NotProvedAttribute)))
            return new Unproved();
        if (!field.IsDefined(typeof(NotJournalledAttribute)))
            return field.GetValue(record);
        return replay.Of(record.GetType().Name)[record.Id].Hashes.TryGetValue(field.Name, out var hash)
            ? new ProvedByHash(hash, field.PropertyType == typeof(List<string>))
            : new Unproved();
    }

    private Dictionary<Guid, Referenced> ById(Type type) =>
        _byId.TryGetValue(type, out var known)
            ? known
            : _byId[type] = ((IEnumerable<Referenced>)Make.MakeGenericMethod(type).Invoke(this, null)!).ToDictionary(
                r => r.Id
            );

    private IReadOnlyList<T> All<T>()
        where T : Record
    {
        if (!_made.TryGetValue(typeof(T), out var made))
            _made[typeof(T)] = made = ReplayedRecords.Of<T>(replay);
        return (IReadOnlyList<T>)made;
    }
}

/// <summary>A cell whose value the journal does not hold.</summary>
internal interface IProvedOtherwise
{
    /// <summary>Whether what a register shows can be that value.</summary>
    bool CanBe(JsonElement shown);
}

/// <summary>Nothing proves it.</summary>
internal sealed record Unproved : IProvedOtherwise
{
    public bool CanBe(JsonElement shown) => true;
}

/// <summary>The journal has the value's SHA-256.</summary>
internal sealed record ProvedByHash(string? Hash, bool IsList) : IProvedOtherwise
{
    public bool CanBe(JsonElement shown)
    {
        if (shown.ValueKind == JsonValueKind.Null)
            return Hash is null;
        var text = shown.ValueKind == JsonValueKind.String ? shown.GetString()! : shown.GetRawText();
        // As the list stands in the database: its members are references, which have no comma.
        if (IsList)
            text = JsonSerializer.Serialize(text.Length == 0 ? [] : text.Split(", "), InputBinder.Json);
        return JournalEntry.HashOf(text) == Hash;
    }
}
