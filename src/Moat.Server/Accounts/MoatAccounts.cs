using Microsoft.AspNetCore.Identity;
using Moat.Hosting.Accounts;
using Moat.Server.Auth;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>Registers what lets people sign in with a browser.</summary>
internal static class MoatAccounts
{
    public static void AddMoatSignIn(this IServiceCollection services)
    {
        new IdentityBuilder(typeof(Account), services).AddClaimsPrincipalFactory<AccountClaims>().AddSignInManager();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = OpenSessions.StampHolds);
        services.AddScoped<SignInDesk>();
        services.AddSingleton<KnownDevices>();
    }
}
