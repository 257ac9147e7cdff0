using Microsoft.AspNetCore.Identity;
using Moat.Isms.Kernel;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>Asks an account's password again before a person signs something.</summary>
public sealed class PasswordCheck(UserManager<Account> accounts, PasswordAttempts attempts, SealedAccounts seals)
    : IConfirmIdentity
{
    /// <inheritdoc />
    public async Task<bool> IsPassword(Guid accountId, string password, CancellationToken ct)
    {
        var right = await attempts.Try(
            accountId,
            async () =>
                await accounts.FindByIdAsync(accountId.ToString()) is { PasswordHash: { } hash } account
                && accounts.PasswordHasher.VerifyHashedPassword(account, hash, password)
                    != PasswordVerificationResult.Failed
        );
        // A signature by a password that somebody put there is nobody's.
        if (right)
            await seals.MustFit(accountId, ct);
        return right;
    }
}

/// <summary>Counts wrong passwords and codes of people who are signed in already, for all servers together.</summary>
public sealed class PasswordAttempts(GuessLimits guesses)
{
    private const string Inside = "signed in";
    private static readonly GuessLimit Limit = new(5, TimeSpan.FromMinutes(15));

    /// <summary>
    /// Lets an account try once and notes how it went. Throws <see cref="RuleBroken"/> after too many wrong ones.
    /// </summary>
    public async Task<bool> Try(Guid account, Func<Task<bool>> isRight)
    {
        var bucket = GuessLimits.Bucket(account.ToString(), Inside);
        if (!await guesses.Take(bucket, Limit, CancellationToken.None))
            throw new RuleBroken("person.attempts", "Too many wrong passwords or codes. Wait a quarter of an hour.");
        var right = await isRight();
        if (right)
            await guesses.Empty(bucket, CancellationToken.None);
        return right;
    }
}
