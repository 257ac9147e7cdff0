using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// Makes records again from what the journal says of them, so that whatever reads records can read a journal. Fields
/// whose values stay out of the journal are without a value.
/// </summary>
public static class ReplayedRecords
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Settable = new();

    /// <summary>
    /// The records of a type that a journal leads to, in the order of their ids. Throws <see cref="FormatException"/>
    /// for values that none has.
    /// </summary>
    public static IReadOnlyList<T> Of<T>(JournalReplay replay)
        where T : Record =>
        [.. replay.Of(typeof(T).Name).OrderBy(r => r.Key).Select(r => (T)Make(typeof(T), r.Key, r.Value))];

    private static Record Make(Type type, Guid id, ReplayedRecord told)
    {
        var record = (Record)Activator.CreateInstance(type, nonPublic: true)!;
        (record.Id, record.Version, record.ChangedAt, record.ChangedBy) = (
            id,
            told.Version,
            told.ChangedAt,
            told.ChangedBy
        );
        foreach (var property in Settable.GetOrAdd(type, Find))
        {
            if (told.Told(property) is { } json)
                property.SetValue(record, JournalValue.Read(property.PropertyType, JsonNode.Parse(json)!));
            else if (property.PropertyType == typeof(List<string>) && property.GetValue(record) is null)
                property.SetValue(record, new List<string>());
        }
        return record;
    }

    // A setter that is private to a type further up is only found there.
    private static IReadOnlyList<PropertyInfo> Find(Type type) =>
        [
            .. type.GetProperties()
                .Where(p => !JournalledFields.IsHousekeeping(p.Name) && p.Name != nameof(Record.Id))
                .Select(p => p.DeclaringType!.GetProperty(p.Name)!)
                .Where(p => p.SetMethod is not null),
        ];
}
