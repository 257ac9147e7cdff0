using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>What a check of journal and records found.</summary>
/// <param name="Holds">Whether everything fits.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Records">How many records were compared with the journal.</param>
/// <param name="Findings">What does not fit, at most a hundred of each of the checks, and what could not be compared
/// because of it.</param>
/// <param name="KeyFingerprint">The fingerprint of the signing key.</param>
public sealed record JournalCheck(
    bool Holds,
    long Entries,
    int Records,
    IReadOnlyList<string> Findings,
    string KeyFingerprint
)
{
    /// <summary>
    /// What a reader has to know, although nothing is wrong: keys that were changed, times at which the clock was set
    /// back.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The keys that the journal names, in their order.</summary>
    public IReadOnlyList<KeySpan> Keys { get; init; } = [];
}

/// <summary>
/// Checks a journal from the ground: every leaf against its content, the root against the signed checkpoint, and every
/// record of every register against what the journal says it must be, and what no journal tells (files, accounts)
/// against its records. A row or a file that somebody edited behind the product's back is found.
/// </summary>
public sealed class JournalVerifier(MoatDb db, JournalKeys keys, IEnumerable<IKeptOutside> kept)
{
    private const int MostFindings = 100;

    /// <summary>Checks the journal, every record and what is kept outside the database.</summary>
    public Task<JournalCheck> Check(CancellationToken ct) => Check(alsoPacked: true, ct);

    /// <summary>Checks all of that but what goes into an audit pack, for who compares it while putting it in.</summary>
    public Task<JournalCheck> CheckForPack(CancellationToken ct) => Check(alsoPacked: false, ct);

    private async Task<JournalCheck> Check(bool alsoPacked, CancellationToken ct)
    {
        var (findings, replay, reading, frontier) = (
            new List<string>(),
            new JournalReplay(),
            new JournalReading(),
            Frontier.Empty
        );
        JournalHead? head = null;
        var (records, subjects) = (0, new HashSet<(string, long)>());
        await Each(
            findings,
            "The journal",
            own => ReadEntries(replay, reading, frontier, subjects, own, ct),
            () => string.Create(CultureInfo.InvariantCulture, $"Entry {frontier.Size}")
        );
        var broken = findings.Count > 0 ? findings[0] : null;
        await Each(
            findings,
            "The journal's end",
            async own =>
            {
                head = await db.Set<JournalHead>().AsNoTracking().FirstOrDefaultAsync(ct);
                CheckHead(head, frontier, own);
                reading.End(head?.VerifierKey);
                own.AddRange(reading.Findings);
            }
        );
        if (broken is null)
        {
            await Each(findings, "A record", async own => records = await CompareRecords(replay, own, ct));
            await Each(findings, "A counter", own => CompareCounters(replay, own, ct));
            await Each(
                findings,
                "The index of records",
                async own => own.AddRange(await SubjectProcess.Faults(db, subjects, ct))
            );
        }
        else
            findings.Add(
                $"Records, counters and the index of records were not compared, because the journal cannot be relied on: {broken}"
            );
        await CompareKept(kept.Where(k => alsoPacked || !k.IsPacked), findings, ct);
        return new JournalCheck(findings.Count == 0, frontier.Size, records, findings, Fingerprint(head))
        {
            Remarks = reading.Remarks,
            Keys = reading.Keys,
        };
    }

    /// <summary>
    /// One check of several: what it finds, and what keeps it from its end, hides nothing that the others find.
    /// </summary>
    private static async Task Each(
        List<string> findings,
        string what,
        Func<List<string>, Task> check,
        Func<string>? where = null
    )
    {
        var own = new List<string>();
        try
        {
            await check(own);
        }
        catch (Exception e) when (StoredRecords.IsOfValue(e))
        {
            own.Add($"{where?.Invoke() ?? what} holds a value that no operation writes. {e.Message}");
        }
        findings.AddRange(own.Take(MostFindings));
    }

