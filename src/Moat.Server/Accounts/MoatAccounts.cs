using Microsoft.AspNetCore.Identity;
using Moat.Server.Auth;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>Registers what lets people sign in with a browser.</summary>
internal static class MoatAccounts
{
    public static void AddMoatSignIn(this IServiceCollection services)
    {
        new IdentityBuilder(typeof(Account), services).AddClaimsPrincipalFactory<AccountClaims>().AddSignInManager();
        // A changed password and "sign out everywhere" end the other sessions at their next request but one.
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromSeconds(3));
        services.AddScoped<SignInDesk>();
        services.AddSingleton<KnownDevices>();
    }
}
