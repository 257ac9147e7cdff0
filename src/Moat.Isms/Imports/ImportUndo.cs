using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Imports;

/// <summary>
/// Works out what of an import can be taken back. A record that the import entered leaves when nobody changed it and no
/// record that came later points at it; a field that the import changed gets its value back when it still has the
/// imported one. The rest stays and is named: undoing one person's import MUST NOT undo another's work.
/// </summary>
public sealed class ImportUndo(MoatDb db, PointerReading pointers, ToldUndo told, RelationUndo relations)
{
    private static readonly MethodInfo Loading = typeof(ImportUndo).GetMethod(
        nameof(LoadOf),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;
    private const int Batch = 1000;

    /// <summary>Which imports were taken back, and in which entry.</summary>
    internal async Task<IReadOnlyDictionary<long, long>> Undone(CancellationToken ct) =>
        await db.Set<ImportUndoing>().ToDictionaryAsync(u => u.Entry, u => u.UndoneIn, ct);

    /// <summary>What leaves, what is set back and what stays.</summary>
    internal async Task<UndoPlan> Plan(ImportedChanges import, CancellationToken ct)
    {
        var stored = await Load(import, ct);
        var kept = new Dictionary<Guid, string>();
        foreach (var change in import.All.Where(c => c.Entered))
            if (stored.TryGetValue(change.Id, out var record) && record.Version > 1)
                kept[change.Id] = $"{record.ChangedBy} changed it on {record.ChangedAt:yyyy-MM-dd}";
        var stays = await told.Staying(import, stored, ct);
        foreach (var change in import.All.Where(c => c.Entered && stays.Ids.Contains(c.Id)))
            kept.TryAdd(change.Id, ToldUndo.Why);
        var entered = import.All.Where(c => c.Entered && stored.ContainsKey(c.Id)).ToDictionary(c => c.Id);
        Keep(entered, await pointers.To(entered.ToDictionary(e => e.Key, e => e.Value.Ref), ct), kept);
        var (back, changed) = SetBack([.. import.All.Where(c => !stays.Ids.Contains(c.Id))], stored);
        var away = await relations.Again(import, [.. entered.Keys.Where(id => !kept.ContainsKey(id))], ct);
        return new UndoPlan(
            [.. entered.Keys.Where(id => !kept.ContainsKey(id)).Select(id => stored[id])],
            back,
            away.Again,
            [
                .. entered
                    .Values.Where(c => c.Ref is not null && kept.ContainsKey(c.Id))
                    .Select(c => new KeptRecord(c.Ref!, kept[c.Id])),
                .. changed,
                .. stays.Changed,
                .. away.Kept,
            ]
        );
    }

    /// <summary>Does it, and keeps that it was done.</summary>
    internal async Task Apply(UndoPlan plan, ImportedChanges import, string reason, CancellationToken ct)
    {
        db.RemoveRange(plan.Out);
        foreach (var (record, change) in plan.Back)
        foreach (var (name, values) in change.Fields)
            if (db.Entry(record).Property(name) is { } field)
                field.CurrentValue = values![0] is { } before
                    ? JournalValue.Read(field.Metadata.ClrType, before)
                    : null;
        ToldUndo.Forget(plan.Back);
        foreach (var relation in plan.Again)
            await relations.Enter(relation, ct);
        var size = await db.Set<JournalHead>().Select(h => h.Size).FirstAsync(ct);
        await db.Enter(
            new ImportUndoing
            {
                Entry = import.Entry,
                UndoneIn = size,
                Because = reason,
                TakenOut = plan.TakenOut,
                SetBack = plan.SetBack,
                Kept = plan.Kept.Count,
            },
            ct
        );
    }

    // What stays holds what it rests on: a task that somebody worked on keeps its risk.
    private static void Keep(
        Dictionary<Guid, ImportedChange> entered,
        IReadOnlyList<Pointer> pointers,
        Dictionary<Guid, string> kept
    )
    {
        foreach (var pointer in pointers.Where(p => !entered.ContainsKey(p.From) && !kept.ContainsKey(p.To)))
            kept[pointer.To] = pointer.Ref is { } from ? $"{from} was built on it" : "it was connected since";
        var within = pointers.Where(p => entered.ContainsKey(p.From)).ToLookup(p => p.From);
        var next = new Queue<Guid>(kept.Keys);
        while (next.TryDequeue(out var holder))
            foreach (var pointer in within[holder])
                if (kept.TryAdd(pointer.To, $"{entered[holder].Ref ?? "a connection"} stays and rests on it"))
                    next.Enqueue(pointer.To);
        // A connection stays when both its ends do.
        var connections = within.Where(p => entered[p.Key].Ref is null && !kept.ContainsKey(p.Key)).ToList();
        foreach (var ends in connections.Where(c => c.All(e => kept.ContainsKey(e.To))))
            kept[ends.Key] = "both ends stay";
    }

    private (List<(Record, ImportedChange)> Back, List<KeptRecord> Kept) SetBack(
        IReadOnlyList<ImportedChange> changes,
        Dictionary<Guid, Record> stored
    )
    {
        var (back, kept) = (new List<(Record, ImportedChange)>(), new List<KeptRecord>());
        foreach (
            var change in changes.Where(c => c.Change == "changed" && c.Fields.Count > 0 && stored.ContainsKey(c.Id))
        )
        {
            var record = stored[change.Id];
            if (change.Fields.All(f => Holds(record, f.Key, f.Value![1])))
                back.Add((record, change));
            else
                kept.Add(
                    new KeptRecord(
                        change.Ref ?? change.Kind,
                        $"{record.ChangedBy} changed it again on {record.ChangedAt:yyyy-MM-dd}"
                    )
                );
        }
        return (back, kept);
    }

    private bool Holds(Record record, string field, JsonNode? told) =>
        db.Entry(record).Metadata.FindProperty(field) is { } property
        && ChangeRecorder.ValueOf(property, property.PropertyInfo!.GetValue(record))?.ToJsonString()
            == told?.ToJsonString();

    private async Task<Dictionary<Guid, Record>> Load(ImportedChanges import, CancellationToken ct)
    {
        var found = new Dictionary<Guid, Record>();
        foreach (var kind in import.All.GroupBy(c => c.Kind))
            if (Types().FirstOrDefault(t => t.ClrType.Name == kind.Key) is { } type)
                foreach (var ids in kind.Select(c => c.Id).Chunk(Batch))
                foreach (
                    var record in await (Task<List<Record>>)
                        Loading.MakeGenericMethod(type.ClrType).Invoke(this, [ids, ct])!
                )
                    found[record.Id] = record;
        return found;
    }

    private IEnumerable<IEntityType> Types() =>
        db.Model.GetEntityTypes().Where(t => t.ClrType.IsSubclassOf(typeof(Record)));

    private async Task<List<Record>> LoadOf<T>(Guid[] ids, CancellationToken ct)
        where T : Record => [.. await db.Set<T>().Where(r => ids.Contains(r.Id)).ToListAsync(ct)];
}
