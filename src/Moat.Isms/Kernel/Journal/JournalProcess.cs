using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>Which entries to list, the latest first.</summary>
public sealed record ListJournal
{
    /// <summary>How many, 1 to 200.</summary>
    [Range(1, 200)]
    public int Limit { get; init; } = 50;

    /// <summary>Only entries before this sequence number.</summary>
    [Range(0, long.MaxValue)]
    public long? Before { get; init; }

    /// <summary>Only entries that touched this record, such as RISK-12.</summary>
    [MaxLength(40)]
    public string? Subject { get; init; }

    /// <summary>Only this operation, such as risks.accept.</summary>
    [MaxLength(100)]
    public string? Operation { get; init; }
}

/// <summary>An entry as people read it.</summary>
public sealed record EntryView(
    long Sequence,
    DateTime At,
    string Actor,
    string Door,
    string Operation,
    string? Reason,
    string Subjects,
    string Changes,
    string Leaf
);

/// <summary>A page of the journal.</summary>
public sealed record JournalPage(IReadOnlyList<EntryView> Items, long Total, long? Next);

/// <summary>Names an entry.</summary>
public sealed record ProveEntry
{
    /// <summary>The entry's sequence number.</summary>
    [Range(0, int.MaxValue)]
    public required int Sequence { get; init; }
}

/// <summary>Names an earlier size of the journal.</summary>
public sealed record ProveConsistency
{
    /// <summary>How many entries the journal had then, at least 1.</summary>
    [Range(1, int.MaxValue)]
    public required int Size { get; init; }
}

/// <summary>The signed state of the journal and the key that signs it.</summary>
/// <param name="Checkpoint">The signed note.</param>
/// <param name="VerifierKey">The key that signs now.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Size">How many entries there are.</param>
/// <param name="Keys">Every key that the journal names, the first one first.</param>
/// <param name="SetBack">What entries tell of a clock that was set back, the latest first.</param>
public sealed record CheckpointView(
    string Checkpoint,
    string VerifierKey,
    string Fingerprint,
    long Size,
    IReadOnlyList<NamedKey> Keys,
    IReadOnlyList<string> SetBack
);

/// <summary>A key that the journal names.</summary>
/// <param name="Fingerprint">What people compare over another channel.</param>
/// <param name="Since">When it was named.</param>
public sealed record NamedKey(string Fingerprint, DateTime Since);

/// <summary>A proof and the signed state it leads to; hashes in base64.</summary>
public sealed record ProofView(long Index, string Leaf, IReadOnlyList<string> Hashes, string Checkpoint);

/// <summary>The journal: who changed what, in one signed, append-only tree.</summary>
[Process(Name, Summary)]
public sealed class JournalProcess(MoatDb db, JournalVerifier verifier, JournalTree tree)
{
    internal const string Name = "journal";
    internal const string Summary = "Who changed what and when, in an append-only tree that anybody can verify.";

    private const int MostShown = 20;

    /// <summary>Entries, the latest first.</summary>
    [Query("list", Permission.ReadJournal, "List journal entries, the latest first")]
    public async Task<JournalPage> List(ListJournal input, CancellationToken ct)
    {
        var query = input.Subject is { } subject ? db.EntriesOf(subject) : db.Journal.AsNoTracking();
        if (input.Operation is { } operation)
            query = query.Where(e => e.Operation == operation);
        var total = await query.LongCountAsync(ct);
        if (input.Before is { } before)
            query = query.Where(e => e.Sequence < before);
        var items = await query
            .OrderByDescending(e => e.Sequence)
            .Take(input.Limit + 1)
            .Select(e => new EntryView(
                e.Sequence,
                e.At,
                e.Actor,
                e.Door,
                e.Operation,
                e.Reason,
                e.Subjects,
                e.Changes,
                Convert.ToHexStringLower(e.Leaf)
            ))
            .ToListAsync(ct);
        var page = items.Take(input.Limit).ToList();
        return new JournalPage(page, total, items.Count > input.Limit ? page[^1].Sequence : null);
    }

    /// <summary>The signed state now.</summary>
    [Query("checkpoint", Permission.ReadJournal, "The signed checkpoint and the key that signs it")]
    public async Task<CheckpointView> Checkpoint(Nothing input, CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().FirstOrDefaultAsync(ct) ?? throw new NotFound("journal");
        var keys = await db.Set<SigningKey>()
            .OrderBy(k => k.CreatedAt)
            .ThenBy(k => k.Replaces != null)
            .Select(k => new { k.VerifierKey, k.CreatedAt })
            .ToListAsync(ct);
        var back = await db
            .Journal.Where(e => e.Operation == JournalWriter.ClockWentBack && e.Reason != null)
            .OrderByDescending(e => e.Sequence)
            .Take(MostShown)
            .Select(e => e.Reason!)
            .ToListAsync(ct);
        return new CheckpointView(
            head.Checkpoint,
            head.VerifierKey,
            Fingerprint(head.VerifierKey),
            head.Size,
            [.. keys.Select(k => new NamedKey(Fingerprint(k.VerifierKey), k.CreatedAt))],
            back
        );
    }

    /// <summary>Shows that an entry is in the signed tree.</summary>
    [Query("inclusion-proof", Permission.ReadJournal, "Prove that an entry is in the signed journal (RFC 9162)")]
    public async Task<ProofView> Include(ProveEntry input, CancellationToken ct)
    {
        var (signed, size) = await Signed(ct);
        if (input.Sequence >= size)
            throw new InputInvalid("sequence", Has(size));
        return new ProofView(
            input.Sequence,
            Convert.ToBase64String(await tree.Root(new LeafRange(input.Sequence, 1), ct)),
            [.. (await tree.Inclusion(size, input.Sequence, ct)).Select(Convert.ToBase64String)],
            signed
        );
    }

    /// <summary>Shows that an earlier state is the beginning of today's.</summary>
    [Query(
        "consistency-proof",
        Permission.ReadJournal,
        "Prove that an earlier size is a beginning of the signed journal (RFC 9162)"
    )]
    public async Task<ProofView> Consist(ProveConsistency input, CancellationToken ct)
    {
        var (signed, size) = await Signed(ct);
        if (input.Size > size)
            throw new InputInvalid("size", Has(size));
        return new ProofView(
            input.Size,
            Convert.ToBase64String(await tree.Root(new LeafRange(0, input.Size), ct)),
            [.. (await tree.Consistency(input.Size, size, ct)).Select(Convert.ToBase64String)],
            signed
        );
    }

    /// <summary>Checks journal and records from the ground.</summary>
    [Query("verify", Permission.ReadJournal, "Check every entry, the signature, and every record against the journal")]
    public Task<JournalCheck> Verify(Nothing input, CancellationToken ct) => verifier.Check(ct);

    private static string Fingerprint(string verifierKey) => NoteVerifier.Parse(verifierKey).Fingerprint;

    private static string Has(long size) =>
        string.Create(CultureInfo.InvariantCulture, $"The journal has {size} entries.");

    private async Task<(string Checkpoint, long Size)> Signed(CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().FirstOrDefaultAsync(ct) ?? throw new NotFound("journal");
        var signed =
            Journal.Checkpoint.Open(head.Checkpoint, NoteVerifier.Parse(head.VerifierKey))
            ?? throw JournalTree.NotSigned();
        await tree.MustLeadTo(signed, ct);
        return (head.Checkpoint, signed.Size);
    }
}
