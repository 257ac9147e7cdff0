using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Moat.Storage.Accounts;

/// <summary>How many tries a bucket takes, and after how long it is empty again.</summary>
public sealed record GuessLimit(int Most, TimeSpan Pause);

/// <summary>
/// Counts tries of passwords and codes in the database, so that every server counts the same. A try is counted before
/// it is made: a hundred at once are a hundred.
/// </summary>
public sealed class GuessLimits(AccountsDb db, TimeProvider clock)
{
    /// <summary>
    /// A bucket of whoever is tried, an account or an address that may be nobody's. What it is made of is not readable
    /// in it.
    /// </summary>
    public static string Bucket(string who, string where) => $"{Hash(who)}.{Hash(where)}";

    /// <summary>Counts a try; false when the bucket was full before.</summary>
    public async Task<bool> Take(string bucket, GuessLimit limit, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ends = now + limit.Pause;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO account_guess (bucket, tries, ends_at) VALUES ({bucket}, 1, {ends})
            ON CONFLICT (bucket) DO UPDATE SET
                tries = CASE WHEN account_guess.ends_at <= {now} THEN 1 ELSE account_guess.tries + 1 END,
                ends_at = CASE WHEN account_guess.ends_at <= {now} THEN excluded.ends_at ELSE account_guess.ends_at END
            """,
            ct
        );
        // Who comes at the same moment may read the other's try as well: too many, never too few.
        return await db.Set<AccountGuess>().Where(g => g.Bucket == bucket).Select(g => g.Tries).FirstOrDefaultAsync(ct)
            <= limit.Most;
    }

    /// <summary>Empties a bucket, because whoever tried was right.</summary>
    public Task Empty(string bucket, CancellationToken ct) =>
        db.Set<AccountGuess>().Where(g => g.Bucket == bucket).ExecuteDeleteAsync(ct);

    /// <summary>Lets an account be tried again, from everywhere.</summary>
    public async Task Unlock(Account account, CancellationToken ct)
    {
        await EmptyAll(account.Email!, ct);
        await EmptyAll(account.Id.ToString(), ct);
    }

    /// <summary>Empties every bucket of whoever was tried.</summary>
    public Task EmptyAll(string who, CancellationToken ct)
    {
        var prefix = $"{Hash(who)}.";
        return db.Set<AccountGuess>().Where(g => g.Bucket.StartsWith(prefix)).ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// Takes the code of a time step, which is good once; false when it or a later one was taken, on whatever server.
    /// </summary>
    public async Task<bool> TakeStep(Guid account, long step, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO account_code (user_id, step) VALUES ({account}, {step})
            ON CONFLICT (user_id) DO UPDATE SET step = excluded.step WHERE account_code.step < excluded.step
            """,
            ct
        ) > 0;

    /// <summary>Removes buckets that are empty by now.</summary>
    public async Task Sweep(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var over = db.Set<AccountGuess>().Where(g => g.EndsAt <= now);
        if (await over.AnyAsync(ct))
            await over.ExecuteDeleteAsync(ct);
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
