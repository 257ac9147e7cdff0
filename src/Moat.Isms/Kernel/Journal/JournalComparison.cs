using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>A checkpoint that somebody kept.</summary>
public sealed record CompareCheckpoint
{
    /// <summary>
    /// The signed note as it was kept: what the journal's page shows, journal/checkpoint.txt of an audit pack, or a
    /// file of a place outside.
    /// </summary>
    [MaxLength(EarlierCheckpoint.LongestNote)]
    public required string Checkpoint { get; init; }

    /// <summary>
    /// The key that lay beside it, where one did; without it the journal's key of today must have signed.
    /// </summary>
    [MaxLength(500)]
    public string? VerifierKey { get; init; }
}

/// <summary>How a kept checkpoint and today's journal go together.</summary>
/// <param name="Holds">Whether the journal only grew since.</param>
/// <param name="Size">How many entries the checkpoint covers.</param>
/// <param name="Entries">How many the journal has.</param>
/// <param name="Through">When the last entry that the checkpoint covers was written, where the journal has it.</param>
/// <param name="Findings">What does not fit.</param>
public sealed record ComparedCheckpoint(
    bool Holds,
    long Size,
    long Entries,
    DateTime? Through,
    IReadOnlyList<string> Findings
);

/// <summary>The journal held against what was kept of it elsewhere.</summary>
[Process(JournalProcess.Name, JournalProcess.Summary)]
public sealed class JournalComparison(MoatDb db)
{
    /// <summary>
    /// Compares a kept checkpoint with today's journal. Every hash is read; whether each is its entry's is what
    /// journal.verify checks.
    /// </summary>
    [Query(
        "since",
        Permission.ReadJournal,
        "Whether the journal only grew since a checkpoint that you kept, or was rolled back or rewritten",
        TakesBody = true
    )]
    public async Task<ComparedCheckpoint> Since(CompareCheckpoint input, CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().FirstOrDefaultAsync(ct) ?? throw new NotFound("journal");
        var its = Key(input.VerifierKey);
        var earlier = EarlierCheckpoint.Open(input.Checkpoint.ReplaceLineEndings("\n"));
        long entries = 0;
        DateTime? through = null;
        await foreach (
            var entry in db
                .Journal.AsNoTracking()
                .OrderBy(e => e.Sequence)
                .Select(e => new { e.Leaf, e.At })
                .AsAsyncEnumerable()
                .WithCancellation(ct)
        )
        {
            earlier.Append(entry.Leaf);
            if (++entries == earlier.Checkpoint.Size)
                through = entry.At;
        }
        var findings = await Findings(earlier, its, head, ct);
        return new ComparedCheckpoint(findings.Count == 0, earlier.Checkpoint.Size, entries, through, findings);
    }

    /// <summary>
    /// A key before today's is good where the journal names it; whether both signed that change is what journal.verify
    /// checks.
    /// </summary>
    private async Task<IReadOnlyList<string>> Findings(
        EarlierCheckpoint earlier,
        NoteVerifier? its,
        JournalHead head,
        CancellationToken ct
    )
    {
        var named = await db.Set<SigningKey>()
            .AsNoTracking()
            .Where(k => k.VerifierKey != head.VerifierKey)
            .Select(k => k.VerifierKey)
            .ToListAsync(ct);
        var today = NoteVerifier.Parse(head.VerifierKey);
        var origin = Checkpoint.Open(head.Checkpoint, today)?.Origin ?? today.Name;
        return earlier.Findings(origin, its, [.. named.Select(NoteVerifier.Parse), today]);
    }

    private static NoteVerifier? Key(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return NoteVerifier.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InputInvalid("verifierKey", e.Message);
        }
    }
}
