using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// Remembers what was computed from an organisation's records until one of a kind that it was computed from changes.
/// Every change of a record is an entry of the journal, so its size tells whether anything changed, on every node that
/// reads the same database; what this process wrote itself, it also tells apart by kind. Kept for the day only, since
/// freshness ages.
/// </summary>
public sealed class UnchangedCache : IDisposable
{
    private const int MostEntries = 2000;
    private readonly ConcurrentDictionary<object, Task> _running = new();
    private readonly ConcurrentDictionary<Guid, LastChanges> _changes = new();
    private readonly ConditionalWeakTable<object, StrongBox<WrittenAnswer?>> _answers = [];
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    /// <summary>
    /// What was computed before, or is computed now. Inside an operation nothing is remembered: it sees its own
    /// changes.
    /// </summary>
    public async Task<T> Get<T>(MoatDb db, object key, Func<Task<T>> compute, CancellationToken ct)
        where T : notnull
    {
        if (db.GateOpen)
            return await compute();
        var (size, today) = (await SizeOf(db, ct), db.Today);
        var place = (db.Tenant, typeof(T), key);
        var known = _cache.Get<Remembered<T>>(place);
        if (known is null || known.On != today || !Changes(db.Tenant).Hold(known.Read, known.Size, size))
            known = await Together((place, size, today), () => Compute(place, size, today, compute), ct);
        ReadingNote.Add(known.Read);
        return known.Value;
    }

    /// <summary>Forgets everything, as a restart does.</summary>
    public void Forget() => _cache.Clear();

    /// <summary>Notes what an operation changed, once it is stored.</summary>
    internal void Wrote(Guid organization, WrittenEntries written) =>
        Changes(organization).Wrote(written.Size, written.Entries, written.Sources);

    private LastChanges Changes(Guid organization) => _changes.GetOrAdd(organization, static _ => new LastChanges());

    // How far the journal reaches is no part of what is computed.
    private static Task<long> SizeOf(MoatDb db, CancellationToken ct) =>
        ReadingNote.Of([], () => db.Set<JournalHead>().Select(h => h.Size).FirstOrDefaultAsync(ct));

    private async Task<Remembered<T>> Compute<T>(object place, long size, DateOnly today, Func<Task<T>> compute)
        where T : notnull
    {
        var (value, read) = await ReadingNote.Taken(compute);
        var remembered = new Remembered<T>(size, today, value, read);
        _cache.Set(
            place,
            remembered,
            new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) }
        );
        if (value is not (ValueType or string))
            _answers.AddOrUpdate(value, new StrongBox<WrittenAnswer?>());
        return remembered;
    }

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

    private sealed record Remembered<T>(long Size, DateOnly On, T Value, WhatWasRead Read);
}
