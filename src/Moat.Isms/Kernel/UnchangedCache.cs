using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel;

/// <summary>
/// Remembers what was computed from an organisation's records until its journal grows. Every change of a record is one entry, so an
/// unchanged size means unchanged records, on every node that reads the same database. Kept for the day only, since freshness ages.
/// </summary>
public sealed class UnchangedCache : IDisposable
{
    private const int MostEntries = 2000;
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    /// <summary>What was computed before, or is computed now. Inside an operation nothing is remembered: it sees its own changes.</summary>
    public async Task<T> Get<T>(MoatDb db, object key, Func<Task<T>> compute, CancellationToken ct) where T : notnull
    {
        if (db.GateOpen) return await compute();
        var size = await db.Set<JournalHead>().Select(h => h.Size).FirstOrDefaultAsync(ct);
        var (place, today) = ((db.Tenant, typeof(T), key), db.Today);
        if (_cache.TryGetValue(place, out Remembered<T>? known) && known!.Size == size && known.On == today) return known.Value;
        var value = await compute();
        _cache.Set(place, new Remembered<T>(size, today, value), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
        return value;
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();

    private sealed record Remembered<T>(long Size, DateOnly On, T Value);
}
