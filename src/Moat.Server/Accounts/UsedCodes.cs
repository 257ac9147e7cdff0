using Microsoft.Extensions.Caching.Memory;

namespace Moat.Server.Accounts;

/// <summary>Codes of authenticators that were used: each is good once (RFC 6238, 5.2), however long the clock would still take it.</summary>
public sealed class UsedCodes : IDisposable
{
    // Longer than the clock takes any code.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly MemoryCache _used = new(new MemoryCacheOptions { SizeLimit = 100_000 });
    private readonly Lock _turn = new();

    /// <summary>Takes a code that was found right; false when it was taken before.</summary>
    public bool Take(Guid account, string code)
    {
        lock (_turn)
        {
            if (_used.TryGetValue((account, code), out _)) return false;
            _used.Set((account, code), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _used.Dispose();
}
