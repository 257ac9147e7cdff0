using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Kernel;

/// <summary>
/// A property whose value must never reach the journal, such as the hash of a token. Its SHA-256 does, which tells
/// whether it was changed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotJournalledAttribute : Attribute;

/// <summary>
/// A property that moves, or follows from one that does, without an entry in the journal: nothing proves it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotProvedAttribute(string because) : Attribute
{
    /// <summary>Why, in a sentence.</summary>
    public string Because { get; } = because;
}

/// <summary>
/// A property that came later than its kind of record: what the migration gave to those that were there, as it would
/// stand in the journal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddedLaterAttribute(string given) : Attribute
{
    /// <summary>The value, as JSON.</summary>
    public string Given { get; } = given;
}

/// <summary>
/// Refuses every save that no operation opened the gate for. Registered with the context by the storage.
/// </summary>
public sealed class SaveGate : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(
        DbContextEventData eventData,
        InterceptionResult<int> result
    ) => throw new InvalidOperationException("Records are saved by operations, which are asynchronous.");

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) =>
        eventData.Context is MoatDb { GateOpen: true }
            ? ValueTask.FromResult(result)
            : throw new InvalidOperationException("A record can only be changed by an operation: use IsmsSession.Run.");
}

/// <summary>What an operation changed, field by field, read from the change tracker.</summary>
internal static class ChangeRecorder
{
    private static readonly HashSet<string> Housekeeping =
    [
        nameof(Record.OrganizationId),
        nameof(Record.Version),
        nameof(Record.ChangedAt),
        nameof(Record.ChangedBy),
        nameof(Referenced.Search),
    ];

    /// <summary>
    /// Stamps every changed record with the moment of its journal entry, by which the two are found again, and answers
    /// the changes.
    /// </summary>
    public static JsonArray Stamp(MoatDb db, string changedBy, DateTime now)
    {
        db.ChangeTracker.DetectChanges();
        var changes = new JsonArray();
        foreach (var entry in db.ChangeTracker.Entries<Record>().Where(Changed).ToList())
        {
            var record = entry.Entity;
            if (entry.State == EntityState.Added)
                record.CreatedAt = now;
            if (entry.State != EntityState.Deleted)
            {
                record.Version++;
                record.ChangedAt = now;
                record.ChangedBy = changedBy;
                if (record is Referenced referenced)
                    referenced.Search = SearchText.Fold(referenced.SearchWords);
            }
            changes.Add(Describe(entry));
        }
        return changes;
    }

    /// <summary>
    /// Whether a field is kept for the record's sake and not stated by anybody, so that no entry names it.
    /// </summary>
    public static bool IsHousekeeping(string field) => Housekeeping.Contains(field);

    /// <summary>The journalled fields of a stored record, for comparison with the journal.</summary>
    public static IEnumerable<IProperty> JournalledProperties(IEntityType type) =>
        type.GetProperties()
            .Where(p =>
                !Housekeeping.Contains(p.Name) && p.PropertyInfo?.GetCustomAttribute<NotJournalledAttribute>() is null
            );

    /// <summary>The fields whose values stay out of the journal and whose hashes stand in it.</summary>
    public static IEnumerable<IProperty> HashedProperties(IEntityType type) =>
        type.GetProperties()
            .Where(p =>
                p.PropertyInfo?.GetCustomAttribute<NotJournalledAttribute>() is not null
                && p.PropertyInfo.GetCustomAttribute<NotProvedAttribute>() is null
            );

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

    private static bool Changed(EntityEntry<Record> entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    // Whatever reader a text came through: what one database keeps and another cannot is kept by none.
    private static void MustBeText(IProperty property, JsonNode? after)
    {
        if (after is JsonValue value && value.TryGetValue<string>(out var text) && GivenText.Wrong(text) is { } wrong)
            throw new InputInvalid(JsonNamingPolicy.CamelCase.ConvertName(property.Name), wrong);
    }

    private static JsonObject Describe(EntityEntry<Record> entry)
    {
        var fields = new JsonObject();
        foreach (var property in JournalledProperties(entry.Metadata))
        {
            var field = entry.Property(property.Name);
            if (entry.State == EntityState.Modified && !field.IsModified)
                continue;
            var before = entry.State == EntityState.Added ? null : ValueOf(property, field.OriginalValue);
            var after = entry.State == EntityState.Deleted ? null : ValueOf(property, field.CurrentValue);
            MustBeText(property, after);
            fields[property.Name] = new JsonArray(before, after);
        }
        var change = new JsonObject
        {
            ["kind"] = entry.Metadata.ClrType.Name,
            ["id"] = entry.Entity.Id.ToString("D", CultureInfo.InvariantCulture),
            ["ref"] = (entry.Entity as Referenced)?.Ref,
            ["change"] = entry.State switch
            {
                EntityState.Added => "entered",
                EntityState.Deleted => "removed",
                _ => "changed",
            },
            ["fields"] = fields,
        };
        if (Hashes(entry) is { Count: > 0 } hashes)
            change["hashes"] = hashes;
        return change;
    }

    private static JsonObject Hashes(EntityEntry<Record> entry)
    {
        var hashes = new JsonObject();
        if (entry.State == EntityState.Deleted)
            return hashes;
        foreach (var property in HashedProperties(entry.Metadata))
        {
            var field = entry.Property(property.Name);
            if (entry.State == EntityState.Added || field.IsModified)
                hashes[property.Name] = HashOf(property, field.CurrentValue);
        }
        return hashes;
    }
}
