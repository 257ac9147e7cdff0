using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel;

/// <summary>
/// What every operation asks, compiled once for the model of an installation's database: translating a question costs
/// more than its answer.
/// </summary>
public sealed class KernelQueries
{
    /// <summary>How many entries the journal of the organisation has.</summary>
    internal Func<MoatDb, CancellationToken, Task<long>> JournalSize { get; } =
        EF.CompileAsyncQuery(
            (MoatDb db, CancellationToken ct) => db.Set<JournalHead>().Select(h => h.Size).FirstOrDefault()
        );

    /// <summary>The head of the organisation's journal, to append to.</summary>
    internal Func<MoatDb, CancellationToken, Task<JournalHead?>> Head { get; } =
        EF.CompileAsyncQuery((MoatDb db, CancellationToken ct) => db.Set<JournalHead>().AsTracking().FirstOrDefault());

    /// <summary>What the entries from one position to before another are about.</summary>
    internal Func<MoatDb, long, long, IAsyncEnumerable<JournalledChanges>> Changes { get; } =
        EF.CompileAsyncQuery(
            (MoatDb db, long from, long to) =>
                db.Set<JournalEntry>()
                    .Where(e => e.Sequence >= from && e.Sequence < to)
                    .Select(e => new JournalledChanges(e.Operation, e.Changes))
        );

    /// <summary>When the entry of a sequence number was made.</summary>
    internal Func<MoatDb, long, CancellationToken, Task<DateTime?>> EntryAt { get; } =
        EF.CompileAsyncQuery(
            (MoatDb db, long sequence, CancellationToken ct) =>
                db.Set<JournalEntry>().Where(e => e.Sequence == sequence).Select(e => (DateTime?)e.At).FirstOrDefault()
        );

    /// <summary>The counter of references with a prefix, to count on.</summary>
    internal Func<MoatDb, string, CancellationToken, Task<ReferenceCounter?>> Counter { get; } =
        EF.CompileAsyncQuery(
            (MoatDb db, string prefix, CancellationToken ct) =>
                db.Set<ReferenceCounter>().AsTracking().FirstOrDefault(c => c.Prefix == prefix)
        );
}

/// <summary>What an entry of the journal is about: the operation, and the changed records as canonical JSON.</summary>
public sealed record JournalledChanges(string Operation, string Changes);
