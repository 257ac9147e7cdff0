using Moat.Hosting.Accounts;
using Moat.Hosting.Keys;
using Moat.Storage.Accounts;
using Moat.Storage.Blobs;

namespace Moat.Hosting;

/// <summary>
/// Writes down each minute when sessions were used, and removes what is over: sessions, counts of wrong passwords, and
/// each hour the parts of files that a killed server left. It also makes the next key of the ring in time.
/// </summary>
public sealed class Upkeep(
    IServiceProvider services,
    IServiceScopeFactory scopes,
    OpenSessions open,
    IKeptFiles files,
    TimeProvider clock
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private DateTime _swept;

    /// <summary>Does it once.</summary>
    public async Task RunOnce(CancellationToken ct)
    {
        services.OpenKeyRing();
        await using var scope = scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<AccountSessions>();
        await sessions.Saw(open.TakeSeen(), ct);
        await sessions.Sweep(ct);
        await scope.ServiceProvider.GetRequiredService<GuessLimits>().Sweep(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (now - _swept < Hour)
            return;
        _swept = now;
        await files.Sweep(now, ct);
    }
}
