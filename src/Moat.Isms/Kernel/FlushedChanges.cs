using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel;

/// <summary>
/// What the running operation saved before its end. The journal MUST tell of an operation as if it had saved once: a
/// record that it entered and changed was entered, one that it entered and removed was never there, and two changes of
/// a field are one, with what stood first and what stands last.
/// </summary>
internal sealed class FlushedChanges
{
    private readonly Dictionary<Record, Earlier> _earlier = new(ReferenceEqualityComparer.Instance);
    private bool _others;

    /// <summary>The moment of the operation's entry, once something was saved.</summary>
    public DateTime? At { get; private set; }

    /// <summary>Forgets everything, because an operation begins or ends.</summary>
    public void Clear()
    {
        _earlier.Clear();
        (_others, At) = (false, null);
    }

    /// <summary>Whether the record was saved by this operation before.</summary>
    public bool Knows(Record record) => _earlier.ContainsKey(record);

    /// <summary>Whether the record was saved by this operation and was not there before.</summary>
    public bool Entered(Record record) => _earlier.TryGetValue(record, out var earlier) && !earlier.WasThere;

    /// <summary>Stamps what is about to be saved, and remembers how it was before the operation.</summary>
    public void Note(MoatDb db, string changedBy)
    {
        var now = At ??= db.Now;
        _others |= HasOthers(db);
        foreach (var entry in db.ChangeTracker.Entries<Record>().Where(ChangeRecorder.IsChanged).ToList())
        {
            ChangeRecorder.MustBeText(entry);
            if (Again(entry))
                continue;
            _earlier.Add(entry.Entity, Earlier.Of(entry));
            ChangeRecorder.Stamp(entry, changedBy, now);
        }
    }

    /// <summary>
    /// Whether the operation as a whole changes anything. What it changed and changed back is nothing.
    /// </summary>
    public bool HasChanges(MoatDb db) =>
        _others
        || HasOthers(db)
        || db.ChangeTracker.Entries<Record>().Any(e => ChangeRecorder.IsChanged(e) && !Knows(e.Entity))
        || _earlier.Any(e => Net(db.Entry(e.Key), e.Value) is not null);

    /// <summary>
    /// What became of the records that were saved before. One that is again as it was gets its stamps back.
    /// </summary>
    public IEnumerable<NetChange> Net(MoatDb db)
    {
        foreach (var (record, earlier) in _earlier)
        {
            var entry = db.Entry(record);
            Again(entry);
            if (Net(entry, earlier) is { } change)
                yield return change;
            else if (IsThere(entry))
                earlier.PutBackStamps(entry);
        }
    }

    /// <summary>Counts as a change of the record, whatever its fields say.</summary>
    public void Touch(Record record) => _earlier[record] = _earlier[record] with { Touched = true };

    // Its version counts the operation once.
    private bool Again(EntityEntry<Record> entry)
    {
        if (!Knows(entry.Entity))
            return false;
        if (entry.State is EntityState.Added or EntityState.Modified)
            ChangeRecorder.KeepSearch(entry.Entity);
        return true;
    }

    private static NetChange? Net(EntityEntry<Record> entry, Earlier earlier)
    {
        if (!earlier.WasThere)
            return IsThere(entry) ? NetChange.Of(entry, NetKind.Entered, earlier.Value, _ => true) : null;
        if (!IsThere(entry))
            return NetChange.Of(entry, NetKind.Removed, earlier.Value, _ => true);
        bool Differs(IProperty p) =>
            !p.GetValueComparer().Equals(earlier.Value(p), entry.Property(p.Name).CurrentValue);
        return earlier.Touched || Told(entry.Metadata).Any(Differs)
            ? NetChange.Of(entry, NetKind.Changed, earlier.Value, Differs)
            : null;
    }

    private static IEnumerable<IProperty> Told(IEntityType type) =>
        type.GetProperties().Where(p => !JournalledFields.IsHousekeeping(p.Name));

    private static bool IsThere(EntityEntry entry) => entry.State is not (EntityState.Deleted or EntityState.Detached);

    private static bool HasOthers(MoatDb db) =>
        db
            .ChangeTracker.Entries()
            .Any(e =>
                e.Entity is not Record && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            );

    /// <summary>How a record was before the operation.</summary>
    /// <param name="WasThere">Whether it was there at all.</param>
    /// <param name="Values">The values of all its fields.</param>
    /// <param name="Touched">Whether it counts as changed in any case.</param>
    private sealed record Earlier(bool WasThere, IReadOnlyDictionary<string, object?> Values, bool Touched)
    {
        public static Earlier Of(EntityEntry entry) =>
            entry.State == EntityState.Added
                ? new(false, new Dictionary<string, object?>(), false)
                : new(true, entry.Properties.ToDictionary(p => p.Metadata.Name, p => p.OriginalValue), false);

        public object? Value(IProperty property) => Values[property.Name];

        public void PutBackStamps(EntityEntry entry)
        {
            foreach (
                var stamp in new[]
                {
                    nameof(Record.Version),
                    nameof(Record.ChangedAt),
                    nameof(Record.ChangedBy),
                    nameof(Referenced.Search),
                }
            )
                if (Values.TryGetValue(stamp, out var value))
                    entry.Property(stamp).CurrentValue = value;
        }
    }
}
