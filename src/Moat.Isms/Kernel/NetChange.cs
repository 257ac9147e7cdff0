using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel;

/// <summary>What became of a record in an operation, in the order in which an entry tells it.</summary>
internal enum NetKind
{
    /// <summary>It is new.</summary>
    Entered,

    /// <summary>It is another than before.</summary>
    Changed,

    /// <summary>It is no more.</summary>
    Removed,
}

/// <summary>What an operation as a whole did to a record: how it was before, and how it is now.</summary>
/// <param name="Record">The record.</param>
/// <param name="Type">Its fields.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Names">Whether the entry names a field.</param>
/// <param name="Before">A field's value before; null where the record was not there.</param>
/// <param name="After">A field's value now; null where the record is gone.</param>
internal sealed record NetChange(
    Record Record,
    IEntityType Type,
    NetKind Kind,
    Func<IProperty, bool> Names,
    Func<IProperty, object?> Before,
    Func<IProperty, object?> After
)
{
    /// <summary>The change of a record of which nothing was saved yet.</summary>
    public static NetChange Of(EntityEntry<Record> entry) =>
        Of(
            entry,
            entry.State switch
            {
                EntityState.Added => NetKind.Entered,
                EntityState.Deleted => NetKind.Removed,
                _ => NetKind.Changed,
            },
            p => entry.Property(p.Name).OriginalValue,
            p => entry.Property(p.Name).IsModified
        );

    /// <summary>The change of a record that was some way before and is now as it stands.</summary>
    public static NetChange Of(
        EntityEntry<Record> entry,
        NetKind kind,
        Func<IProperty, object?> before,
        Func<IProperty, bool> differs
    ) =>
        new(
            entry.Entity,
            entry.Metadata,
            kind,
            kind == NetKind.Changed ? differs : _ => true,
            kind == NetKind.Entered ? _ => null : before,
            kind == NetKind.Removed ? _ => null : p => entry.Property(p.Name).CurrentValue
        );
}
