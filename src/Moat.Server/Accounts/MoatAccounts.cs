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
        // How often it is asked, OpenSessions decides; a second interval here would add to that one.
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.Zero);
        services.AddScoped<SignInDesk>();
        services.AddSingleton<KnownDevices>();
    }
}
