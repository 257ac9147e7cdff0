using System.Reflection;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>What the journal says that a record is: the outcome of its entries, in their order.</summary>
public sealed class ReplayedRecord
{
    /// <summary>Fields by name, as the JSON that stands in the journal.</summary>
    public Dictionary<string, string?> Fields { get; } = [];

    /// <summary>
    /// SHA-256 of the fields whose values stay out of the journal, null for one without a value. Entries of earlier
    /// versions tell none.
    /// </summary>
    public Dictionary<string, string?> Hashes { get; } = [];

    /// <summary>How many entries entered and changed it.</summary>
    public int Version { get; internal set; }

    /// <summary>The time of the last of them.</summary>
    public DateTime ChangedAt { get; internal set; }

    /// <summary>The actor of the last of them.</summary>
    public string ChangedBy { get; internal set; } = "";

    /// <summary>
    /// What the journal says of a field. It never heard of one that came later, which then has what the migration gave.
    /// </summary>
    public string? Told(PropertyInfo property) =>
        Fields.TryGetValue(property.Name, out var told)
            ? told
            : property.GetCustomAttribute<AddedLaterAttribute>()?.Given;
}

/// <summary>Goes through a journal once, in order, and knows what all its entries together lead to.</summary>
public sealed class JournalReplay
{
    private readonly Dictionary<string, Dictionary<Guid, ReplayedRecord>> _kinds = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>The highest number that was given, by the prefix of the kind.</summary>
    public IReadOnlyDictionary<string, int> Numbers => _numbers;

    /// <summary>Adds what an entry did, and answers the references of the records that it changed.</summary>
    public IReadOnlyCollection<string> Add(JournalEntry entry)
    {
        var changes = JsonNode.Parse(entry.Changes)!.AsArray();
        foreach (var change in changes)
        {
            var (kind, id) = ((string)change!["kind"]!, Guid.Parse((string)change["id"]!));
            if (!_kinds.TryGetValue(kind, out var records))
                _kinds[kind] = records = [];
            if ((string)change["change"]! == "removed")
            {
                records.Remove(id);
                continue;
            }
            if (!records.TryGetValue(id, out var record))
                records[id] = record = new ReplayedRecord();
            if (record.Version++ == 0)
                Count((string?)change["ref"]);
            (record.ChangedAt, record.ChangedBy) = (entry.At, entry.Actor);
            foreach (var (name, value) in change["fields"]!.AsObject())
                record.Fields[Name(name)] = value![1]?.ToJsonString();
            foreach (var (name, value) in change["hashes"]?.AsObject() ?? [])
                record.Hashes[Name(name)] = (string?)value;
        }
        return [.. JournalSubject.In(changes).Select(Name)];
    }

    /// <summary>The records of a kind.</summary>
    public IReadOnlyDictionary<Guid, ReplayedRecord> Of(string kind) =>
        _kinds.TryGetValue(kind, out var records) ? records : [];

    /// <summary>The kinds that it has records of.</summary>
    public IEnumerable<string> Kinds => _kinds.Where(k => k.Value.Count > 0).Select(k => k.Key);

    /// <summary>Whether any record's field of this name was told of, with a value.</summary>
    public bool Tells(string kind, string field) =>
        Of(kind)
            .Values.Any(r =>
                r.Fields.GetValueOrDefault(field) is not null || r.Hashes.GetValueOrDefault(field) is not null
            );

    /// <summary>Takes a record out, so that those remain that nobody asked for.</summary>
    public ReplayedRecord? Take(string kind, Guid id) =>
        _kinds.TryGetValue(kind, out var records) && records.Remove(id, out var record) ? record : null;

    /// <summary>Forgets all records of a kind.</summary>
    public void Forget(string kind) => _kinds.Remove(kind);

    private void Count(string? reference)
    {
        if (reference is null || RecordKind.Parse(reference) is not { } parsed)
            return;
        _numbers[parsed.Kind.Prefix] = Math.Max(_numbers.GetValueOrDefault(parsed.Kind.Prefix), parsed.Number);
    }

    // The same names stand in entry after entry.
    private string Name(string name) => _names.TryGetValue(name, out var known) ? known : _names[name] = name;
}
