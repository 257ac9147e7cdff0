using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel;

namespace Moat.Server.Auth;

/// <summary>
/// Remembers for a second who a token or an account is, so that a burst of requests asks the database once. What is
/// taken away ends within that second. Strangers are never remembered.
/// </summary>
internal sealed class RecentCallers : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The caller of this secret or account, at this door.</summary>
    public async Task<Caller?> Get(string who, string? organization, string door, Func<Task<Caller?>> find)
    {
        var key = (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(who))), organization, door);
        if (_cache.TryGetValue(key, out Caller? known))
            return known;
        var caller = await find();
        if (caller is not null)
            _cache.Set(key, caller, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Second });
        return caller;
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();
}
