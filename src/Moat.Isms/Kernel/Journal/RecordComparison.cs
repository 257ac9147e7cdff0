using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// Compares stored records of one type with what the journal says of them: every field, the hash of every field that
/// stays out of the journal, how often, when and by whom the record changed, and the words by which it is searched.
/// </summary>
internal sealed class RecordComparison(IEntityType type)
{
    private readonly List<IProperty> _journalled = [.. ChangeRecorder.JournalledProperties(type)];
    private readonly List<IProperty> _hashed = [.. ChangeRecorder.HashedProperties(type)];

    /// <summary>What differs, each in a sentence with the record's reference.</summary>
    public IEnumerable<string> Differences(Record record, ReplayedRecord? told)
    {
        var name = (record as Referenced)?.Ref ?? $"{type.ClrType.Name} {record.Id}";
        return told is null
            ? [$"{name} is stored, but the journal never entered it."]
            : Fields(record, told).Select(field => $"{name}: the field {field} is not what the journal says.");
    }

    private IEnumerable<string> Fields(Record record, ReplayedRecord told)
    {
        foreach (var property in _journalled)
            if (
                ChangeRecorder.ValueOf(property, property.PropertyInfo!.GetValue(record))?.ToJsonString()
                != told.Told(property.PropertyInfo)
            )
                yield return property.Name;
        foreach (var property in _hashed)
            if (
                told.Hashes.TryGetValue(property.Name, out var hash)
                && ChangeRecorder.HashOf(property, property.PropertyInfo!.GetValue(record)) != hash
            )
                yield return property.Name;
        if (record.Version != told.Version)
            yield return nameof(Record.Version);
        if (record.ChangedAt != told.ChangedAt)
            yield return nameof(Record.ChangedAt);
        if (record.ChangedBy != told.ChangedBy)
            yield return nameof(Record.ChangedBy);
        if (record is Referenced referenced && referenced.Search != SearchText.Fold(referenced.SearchWords))
            yield return nameof(Referenced.Search);
    }
}
