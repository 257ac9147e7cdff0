using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Kernel.Journal;

/// <summary>What a check of journal and records found.</summary>
/// <param name="Holds">Whether everything fits.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Records">How many records were compared with the journal.</param>
/// <param name="Findings">What does not fit, at most a hundred.</param>
/// <param name="KeyFingerprint">The fingerprint of the signing key.</param>
public sealed record JournalCheck(bool Holds, long Entries, int Records, IReadOnlyList<string> Findings, string KeyFingerprint)
{
    /// <summary>What a reader has to know, although nothing is wrong: keys that were changed, times at which the clock was set back.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The keys that the journal names, in their order.</summary>
    public IReadOnlyList<KeySpan> Keys { get; init; } = [];
}

/// <summary>
/// Checks a journal from the ground: every leaf against its content, the root against the signed checkpoint, and every record of
/// every register against what the journal says it must be, and what is kept outside the database against its records. A row or a file
/// that somebody edited behind the product's back is found.
/// </summary>
public sealed class JournalVerifier(MoatDb db, JournalKeys keys, IEnumerable<IKeptOutside> kept)
{
    private const int MostFindings = 100;

    /// <summary>Reads the whole journal once.</summary>
    public async Task<JournalCheck> Check(CancellationToken ct)
    {
        var findings = new List<string>();
        var replay = new Dictionary<(string Kind, string Id), Dictionary<string, string?>>();
        var (frontier, reading) = (Frontier.Empty, new JournalReading());
        await foreach (var entry in db.Journal.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (entry.Sequence != frontier.Size)
            {
                findings.Add($"Entry {frontier.Size} is missing; the next one is {entry.Sequence}.");
                break;
            }
            if (!entry.IsSelfConsistent()) findings.Add($"Entry {entry.Sequence} ({entry.Operation}) was changed after it was written.");
            reading.Read(entry, frontier.Root);
            frontier.Append(entry.Leaf);
            Replay(entry, replay);
        }
        var head = await db.Set<JournalHead>().AsNoTracking().FirstOrDefaultAsync(ct);
        CheckHead(head, frontier, findings);
        reading.End(head?.VerifierKey);
        findings.AddRange(reading.Findings);
        var records = findings.Count == 0 ? await CompareRecords(replay, findings, ct) : 0;
        if (findings.Count == 0) await CompareKept(findings, ct);
        return new JournalCheck(
            findings.Count == 0, frontier.Size, records, [.. findings.Take(MostFindings)], Fingerprint(head)) { Remarks = reading.Remarks, Keys = reading.Keys };
    }

    private string Fingerprint(JournalHead? head) =>
        (head is null ? keys.Newest : keys.Find(head.VerifierKey) ?? keys.Newest)?.Verifier.Fingerprint ?? "none";

    private void CheckHead(JournalHead? head, Frontier frontier, List<string> findings)
    {
        if (head is null)
        {
            if (frontier.Size > 0) findings.Add("The signed checkpoint is missing.");
            return;
        }
        var checkpoint = Checkpoint.Open(head.Checkpoint, NoteVerifier.Parse(head.VerifierKey));
        if (checkpoint is null) findings.Add("The last checkpoint is not signed by its key.");
        else if (checkpoint.Size != frontier.Size)
            findings.Add($"The signed checkpoint covers {checkpoint.Size} entries, but the journal has {frontier.Size}.");
        else if (!checkpoint.Root.AsSpan().SequenceEqual(frontier.Root()))
            findings.Add("The journal's root is not the one that was signed: entries were changed or reordered.");
        if (head.Size != frontier.Size || head.Edge != frontier.ToText())
            findings.Add("The state from which the journal goes on is not the one that its entries lead to.");
        if (checkpoint is not null && keys.Find(head.VerifierKey) is null)
            findings.Add($"The last checkpoint was signed by another key than this installation's. {keys.Missing(head.VerifierKey)} {keys.WhatToDo}");
    }

    private static void Replay(JournalEntry entry, Dictionary<(string, string), Dictionary<string, string?>> replay)
    {
        foreach (var change in JsonNode.Parse(entry.Changes)!.AsArray())
        {
            var key = ((string)change!["kind"]!, (string)change["id"]!);
            if ((string)change["change"]! == "removed")
            {
                replay.Remove(key);
                continue;
            }
            if (!replay.TryGetValue(key, out var fields)) replay[key] = fields = [];
            foreach (var (name, value) in change["fields"]!.AsObject()) fields[name] = value![1]?.ToJsonString();
        }
    }

    private async Task CompareKept(List<string> findings, CancellationToken ct)
    {
        foreach (var store in kept)
            await foreach (var fault in store.Faults(ct))
                findings.Add(fault);
    }

    private async Task<int> CompareRecords(
        Dictionary<(string Kind, string Id), Dictionary<string, string?>> replay, List<string> findings, CancellationToken ct)
    {
        var compared = 0;
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.ClrType.IsSubclassOf(typeof(Record))))
        {
            var properties = ChangeRecorder.JournalledProperties(type).ToList();
            try
            {
                await foreach (var record in Stored(type.ClrType).WithCancellation(ct))
                {
                    compared++;
                    Compare(type, record, properties, replay, findings);
                }
            }
            // Text in the column of a number, for one: no operation writes that.
            catch (Exception e) when (e is InvalidCastException or FormatException or InvalidOperationException or ArgumentException or OverflowException
                or System.Text.Json.JsonException)
            {
                findings.Add($"{type.ClrType.Name}: a stored value is none that an operation writes. {e.Message}");
                foreach (var key in replay.Keys.Where(k => k.Kind == type.ClrType.Name).ToList()) replay.Remove(key);
            }
        }
        findings.AddRange(replay.Keys.Take(MostFindings).Select(k => $"{k.Kind} {k.Id} is in the journal, but its record is gone."));
        return compared;
    }

    private static void Compare(
        IEntityType type, Record record, List<IProperty> properties, Dictionary<(string Kind, string Id), Dictionary<string, string?>> replay,
            List<string> findings)
    {
        var name = (record as Referenced)?.Ref ?? $"{type.ClrType.Name} {record.Id}";
        if (!replay.Remove((type.ClrType.Name, record.Id.ToString("D", CultureInfo.InvariantCulture)), out var fields))
        {
            findings.Add($"{name} is stored, but the journal never entered it.");
            return;
        }
        foreach (var property in properties)
        {
            var stored = ChangeRecorder.ValueOf(property, property.PropertyInfo!.GetValue(record))?.ToJsonString();
            if (stored != Told(fields, property)) findings.Add($"{name}: the field {property.Name} is not what the journal says.");
        }
    }

    /// <summary>What the journal says of a field. It never heard of one that came later, which then has what the migration gave.</summary>
    private static string? Told(Dictionary<string, string?> fields, IProperty property) =>
        fields.TryGetValue(property.Name, out var told) ? told : property.PropertyInfo!.GetCustomAttribute<AddedLaterAttribute>()?.Given;

    private IAsyncEnumerable<Record> Stored(Type type) =>
        (IAsyncEnumerable<Record>)GetType().GetMethod(nameof(StoredOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .MakeGenericMethod(type).Invoke(this, null)!;

    private IAsyncEnumerable<T> StoredOf<T>() where T : Record => db.Set<T>().AsNoTracking().AsAsyncEnumerable();
}
