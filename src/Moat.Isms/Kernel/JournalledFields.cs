using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel;

/// <summary>Which fields of a kind of record the journal states, and of which it states the hash.</summary>
internal sealed class JournalledFields
{
    private static readonly ConditionalWeakTable<IEntityType, JournalledFields> Known = [];

    private static readonly HashSet<string> Housekeeping =
    [
        nameof(Record.OrganizationId),
        nameof(Record.Version),
        nameof(Record.ChangedAt),
        nameof(Record.ChangedBy),
        nameof(Referenced.Search),
    ];

    private JournalledFields(IEntityType type)
    {
        var kept = type.GetProperties().ToLookup(Is<NotJournalledAttribute>);
        Stated = [.. kept[false].Where(p => !Housekeeping.Contains(p.Name))];
        Hashed = [.. kept[true].Where(p => !Is<NotProvedAttribute>(p))];
    }

    /// <summary>The fields whose values stand in the journal.</summary>
    public IReadOnlyList<IProperty> Stated { get; }

    /// <summary>The fields whose values stay out of it and whose hashes stand in it.</summary>
    public IReadOnlyList<IProperty> Hashed { get; }

    /// <summary>The fields of a kind, looked up once.</summary>
    public static JournalledFields Of(IEntityType type) => Known.GetValue(type, static t => new JournalledFields(t));

    /// <summary>
    /// Whether a field is kept for the record's sake and not stated by anybody, so that no entry names it.
    /// </summary>
    public static bool IsHousekeeping(string field) => Housekeeping.Contains(field);

    private static bool Is<TAttribute>(IProperty property)
        where TAttribute : Attribute => property.PropertyInfo?.IsDefined(typeof(TAttribute)) == true;
}
