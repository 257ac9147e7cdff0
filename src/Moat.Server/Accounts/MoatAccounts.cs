using Microsoft.AspNetCore.Identity;
using Moat.Isms.Kernel;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>Registers what knows who somebody is.</summary>
internal static class MoatAccounts
{
    /// <summary>Adds sign-in, sessions and the limits on guesses.</summary>
    public static void AddMoatAccounts(this IServiceCollection services)
    {
        services.AddScoped<AccountDesk>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<IConfirmIdentity, PasswordCheck>();
        services.AddScoped<PasswordAttempts>();
        services.AddSingleton<AccountHasher>();
        services.AddSingleton<IPasswordHasher<Account>>(found => found.GetRequiredService<AccountHasher>());
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<OpenSessions>();
    }
}