    /// <summary>Reads entry after entry. What they lead to is known where nothing is found.</summary>
    private async Task ReadEntries(
        JournalReplay replay,
        JournalReading reading,
        Frontier frontier,
        HashSet<(string, long)> subjects,
        List<string> findings,
        CancellationToken ct
    )
    {
        await foreach (
            var entry in db.Journal.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct)
        )
        {
            if (entry.Sequence != frontier.Size)
            {
                findings.Add($"Entry {frontier.Size} is missing; the next one is {entry.Sequence}.");
                break;
            }
            if (!entry.IsSelfConsistent())
                findings.Add($"Entry {entry.Sequence} ({entry.Operation}) was changed after it was written.");
            reading.Read(entry, frontier.Root);
            frontier.Append(entry.Leaf);
            if (findings.Count == 0)
                subjects.UnionWith(replay.Add(entry).Select(s => (s, entry.Sequence)));
        }
    }

    private string Fingerprint(JournalHead? head) =>
        (head is null ? keys.Newest : keys.Find(head.VerifierKey) ?? keys.Newest)?.Verifier.Fingerprint ?? "none";

    private void CheckHead(JournalHead? head, Frontier frontier, List<string> findings)
    {
        if (head is null)
        {
            if (frontier.Size > 0)
                findings.Add("The signed checkpoint is missing.");
            return;
        }
        var checkpoint = Checkpoint.Open(head.Checkpoint, NoteVerifier.Parse(head.VerifierKey));
        if (checkpoint is null)
            findings.Add("The last checkpoint is not signed by its key.");
        else if (checkpoint.Size != frontier.Size)
            findings.Add(
                $"The signed checkpoint covers {checkpoint.Size} entries, but the journal has {frontier.Size}."
            );
        else if (!checkpoint.Root.AsSpan().SequenceEqual(frontier.Root()))
            findings.Add("The journal's root is not the one that was signed: entries were changed or reordered.");
        if (head.Size != frontier.Size || head.Edge != frontier.ToText())
            findings.Add("The state from which the journal goes on is not the one that its entries lead to.");
        if (checkpoint is not null && keys.Find(head.VerifierKey) is null)
            findings.Add(
                $"The last checkpoint was signed by another key than this installation's. {keys.Missing(head.VerifierKey)} {keys.WhatToDo}"
            );
    }

    private static async Task CompareKept(IEnumerable<IKeptOutside> kept, List<string> findings, CancellationToken ct)
    {
        foreach (var store in kept)
            await Each(
                findings,
                "What is kept outside the journal",
                async own =>
                {
                    await foreach (var fault in store.Faults(ct))
                        own.Add(fault);
                }
            );
    }

    private async Task<int> CompareRecords(JournalReplay replay, List<string> findings, CancellationToken ct)
    {
        var (compared, stored) = (0, new StoredRecords(db));
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.ClrType.IsSubclassOf(typeof(Record))))
        {
            var (comparison, kind) = (new RecordComparison(type), type.ClrType.Name);
            foreach (var (id, finding) in await stored.Read(type, replay.Of(kind).Keys, Compare, ct))
            {
                findings.Add(finding);
                if (id is { } unread)
                    replay.Take(kind, unread);
            }

            void Compare(Record record)
            {
                compared++;
                var told = replay.Of(kind).GetValueOrDefault(record.Id);
                findings.AddRange(comparison.Differences(record, told).ToList());
                replay.Take(kind, record.Id);
            }
        }
        findings.AddRange(
            replay
                .Kinds.SelectMany(kind =>
                    replay.Of(kind).Keys.Select(id => $"{kind} {id} is in the journal, but its record is gone.")
                )
                .Take(MostFindings)
        );
        return compared;
    }

    /// <summary>
    /// The counters of references: one that was set back would give a number twice, one that was set forward would show
    /// a gap.
    /// </summary>
    private async Task CompareCounters(JournalReplay replay, List<string> findings, CancellationToken ct)
    {
        var counters = await db.Set<ReferenceCounter>()
            .AsNoTracking()
            .ToDictionaryAsync(c => c.Prefix, c => c.Last, ct);
        foreach (var prefix in replay.Numbers.Keys.Union(counters.Keys))
            if (replay.Numbers.GetValueOrDefault(prefix) != counters.GetValueOrDefault(prefix))
                findings.Add($"The counter of {prefix} is not at the number that the journal gave last.");
    }
}
