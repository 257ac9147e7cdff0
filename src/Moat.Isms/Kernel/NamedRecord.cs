using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>
/// The record that an input names. A person or a program decides on what they read, so the record must still be that:
/// wherever the operation reads it, its version is compared. When the operation changed something that belongs to the
/// record, such as the text of a document, the record counts that as a change of its own, so that the version speaks
/// for the whole.
/// </summary>
internal sealed class NamedRecord(OneRecord change)
{
    private Referenced? _found;

    /// <summary>How the input names it.</summary>
    public string Ref => change.Ref;

    /// <summary>Throws <see cref="Conflict"/> where the version that was read is not the one that stands.</summary>
    public static void MustBe(Referenced record, int? read)
    {
        if (read is { } version && version != record.Version)
            throw new Conflict(record.Ref, record.Version, record.ChangedBy, record.ChangedAt);
    }

    /// <summary>
    /// Throws <see cref="Conflict"/> where the latest version is another one than the one that was read.
    /// </summary>
    public static void MustBe(Referenced? latest, ChangeLatest change)
    {
        if (latest is null)
            return;
        MustBe(
            latest,
            change.IfRef is { } read && !read.Equals(latest.Ref, StringComparison.OrdinalIgnoreCase)
                ? 0
                : change.IfVersion
        );
    }

    /// <summary>
    /// The operation read a record; if it is the one that the input names, it must be the version that was read.
    /// </summary>
    public void Meet(string reference, Referenced record)
    {
        if (_found is not null || !reference.Equals(change.Ref, StringComparison.OrdinalIgnoreCase))
            return;
        if (record is Proposable proposable && change is not ReopenRecord)
            proposable.MustNotBeRetired();
        MustBe(record, (change as ChangeRecord)?.IfVersion);
        _found = record;
    }

    /// <summary>
    /// After the operation: that it looked at the version at all, and the count of a change that went into a part.
    /// </summary>
    public void Settle(MoatDb db, string operation)
    {
        if (_found is null)
        {
            if (change is not ChangeRecord { IfVersion: not null })
                return;
            throw new InvalidOperationException($"{operation} was told a version and never compared it.");
        }
        if (change is not ChangeRecord or BesideRecord || !db.Flushed.HasChanges(db))
            return;
        var entry = db.Entry(_found);
        if (db.Flushed.Knows(_found))
            db.Flushed.Touch(_found);
        else if (entry.State == EntityState.Unchanged)
            entry.Property(r => r.ChangedAt).IsModified = true;
    }
}
