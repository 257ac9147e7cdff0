using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>
/// Remembers for a second which sessions are open, so that a page and what belongs to it ask the database once, and
/// when each was used, so that looking at a page writes nothing. What another server ends is over within that second.
/// </summary>
public sealed class OpenSessions(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan StampHolds = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly MemoryCache _open = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private ConcurrentDictionary<Guid, DateTime> _seen = new();

    /// <summary>Whether the session of an account is open, and notes that it was used.</summary>
    public async Task<bool> Has(Guid account, Guid session, IServiceProvider services, CancellationToken ct)
    {
        if (!_open.TryGetValue((account, session), out _))
        {
            if (!await services.GetRequiredService<AccountSessions>().IsOpen(account, session, ct))
                return false;
            _open.Set(
                (account, session),
                true,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Second }
            );
        }
        _seen[session] = clock.GetUtcNow().UtcDateTime;
        return true;
    }

    /// <summary>
    /// Whether the cookie of a session carried the account's present stamp, asked at most every three seconds: a
    /// changed password and "sign out everywhere" end the other sessions within that time.
    /// </summary>
    public async Task<bool> IsStamped(Guid session, string stamp, Func<Task<bool>> ask)
    {
        if (_open.TryGetValue((session, stamp), out _))
            return true;
        if (!await ask())
            return false;
        _open.Set(
            (session, stamp),
            true,
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = StampHolds }
        );
        return true;
    }

    /// <summary>Forgets what it knows because sessions were ended here; the next request asks the database.</summary>
    public void Forget() => _open.Clear();

    /// <summary>When sessions were used since this was asked last.</summary>
    public IReadOnlyDictionary<Guid, DateTime> TakeSeen() =>
        Interlocked.Exchange(ref _seen, new ConcurrentDictionary<Guid, DateTime>());

    /// <inheritdoc />
    public void Dispose() => _open.Dispose();
}
