using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// Remembers what was computed from an organisation's records until one of a kind that it was computed from changes.
/// Every change of a record is an entry of the journal, so its size tells whether anything changed, on every node that
/// reads the same database, and the entries tell which kinds. Kept for the day only, since
/// freshness ages, and for a minute where the time of day or something outside of the journal was asked.
/// </summary>
public sealed class UnchangedCache : IDisposable
{
    private const int MostParts = 20_000;
    private const int PartsOfOne = 10;
    private const int RowsOfOne = 25;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Operation, bool> _aging = new();
    private readonly ConcurrentDictionary<object, Task> _running = new();
    private readonly ConcurrentDictionary<Guid, LastChanges> _changes = new();
    private readonly ConditionalWeakTable<object, StrongBox<WrittenAnswer?>> _answers = [];
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MostParts });

    /// <summary>
    /// What was computed before, or is computed now. Inside an operation nothing is remembered: it sees its own
    /// changes.
    /// </summary>
    public async Task<T> Get<T>(MoatDb db, object key, Func<Task<T>> compute, CancellationToken ct)
        where T : notnull => db.GateOpen ? await compute() : (await Find(db, key, compute, Minute, ct)).Value;

    /// <summary>
    /// What follows from the entries of the journal: those from one position to before another, which came since it was
    /// asked last, are added to what is known.
    /// </summary>
    public async Task<T> Grown<T>(
        MoatDb db,
        object key,
        T nothing,
        Func<T, long, long, Task<T>> add,
        CancellationToken ct
    )
        where T : class
    {
        ReadingNote.Add(WhatWasRead.Journal);
        var (place, size) = ((db.Tenant, typeof(T), nameof(Grown), key), await JournalSize(db, ct));
        var known = db.GateOpen ? null : _cache.Get<GrownTo<T>>(place);
        if (known is null || known.Size > size)
            known = new GrownTo<T>(0, nothing);
        if (known.Size == size)
            return known.Value;
        var grown = new GrownTo<T>(size, await add(known.Value, known.Size, size));
        if (!db.GateOpen)
            Keep(place, grown, PartsOfOne);
        return grown.Value;
    }

    /// <summary>
    /// What a query answered before to the same caller, or answers now. One that asks the time of day, or something
    /// outside of the journal, is answered anew each time, and not looked for again.
    /// </summary>
    internal async Task<object> Answer(
        MoatDb db,
        Operation query,
        object input,
        Caller caller,
        Func<Task<object>> answer,
        CancellationToken ct
    )
    {
        if (_aging.ContainsKey(query))
            return await answer();
        var known = await Find(db, (query, input, caller), answer, TimeSpan.Zero, ct);
        if (known.Read.Ages)
            _aging[query] = true;
        return known.Value;
    }

    private async Task<Remembered<T>> Find<T>(
        MoatDb db,
        object key,
        Func<Task<T>> compute,
        TimeSpan longestAging,
        CancellationToken ct
    )
        where T : notnull
    {
        var moment = await MomentOf(db, ct);
        var place = (db.Tenant, typeof(T), key);
        if (_cache.Get<Remembered<T>>(place) is not { } known || !Holds(known, moment))
            known = await Together(
                (place, moment.Size, moment.Day),
                () => Compute(place, moment, compute, longestAging),
                ct
            );
        ReadingNote.Add(known.Read);
        return known;
    }

    /// <summary>What a reader sees now of the organisation whose records it reads.</summary>
    public async Task<JournalMoment> MomentOf(MoatDb db, CancellationToken ct)
    {
        var (moment, changes) = (
            new JournalMoment(db.Tenant, await JournalSize(db, ct), db.Moment),
            Changes(db.Tenant)
        );
        if (changes.Missing(moment.Size) is { } from)
            await CatchUp(db, changes, from, moment.Size, ct);
        return moment;
    }

    /// <summary>Computes something, and notes what was read for it.</summary>
    /// <param name="moment">What the reader sees; taken before anything else is read.</param>
    /// <param name="compute">Computes it.</param>
    /// <param name="longestAging">For how long it holds where time makes it another one.</param>
    public static async Task<Remembered<T>> Computed<T>(
        JournalMoment moment,
        Func<Task<T>> compute,
        TimeSpan longestAging
    )
    {
        var (value, read) = await ReadingNote.Taken(compute);
        var until =
            read.Passes ? moment.At
            : read.Ages ? moment.At + longestAging
            : DateTime.MaxValue;
        return new Remembered<T>(moment, until, value, read);
    }

    /// <summary>Whether nothing changed that this was computed from.</summary>
    public bool Holds<T>(Remembered<T> known, JournalMoment now) =>
        known.IsOf(now.At) && Changes(now.Organization).Hold(known.Read, known.Moment.Size, now.Size);

    /// <summary>Forgets everything, as a restart does.</summary>
    public void Forget() => _cache.Clear();

    /// <summary>Notes what an operation changed, once it is stored.</summary>
    internal void Wrote(Guid organization, WrittenEntries written) =>
        Changes(organization).Wrote(written.Size, written.Entries, written.Sources);

    private static int SizeOf(object value) =>
        value switch
        {
            IHasRows { Rows: var rows } => PartsOfOne + PartsOfOne * rows / RowsOfOne,
            IPart => 1,
            _ => PartsOfOne,
        };

    private static async Task<long> JournalSize(MoatDb db, CancellationToken ct)
    {
        if (db.Seen?.Size is { } known)
            return known;
        // How far the journal reaches is no part of what is computed.
        var size = await ReadingNote.Of([], () => db.Queries.JournalSize(db, ct));
        if (db.Seen is { } seen)
            seen.Size = size;
        return size;
    }

    private static async Task CatchUp(MoatDb db, LastChanges changes, long from, long to, CancellationToken ct)
    {
        var entries = await ReadingNote.Of([], () => db.Queries.Changes(db, from, to).ToListAsync(ct).AsTask());
        if (entries.Count == to - from && WrittenEntries.Of(to, entries) is { } written)
            changes.Wrote(to, entries.Count, written.Sources);
        else
            changes.Lost(to);
    }

    private sealed record GrownTo<T>(long Size, T Value);

    private LastChanges Changes(Guid organization) => _changes.GetOrAdd(organization, static _ => new LastChanges());

    private async Task<Remembered<T>> Compute<T>(
        object place,
        JournalMoment moment,
        Func<Task<T>> compute,
        TimeSpan longestAging
    )
        where T : notnull
    {
        var computed = await Computed(moment, compute, longestAging);
        if (!computed.IsOf(moment.At))
            return computed;
        Keep(place, computed, SizeOf(computed.Value));
        if (computed.Value is not (ValueType or string))
            _answers.TryAdd(computed.Value, new StrongBox<WrittenAnswer?>());
        return computed;
    }

    private void Keep(object place, object what, int size) =>
        _cache.Set(
            place,
            what,
            new MemoryCacheEntryOptions { Size = size, SlidingExpiration = TimeSpan.FromMinutes(10) }
        );

    /// <summary>
    /// What is remembered, as it was written for its first reader; none for what is not remembered as a whole. Writing
    /// a statement of applicability takes longer than everything else about asking for it.
    /// </summary>
    public WrittenAnswer? Written(object value, Func<object, WrittenAnswer> write)
    {
        if (!_answers.TryGetValue(value, out var kept))
            return null;
        return kept.Value ??= write(value);
    }

    /// <summary>
    /// Who asks while the same is being computed waits for it; who computed it for them may fail or go away, then each
    /// computes alone.
    /// </summary>
    private async Task<T> Together<T>(object what, Func<Task<T>> compute, CancellationToken ct)
    {
        var mine = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = (Task<T>)_running.GetOrAdd(what, mine.Task);
        if (running != mine.Task)
        {
            await ((Task)running).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            return running.IsCompletedSuccessfully ? await running : await compute();
        }
        try
        {
            var value = await compute();
            mine.SetResult(value);
            return value;
        }
        finally
        {
            _running.TryRemove(what, out _);
            mine.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();
}
