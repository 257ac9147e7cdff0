using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// A company whose founder signs in with an authenticator, so that everything which an account can have is there.
/// </summary>
internal static class SealedCompany
{
    public const string Password = "a long enough password";

    public static async Task<Company> Found(string database)
    {
        var company = await Company.Found(database);
        await With(
            company,
            async (accounts, ada) =>
            {
                Assert.True((await accounts.ResetAuthenticatorKeyAsync(ada)).Succeeded);
                Assert.True((await accounts.SetTwoFactorEnabledAsync(ada, true)).Succeeded);
                Assert.Equal(3, (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(ada, 3))!.Count());
            }
        );
        return company;
    }

    /// <summary>Does something with the founder's account, as a page does.</summary>
    public static async Task With(Company company, Func<UserManager<Account>, Account, Task> work)
    {
        await using var scope = company.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        await work(accounts, await accounts.Users.FirstAsync(a => a.Email == "owner@acme.test"));
    }

    /// <summary>Asks the seals.</summary>
    public static async Task<T> Seals<T>(Company company, Func<SealedAccounts, Task<T>> ask)
    {
        await using var scope = company.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<SealedAccounts>());
    }
}
