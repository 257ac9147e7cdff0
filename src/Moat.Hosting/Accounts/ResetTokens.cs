using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>
/// Tokens with which a password is set anew. One ends with the account's security stamp, and after an hour.
/// </summary>
internal sealed class ResetTokens(IDataProtectionProvider protection, TimeProvider clock)
    : IUserTwoFactorTokenProvider<Account>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user)
    {
        var made = clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Of(purpose, user).Protect($"{made} {await manager.GetSecurityStampAsync(user)}");
    }

    /// <inheritdoc />
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        try
        {
            var (made, stamp) = Of(purpose, user).Unprotect(token).Split(' ', 2) is [var ticks, var rest]
                ? (new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), rest)
                : default;
            return clock.GetUtcNow() - made < Hour && stamp == await manager.GetSecurityStampAsync(user);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) =>
        Task.FromResult(false);

    private IDataProtector Of(string purpose, Account user) =>
        protection.CreateProtector("Moat.Accounts.Tokens", purpose, user.Id.ToString("N"));
}
