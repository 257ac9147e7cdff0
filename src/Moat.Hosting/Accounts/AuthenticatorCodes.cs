using Microsoft.AspNetCore.Identity;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>Takes the code of an authenticator: each is good once, whichever server is asked (RFC 6238, 5.2).</summary>
internal sealed class AuthenticatorCodes(GuessLimits used, TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    /// <inheritdoc />
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) =>
        Task.FromResult("");

    /// <inheritdoc />
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        && TotpCode.StepOf(key, token, clock.GetUtcNow()) is { } step
        && await used.TakeStep(user.Id, step, CancellationToken.None);

    /// <inheritdoc />
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) =>
        !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));
}
