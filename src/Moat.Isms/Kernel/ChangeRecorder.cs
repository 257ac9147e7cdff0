using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Kernel;

/// <summary>What an operation changed, field by field, read from the change tracker.</summary>
internal static class ChangeRecorder
{
    /// <summary>
    /// Stamps every changed record with the moment of its journal entry, by which the two are found again, and answers
    /// the changes: the sum of what was flushed before and of what is not saved yet.
    /// </summary>
    public static JsonArray Stamp(MoatDb db, string changedBy, DateTime now)
    {
        db.ChangeTracker.DetectChanges();
        var changes = db.Flushed.Net(db).ToList();
        foreach (var entry in db.ChangeTracker.Entries<Record>().Where(IsChanged).ToList())
        {
            if (db.Flushed.Knows(entry.Entity))
                continue;
            Stamp(entry, changedBy, now);
            changes.Add(NetChange.Of(entry));
        }
        // Those that were saved before come first; without any, the order is the tracker's.
        var told = db.Flushed.At is null ? changes : [.. changes.OrderBy(c => c.Kind)];
        return [.. told.Select(Describe)];
    }

    /// <summary>Stamps a record that an operation changes for the first time.</summary>
    public static void Stamp(EntityEntry<Record> entry, string changedBy, DateTime now)
    {
        var record = entry.Entity;
        if (entry.State == EntityState.Added)
            record.CreatedAt = now;
        if (entry.State == EntityState.Deleted)
            return;
        record.Version++;
        record.ChangedAt = now;
        record.ChangedBy = changedBy;
        KeepSearch(record);
    }

    /// <summary>Draws the words again by which the record is found.</summary>
    public static void KeepSearch(Record record)
    {
        if (record is Referenced referenced)
            referenced.Search = SearchText.Fold(referenced.SearchWords);
    }

    /// <summary>Whether an entry holds what is not saved yet.</summary>
    public static bool IsChanged(EntityEntry<Record> entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    /// <summary>Throws <see cref="InputInvalid"/> for a text that not every database keeps.</summary>
    public static void MustBeText(EntityEntry<Record> entry)
    {
        if (entry.State == EntityState.Deleted)
            return;
        foreach (var property in JournalledProperties(entry.Metadata))
            MustBeText(property, ValueOf(property, entry.Property(property.Name).CurrentValue));
    }

    /// <summary>The journalled fields of a stored record, for comparison with the journal.</summary>
    public static IReadOnlyList<IProperty> JournalledProperties(IEntityType type) => JournalledFields.Of(type).Stated;

    /// <summary>The fields whose values stay out of the journal and whose hashes stand in it.</summary>
    public static IReadOnlyList<IProperty> HashedProperties(IEntityType type) => JournalledFields.Of(type).Hashed;

    /// <summary>
    /// The hash of a value that stays out of the journal: SHA-256 of its text, lower-case hex; null for none.
    /// </summary>
    public static string? HashOf(IProperty property, object? value) =>
        ValueOf(property, value) is { } node
            ? JournalEntry.HashOf(
                node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString()
            )
            : null;

    /// <summary>The value as it stands in the journal: text, whole number, boolean or null.</summary>
    public static JsonNode? ValueOf(IProperty property, object? value)
    {
        if (
            property.GetTypeMapping().Converter is { } converter
            && property.ClrType != typeof(DateTime)
            && property.ClrType != typeof(DateTime?)
        )
            value = converter.ConvertToProvider(value);
        return value switch
        {
            null => null,
            string s => s,
            bool b => b,
            int i => i,
            long l => l,
            Guid g => g.ToString("D", CultureInfo.InvariantCulture),
            DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime t => t.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            decimal m => (m / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
            byte[] bytes => Convert.ToBase64String(bytes),
            _ => throw new NotSupportedException(
                $"{property.DeclaringType.Name}.{property.Name} cannot be journalled."
            ),
        };
    }

    // Whatever reader a text came through: what one database keeps and another cannot is kept by none.
    private static void MustBeText(IProperty property, JsonNode? after)
    {
        if (after is JsonValue value && value.TryGetValue<string>(out var text) && GivenText.Wrong(text) is { } wrong)
            throw new InputInvalid(JsonNamingPolicy.CamelCase.ConvertName(property.Name), wrong);
    }

    private static JsonObject Describe(NetChange told)
    {
        var fields = new JsonObject();
        foreach (var property in JournalledProperties(told.Type).Where(told.Names))
        {
            var after = ValueOf(property, told.After(property));
            MustBeText(property, after);
            fields[property.Name] = new JsonArray(ValueOf(property, told.Before(property)), after);
        }
        var change = new JsonObject
        {
            ["kind"] = told.Type.ClrType.Name,
            ["id"] = told.Record.Id.ToString("D", CultureInfo.InvariantCulture),
            ["ref"] = (told.Record as Referenced)?.Ref,
            ["change"] = told.Kind.ToString().ToLowerInvariant(),
            ["fields"] = fields,
        };
        if (Hashes(told) is { Count: > 0 } hashes)
            change["hashes"] = hashes;
        return change;
    }

    private static JsonObject Hashes(NetChange told)
    {
        var hashes = new JsonObject();
        if (told.Kind != NetKind.Removed)
            foreach (var property in HashedProperties(told.Type).Where(told.Names))
                hashes[property.Name] = HashOf(property, told.After(property));
        return hashes;
    }
}
