using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>
/// Asks an account's password again. It only reads, because it runs inside the transaction of another database; who guesses is
/// stopped after five wrong ones for a quarter of an hour.
/// </summary>
public sealed class PasswordCheck(UserManager<Account> accounts, PasswordAttempts attempts) : IConfirmIdentity
{
    /// <inheritdoc />
    public Task<bool> IsPassword(Guid accountId, string password, CancellationToken ct) => attempts.Try(accountId, async () =>
        await accounts.FindByIdAsync(accountId.ToString()) is { PasswordHash: { } hash } account
            && accounts.PasswordHasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed);
}

/// <summary>Counts wrong passwords and codes of people who are signed in already.</summary>
public sealed class PasswordAttempts : IDisposable
{
    private const int MostWrong = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);
    private readonly MemoryCache _wrong = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Lets an account try once and notes how it went. Throws <see cref="RuleBroken"/> after too many wrong ones.</summary>
    public async Task<bool> Try(Guid account, Func<Task<bool>> isRight)
    {
        if (_wrong.Get<int>(account) >= MostWrong)
            throw new RuleBroken("person.attempts", "Too many wrong passwords or codes. Wait a quarter of an hour.");
        var right = await isRight();
        if (right) _wrong.Remove(account);
        else _wrong.Set(account, _wrong.Get<int>(account) + 1, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Pause });
        return right;
    }

    /// <inheritdoc />
    public void Dispose() => _wrong.Dispose();
}
