using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel;

/// <summary>
/// Remembers what was computed from an organisation's records until its journal grows. Every change of a record is one
/// entry, so an unchanged size means unchanged records, on every node that reads the same database. Kept for the day
/// only, since freshness ages.
/// </summary>
public sealed class UnchangedCache : IDisposable
{
    private const int MostEntries = 2000;
    private readonly ConcurrentDictionary<object, Task> _running = new();
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
        var size = await db.Set<JournalHead>().Select(h => h.Size).FirstOrDefaultAsync(ct);
        var (place, today) = ((db.Tenant, typeof(T), key), db.Today);
        if (_cache.TryGetValue(place, out Remembered<T>? known) && known!.Size == size && known.On == today)
            return known.Value;
        return await Together(
            (place, size, today),
            async () =>
            {
                var value = await compute();
                _cache.Set(
                    place,
                    new Remembered<T>(size, today, value),
                    new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) }
                );
                if (value is not (ValueType or string))
                    _answers.AddOrUpdate(value, new StrongBox<WrittenAnswer?>());
                return value;
            },
            ct
        );
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

    private sealed record Remembered<T>(long Size, DateOnly On, T Value);
}
